package ingest

import (
	"encoding/binary"
	"math/bits"
	"regexp"
	"strings"
	"unicode"
)

// identityLabels are headers of columns that identify a citizen or hold the
// text of a report (UU 27/2022 Pasal 4; NIK: UU 23/2006 Pasal 84). Such
// columns are never read into a fact, a reject or a log.
var identityLabels = map[string]bool{
	"nama": true, "nama pemohon": true, "nama lengkap": true, "nama pelapor": true, "nama pengadu": true,
	"pemohon": true, "pelapor": true, "pengadu": true, "identitas": true, "identitas pemohon": true,
	"identitas pemohon kuasa": true, "nama pemohon informasi": true, "nama kuasa": true, "user pelapor": true,
	"nik": true, "no nik": true, "nomor nik": true, "no ktp": true, "nomor ktp": true, "ktp": true, "nik pemohon": true,
	"no identitas": true, "nomor identitas": true, "path dokumen ktp": true, "no sk": true,
	"alamat": true, "alamat pemohon": true, "alamat lengkap": true, "alamat rumah": true, "alamat pelapor": true, "domisili": true,
	"telepon": true, "no telepon": true, "nomor telepon": true, "telp": true, "no telp": true, "telpon": true, "no hp": true,
	"nomor hp": true, "hp": true, "wa": true, "whatsapp": true, "no wa": true, "nomor wa": true, "kontak": true,
	"nomor kontak": true, "no kontak": true, "nomor pengadu": true,
	"email": true, "e mail": true, "surel": true, "alamat email": true, "email pemohon": true,
	"pekerjaan": true, "pekerjaan pemohon": true, "tempat lahir": true, "tanggal lahir": true, "tgl lahir": true,
	"ttl": true, "jenis kelamin": true, "umur": true,
	"name": true, "applicant": true, "applicant name": true, "reporter": true, "reporter name": true, "address": true,
	"phone": true, "phone number": true, "occupation": true, "job": true, "full name": true,
	"isi laporan": true, "isi aduan": true, "isi pengaduan": true, "isi": true, "laporan": true, "uraian": true,
	"uraian laporan": true, "uraian pengaduan": true, "detail": true, "deskripsi": true, "judul laporan": true,
	"complaint text": true, "report text": true, "tanggapan pemohon": true,
}

// identityWords mark a header as an identity wherever they stand in it.
var identityWords = []string{"pemohon", "pelapor", "pengadu", "nik", "ktp", "alamat", "telepon", "telp", "hp", "whatsapp", "email", "pekerjaan", "kuasa"}

// isIdentity reports whether a column header names a citizen's identity or
// the text of a report.
func isIdentity(header string) bool {
	l := label(header)
	if identityLabels[l] {
		return true
	}
	for _, word := range strings.Fields(l) {
		for _, mark := range identityWords {
			if word == mark {
				return true
			}
		}
	}
	return false
}

var (
	emailPattern = regexp.MustCompile(`[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}`)
	phonePattern = regexp.MustCompile(`(?:\+?62|\b0)[ .\-]?8\d{1,3}[ .\-]?\d{3,4}[ .\-]?\d{3,5}\b`)
)

const nikDigits = 16

// maskNIK replaces every number of exactly 16 digits, the length of a NIK,
// by stars. Digits may be parted by single spaces, dots or hyphens.
func maskNIK(s string) string {
	if countDigits(s) < nikDigits {
		return s
	}
	var out []byte // a copy, once there is something to mask
	for i := 0; i < len(s); {
		if !digit(s[i]) {
			i++
			continue
		}
		end, count := digitRun(s, i)
		if count == nikDigits {
			if out == nil {
				out = []byte(s)
			}
			for j := i; j < end; j++ {
				if digit(s[j]) {
					out[j] = '*'
				}
			}
		}
		i = end
	}
	if out == nil {
		return s
	}
	return string(out)
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// countDigits looks at eight bytes at a time, as whole texts are looked through
// and few have digits: the high bit of a byte shows that it is none (H. Warren,
// Hacker's Delight, 2nd ed., section 6-1).
func countDigits(s string) int {
	const ones = 0x0101010101010101
	n, i := 0, 0
	for ; i+8 <= len(s); i += 8 {
		x := binary.LittleEndian.Uint64([]byte(s[i:i+8])) ^ ones*'0'
		n += bits.OnesCount64(^(x | (x&(ones*0x7f) + ones*(0x80-10))) & (ones * 0x80))
	}
	for ; i < len(s); i++ {
		if digit(s[i]) {
			n++
		}
	}
	return n
}

// digitRun returns the end of the number that starts at i and how many
// digits it has.
func digitRun(s string, i int) (end, count int) {
	for i < len(s) {
		switch {
		case digit(s[i]):
			count++
			i++
			end = i
		case (s[i] == ' ' || s[i] == '.' || s[i] == '-') && i+1 < len(s) && digit(s[i+1]):
			i++
		default:
			return end, count
		}
	}
	return end, count
}

// maskPersonal masks NIK, e-mail addresses and mobile numbers in the free
// text of a citizen's case.
func maskPersonal(s string) string {
	s = maskNIK(s)
	if strings.Contains(s, "@") {
		s = emailPattern.ReplaceAllString(s, "***@***")
	}
	if strings.IndexFunc(s, unicode.IsDigit) >= 0 {
		s = phonePattern.ReplaceAllString(s, "***")
	}
	return s
}

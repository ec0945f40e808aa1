package wording

import "strings"

// reasons puts the codes of failed pulls into words.
var reasons = map[string]string{
	"dns":             "alamat situs tidak ditemukan",
	"tls":             "sertifikat keamanan situs bermasalah",
	"refused":         "server menolak sambungan",
	"unreachable":     "jaringan ke server tidak tersambung",
	"connection":      "sambungan terputus",
	"bad_url":         "alamat sumber salah tulis",
	"timeout":         "server tidak menjawab sampai batas waktu",
	"http_401":        "situs meminta kata sandi (401)",
	"http_403":        "situs menolak akses (403)",
	"http_404":        "halaman tidak ada (404)",
	"http_410":        "halaman sudah dihapus (410)",
	"http_429":        "situs membatasi jumlah permintaan (429)",
	"http_5xx":        "server sedang rusak (5xx)",
	"not_a_feed":      "jawabannya halaman web biasa, bukan umpan berita",
	"parse":           "isinya tidak dapat dibaca",
	"too_large":       "isinya terlalu besar",
	"redirect":        "situs terus mengalihkan alamat",
	"private_address": "alamatnya di jaringan dalam yang tidak diizinkan",
	"robots":          "situs melarang pengambilan otomatis (robots.txt)",
}

// Reason words the cause of a failed pull. A cause without words of its own
// comes back as it is.
func (l Language) Reason(code string) string {
	if words, ok := reasons[code]; ok {
		return l.T(words)
	}
	if code == "" {
		return l.T("sebab tidak tercatat")
	}
	if status, ok := strings.CutPrefix(code, "http_"); ok {
		return l.T("server menjawab dengan kesalahan {1}", status)
	}
	return code
}

package byline

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

func wordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// moreWords reports whether a text has more than n words, without looking
// further than that: most paragraphs are long. It takes printable ASCII eight
// characters at a time, in the way of [isTidy].
func moreWords(text string, n int) bool {
	inWord := false
	for i := 0; i < len(text); {
		if i+8 <= len(text) {
			x := binary.LittleEndian.Uint64([]byte(text[i : i+8]))
			if spaces, ok := spacesIn(x); ok {
				before := spaces << 8
				if !inWord {
					before |= 0x80
				}
				if n -= bits.OnesCount64(before &^ spaces); n < 0 {
					return true
				}
				inWord = spaces>>63 == 0
				i += 8
				continue
			}
		}
		var space bool
		if c := text[i]; c < utf8.RuneSelf {
			space = c == ' ' || c >= '\t' && c <= '\r'
			i++
		} else {
			r, size := utf8.DecodeRuneInString(text[i:])
			space = unicode.IsSpace(r)
			i += size
		}
		if !space && !inWord {
			if n--; n < 0 {
				return true
			}
		}
		inWord = !space
	}
	return false
}

// lanes is one in every byte.
const lanes = 0x0101010101010101

// spacesIn marks, by the high bit of each byte, which of eight characters are
// spaces; ok is false when not all are printable ASCII (H. Warren, Hacker's
// Delight, 2nd ed., section 6-1).
func spacesIn(x uint64) (spaces uint64, ok bool) {
	const (
		low7 = 0x7f * lanes
		high = 0x80 * lanes
	)
	// The high bit of a byte shows that it is below a space, is DEL, or is no
	// ASCII; then, that it is a space.
	if (x|(x-lanes*' ')|(x+lanes))&high != 0 {
		return 0, false
	}
	gap := x ^ lanes*' '
	return ^((gap&low7 + low7) | gap | low7), true
}

// proseWords never stand in a name: a value with one of them is a sentence.
var proseWords = wordSet(`yang di ke dari untuk dengan pada adalah akan telah sudah dalam tidak ini itu bahwa oleh menjadi
	kata ujar katanya ujarnya ungkap ungkapnya mengatakan menyebut menyebutkan mengungkapkan menyampaikan menunjukkan serta juga agar sebagai karena
	saat ketika seperti para tersebut secara atau hingga bisa dapat harus maka kepada terhadap antara melalui masih lebih sangat sejumlah
	ada usai menurut guna demi bersama sedang belum kami kita mereka saya ia dia nya tahun kegiatan acara menyerahkan menghadiri membuka
	foto-foto dilakukan dilaksanakan digelar the of and to in karena itu lalu sementara namun tapi tetapi sehingga`)

// officeWords are titles of offices: "Oleh Bupati Bangka" begins a sentence.
var officeWords = wordSet(`bupati wabup gubernur wagub walikota wali wakil kepala ketua presiden menteri camat lurah sekda sekretaris
	plt plh pj pjs kapolres kapolda dandim danrem anggota direktur rektor kadis kabid kasi kapolsek danramil asisten staf jaksa hakim`)

// particles are lower case inside names.
var particles = wordSet(`bin binti al el van de von der dan s`)

// plausible reports whether a value can be the value of its label: a name, or a
// few, or the name of a unit.
func plausible(value string, roles role) bool {
	words := strings.Fields(value)
	most := 14
	if roles&roleSumber != 0 {
		most = 16
	}
	if len(words) == 0 || len(words) > most {
		return false
	}
	letters := false
	for _, w := range words {
		if proseWords[strings.ToLower(strings.Trim(w, `.,;:()"“”`))] {
			return false
		}
		letters = letters || strings.ContainsFunc(w, unicode.IsLetter)
	}
	if strings.ContainsAny(value[len(value)-1:], "?!") {
		return false
	}
	return letters
}

// isProper reports whether every word begins like a name's, with a capital.
func isProper(value string) bool {
	words := strings.Fields(value)
	for _, w := range words {
		w = strings.TrimLeft(w, `("“'&/`)
		if w == "" || particles[strings.ToLower(strings.Trim(w, ".,"))] {
			continue
		}
		if !startsUpper(w) {
			return false
		}
	}
	return len(words) <= 8
}

// isOffice reports whether the value begins with the title of an office.
func isOffice(value string) bool {
	first, _, _ := strings.Cut(value, " ")
	return officeWords[strings.ToLower(strings.Trim(first, ".,"))]
}

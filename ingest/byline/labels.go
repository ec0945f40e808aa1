package byline

import (
	"regexp"
	"strings"
	"unicode"
)

// role is a set of what a label credits.
type role uint8

const (
	roleSumber role = 1 << iota
	roleAuthor
	roleEditor
	rolePhoto
	// roleOther is a credit that is read past: video, graphics, layout.
	roleOther
)

// labels are the label phrases, lower case.
var labels = map[string]role{
	"sumber": roleSumber, "sumber berita": roleSumber, "sumber artikel": roleSumber, "sumber tulisan": roleSumber,
	"sumber informasi": roleSumber, "sumber data": roleSumber, "sumber naskah": roleSumber, "source": roleSumber,

	"penulis": roleAuthor, "penulis berita": roleAuthor, "penulis artikel": roleAuthor, "penulis naskah": roleAuthor, "ditulis oleh": roleAuthor,
	"ditulis": roleAuthor, "oleh": roleAuthor, "reporter": roleAuthor, "kontributor": roleAuthor, "kontributor berita": roleAuthor,
	"pewarta": roleAuthor, "wartawan": roleAuthor, "jurnalis": roleAuthor, "peliput": roleAuthor, "tim peliput": roleAuthor, "liputan": roleAuthor,
	"naskah": roleAuthor, "teks": roleAuthor, "berita": roleAuthor, "laporan": roleAuthor, "author": roleAuthor, "writer": roleAuthor, "by": roleAuthor,
	"kontri": roleAuthor, "tim liputan": roleAuthor,
	"rep": roleAuthor, "pen": roleAuthor, "tim penulis": roleAuthor, "nama penulis": roleAuthor,

	"editor": roleEditor, "editor berita": roleEditor, "editor bahasa": roleEditor, "penyunting": roleEditor, "disunting oleh": roleEditor,
	"redaktur": roleEditor, "redaktur pelaksana": roleEditor, "redpel": roleEditor, "edit": roleEditor, "edt": roleEditor, "editing": roleEditor, "diedit oleh": roleEditor, "ed": roleEditor, "red": roleEditor, "tim editor": roleEditor,

	"foto": rolePhoto, "foto foto": rolePhoto, "foto oleh": rolePhoto, "foto by": rolePhoto, "photo": rolePhoto, "photo by": rolePhoto,
	"fotografer": rolePhoto, "photographer": rolePhoto, "juru foto": rolePhoto, "pewarta foto": rolePhoto, "jurnalis foto": rolePhoto,
	"sumber foto": rolePhoto, "sumber gambar": rolePhoto, "sumber photo": rolePhoto, "sumber ilustrasi": rolePhoto, "sumber dokumentasi": rolePhoto,
	"kredit foto": rolePhoto, "gambar": rolePhoto, "dok": rolePhoto, "dok foto": rolePhoto, "dokumentasi": rolePhoto,
	"dokumentasi foto": rolePhoto, "foto dok": rolePhoto, "foto dokumentasi": rolePhoto, "keterangan foto": 0, "ket foto": 0,

	"video": roleOther, "videografer": roleOther, "sumber video": roleOther, "grafis": roleOther, "infografis": roleOther,
	"publisher": roleOther, "publikasi": roleOther, "uploader": roleOther, "diunggah oleh": roleOther, "diposting oleh": roleOther,
	"posted by": roleOther, "admin": roleOther, "penanggung jawab": roleOther, "pengarah": roleOther, "koordinator liputan": roleOther,
	"desain": roleOther, "desain grafis": roleOther, "desainer": roleOther, "layout": roleOther, "ilustrasi": roleOther, "narator": roleOther,
}

// bareLabels may stand without a colon: on a line of their own above the name,
// or before it. The other labels are common words.
var bareLabels = map[string]bool{
	"penulis": true, "penulis berita": true, "ditulis oleh": true, "oleh": true, "reporter": true, "kontributor": true,
	"pewarta": true, "by": true, "editor": true, "penyunting": true, "redaktur": true, "fotografer": true, "photographer": true,
	"sumber": true, "sumber berita": true, "sumber foto": true, "sumber gambar": true, "foto oleh": true, "foto by": true, "photo by": true, "author": true,
}

// shortLabel is an abbreviated label with a full stop, or any label with a
// semicolon for its colon, before a name: "Red. Budi", "Penulis; Rina".
var shortLabel = regexp.MustCompile(`^(?i:(red|rep|ed|edt|pen|dok)\s*\.|([a-z ]{3,20}?)\s*;)\s+(\p{Lu}.*)$`)

// maxShort is how many words such a line has at most, and longestShort within
// how many bytes its mark stands.
const maxShort, longestShort = 6, 30

// withColon gives such a label its colon.
func withColon(line string) string {
	// Most lines are told apart without the pattern.
	if !strings.ContainsAny(line[:min(len(line), longestShort)], ".;") || moreWords(line, maxShort) {
		return line
	}
	m := shortLabel.FindStringSubmatch(line)
	if m == nil {
		return line
	}
	label, name := m[1]+m[2], m[3]
	if labelOf(label) == 0 || !isProper(name) || strings.HasSuffix(name, ",") {
		return line
	}
	return label + ": " + name
}

// labelJoin parts the labels of one credit: "Penulis/Editor", "Teks & Foto".
var labelJoin = regexp.MustCompile(`\s*(?:/|&|,|\bdan\b|\+)\s*`)

// labelOf is the role of a phrase, 0 if it is no label.
func labelOf(phrase string) role {
	phrase = strings.ToLower(phrase)
	if r, ok := labels[phrase]; ok {
		return r
	}
	phrase = strings.Join(strings.FieldsFunc(phrase, func(r rune) bool {
		return unicode.IsSpace(r) || r == '.' || r == '-'
	}), " ")
	if r, ok := labels[phrase]; ok {
		return r
	}
	if !strings.ContainsAny(phrase, "/&,+") && !strings.Contains(phrase, " dan ") {
		return 0
	}
	parts := labelJoin.Split(phrase, -1)
	var all role
	for i, p := range parts {
		r, ok := labels[p]
		if !ok && i > 0 && strings.HasPrefix(parts[0], "sumber ") {
			r, ok = labels["sumber "+p] // "Sumber Gambar/Video"
		}
		if !ok || r == 0 {
			return 0
		}
		all |= r
	}
	// "Sumber Gambar/Foto" credits pictures twice, never the text.
	return all
}

// span is a label found in a line: from start up to end is the label with its
// colon.
type span struct {
	start, end int
	roles      role
}

// maxLabelWords is the length of the longest label phrase.
const maxLabelWords = 5

// findLabels lists the labels with a colon in a line.
func findLabels(line string) []span {
	var spans []span
	from := 0
	for i, r := range line {
		if r != ':' && r != '：' {
			continue
		}
		if isClock(line, i) || strings.HasPrefix(line[i:], "://") {
			continue
		}
		if s, ok := labelBefore(line, from, i); ok {
			s.end = i + len(string(r))
			spans = append(spans, s)
			from = s.end
		}
	}
	return spans
}

// isClock reports whether the colon stands between digits, as in 18:43.
func isClock(line string, i int) bool {
	return i > 0 && i+1 < len(line) && isDigit(line[i-1]) && isDigit(line[i+1])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// labelBefore finds the longest label phrase that ends at the colon.
func labelBefore(line string, from, colon int) (span, bool) {
	text := line[from:colon]
	starts := wordStarts(text)
	if len(starts) > maxLabelWords {
		starts = starts[len(starts)-maxLabelWords:]
	}
	for _, start := range starts {
		if roles := labelOf(strings.TrimSpace(text[start:])); roles != 0 {
			return span{start: from + start, roles: roles}, true
		}
	}
	return span{}, false
}

// wordStarts lists where words begin, letters only.
func wordStarts(text string) []int {
	var starts []int
	inWord := false
	for i, r := range text {
		letter := unicode.IsLetter(r)
		if letter && !inWord {
			starts = append(starts, i)
		}
		inWord = letter
	}
	return starts
}

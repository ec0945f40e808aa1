package byline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// related heads a list of links.
	related = regexp.MustCompile(`(?i)^(?:berita|artikel|pos|posting|konten)\s+(?:terkait|lainnya|sebelumnya|selanjutnya|populer)\W*$|^related (?:posts?|articles?)\W*$`)
	// counted is a line with the number of readers.
	counted = regexp.MustCompile(`(?i)^(?:post\s+)?(?:dibaca|dilihat|views?|hits?|pembaca|pengunjung|jumlah pembaca|total views?)\s*:?\s*[\d.,]+\s*(?:x|kali|views?|orang)?\W*$|^[\d.,]+\s*(?:x\s+dibaca|kali dibaca|views?|pembaca|kali dilihat)\W*$`)
)

// maxNote is the longest count of readers or heading of links, in bytes.
const maxNote = 80

// cutEndMark takes the mark that closes a text off its end: (***), ***, ###,
// -30-.
func cutEndMark(line string) string {
	rest := strings.TrimRight(line, " )].*#~")
	mark := line[len(rest):]
	switch {
	case strings.HasSuffix(rest, "-30-"):
		rest = strings.TrimSuffix(rest, "-30-")
	case !strings.Contains(mark, "*") && !strings.Contains(mark, "###") && !strings.Contains(mark, "~~"):
		return line
	default:
		// Only the mark and what is behind it goes: the full stop and the
		// bracket before it are the text's own.
		rest = line[:len(rest)+strings.IndexAny(mark, "*#~")]
	}
	return strings.TrimRight(rest, " ([")
}

// readAlso reports whether a line links to another article, and gives the
// title of that article if the line has it.
func readAlso(line string) (title string, ok bool) {
	line = strings.TrimLeftFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(line) < len("baca juga") {
		return "", false
	}
	switch begin := [2]byte{line[0] | ' ', line[1] | ' '}; begin {
	case [2]byte{'b', 'a'}, [2]byte{'l', 'i'}, [2]byte{'s', 'i'}, [2]byte{'t', 'o'}: // baca, lihat, simak, tonton
	default:
		return "", false
	}
	words := strings.FieldsFunc(line[:min(len(line), 60)], func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) < 2 {
		return "", false
	}
	switch strings.ToLower(words[0]) {
	case "baca", "lihat", "simak", "tonton":
	default:
		return "", false
	}
	switch strings.ToLower(words[1]) {
	case "juga", "pula", "selengkapnya", "lainnya":
	default:
		return "", false
	}
	_, title, _ = strings.Cut(line, words[1])
	return strings.TrimLeft(title, " :：-–—"), true
}

// shareWords make up share bars and print buttons.
var shareWords = wordSet(`bagikan share sebarkan facebook fb twitter x whatsapp wa telegram instagram ig email e-mail cetak print copy link
	salin tautan tweet pin pinterest linkedin like line ini di ke via berita artikel youtube tiktok threads messenger url pdf suka simpan komentar
	klik untuk berbagi membuka jendela yang baru this on to mail`)

// isShareBar reports whether a line is only share buttons: at least one of them
// names a network or the act.
func isShareBar(line string) bool {
	named := false
	for w := range strings.FieldsFuncSeq(line, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		w = strings.ToLower(w)
		if !shareWords[w] {
			return false
		}
		switch w {
		case "bagikan", "share", "sebarkan", "facebook", "twitter", "whatsapp", "telegram", "tweet", "cetak", "print", "berbagi", "salin", "copy", "pinterest", "linkedin":
			named = true
		}
	}
	return named
}

// isSymbols reports whether a line has neither letter nor digit.
func isSymbols(line string) bool {
	return !strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isHashtags reports whether a line is only hashtags.
func isHashtags(line string) bool {
	any := false
	for w := range strings.FieldsSeq(line) {
		if !strings.HasPrefix(w, "#") || utf8.RuneCountInString(w) < 2 {
			return false
		}
		any = true
	}
	return any
}

// tagLabels begin a line of tags or a category.
var tagLabels = wordSet(`tag tags tagar kategori category categories label topik keyword keywords`)

// longestTagLabel is the length of the longest of them, in bytes.
const longestTagLabel = 10

func isTagged(line string) bool {
	label, _, ok := strings.Cut(line, ":")
	if label = strings.TrimSpace(label); !ok || len(label) > longestTagLabel {
		return false
	}
	label = strings.ToLower(label)
	return tagLabels[label] || label == "kata kunci"
}

// isResidue reports whether a line is no part of the text wherever it stands.
func isResidue(line string) bool {
	if isSymbols(line) || isShareBar(line) {
		return true
	}
	if len(line) > maxNote {
		return false
	}
	// The patterns are costly: a count has a figure, and a heading of links
	// begins with one of six words.
	return strings.ContainsAny(line, "0123456789") && counted.MatchString(line) ||
		mayHeadLinks(line) && related.MatchString(line)
}

// linkWords begin a heading of links.
var linkWords = []string{"berita", "artikel", "pos", "posting", "konten", "related"}

func mayHeadLinks(line string) bool {
	end := strings.IndexAny(line, " \t")
	return end > 0 && slices.ContainsFunc(linkWords, func(word string) bool { return strings.EqualFold(line[:end], word) })
}

// maxLinkWords is the longest title that a "Baca juga" line links to; a longer
// line is a paragraph that begins with these words.
const maxLinkWords = 25

// dropResidue uses up the lines that are no part of the text.
func (a *article) dropResidue() {
	for i, line := range a.lines {
		if a.used[i] {
			continue
		}
		if isResidue(line) {
			a.used[i] = true
			continue
		}
		title, ok := readAlso(line)
		if !ok || moreWords(line, maxLinkWords) {
			continue
		}
		a.used[i] = true
		if isSymbols(title) && i+1 < len(a.lines) && isTitle(a.lines[i+1]) {
			a.used[i+1] = true // the title stands on the next line
		}
	}
	a.dropTail()
}

// dropTail uses up tags and hashtags behind the text, and the mark that ends
// it.
func (a *article) dropTail() {
	rows := a.open()
	for n := len(rows) - 1; n >= 0; n-- {
		i := rows[n]
		if isHashtags(a.lines[i]) || isTagged(a.lines[i]) {
			a.used[i] = true
			continue
		}
		if _, ok := a.line(i); ok {
			continue // tags may stand before the byline
		}
		a.lines[i] = cutEndMark(a.lines[i])
		if a.lines[i] == "" {
			a.used[i] = true
			continue
		}
		if len(rows)-n > tailLines || isProse(a.lines[i]) {
			return
		}
	}
}

// isTitle reports whether a line can be the title of a linked article.
func isTitle(line string) bool {
	n := len(strings.Fields(line))
	_, credits := parseLine(line)
	return !credits && n >= 3 && n <= maxLinkWords && !strings.ContainsAny(line[len(line)-1:], `.!”"`)
}

// isProse reports whether a line is a paragraph rather than a note.
func isProse(line string) bool { return moreWords(line, proseLength) }

// proseLength is the number of words above which a line is a paragraph.
const proseLength = 14

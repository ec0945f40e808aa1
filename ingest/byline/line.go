package byline

import (
	"encoding/binary"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineCredits is what one line says.
type lineCredits struct {
	credits []credit
	// open is the last label when its value is missing: it may stand on the
	// next line.
	open role
	// strong: every credit had a colon. A line without one is only read where
	// nothing but byline and residue lies between it and the end of the text.
	strong bool
}

// parseLine reads a line that is a byline as a whole; ok is false for any other
// line.
func parseLine(line string) (lineCredits, bool) {
	line, ok := creditLine(line)
	if !ok {
		return lineCredits{}, false
	}
	return parseCredits(line)
}

// creditLine takes off what stands around a byline; ok is false for a line that
// cannot be one, as most cannot.
func creditLine(line string) (inner string, ok bool) {
	inner = withColon(strings.Trim(line, " \t()[]{}*_~•·–—-|/\"“”"))
	return inner, inner != "" && len(inner) <= maxLine && mayCredit(inner)
}

// parseCredits reads a line that may be a byline.
func parseCredits(line string) (lineCredits, bool) {
	out := lineCredits{strong: true}
	found := false
	for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == '|' || r == '•' || r == '·' || r == '¦' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if out.open != 0 {
			out.open = 0 // a label whose value is missing inside the line
		}
		switch {
		case parseSegment(part, &out):
			found = true
		case isStamp(part) || isResidue(part):
			// Date, time, readers: part of such lines, credits nobody.
		default:
			return lineCredits{}, false
		}
	}
	return out, found
}

// maxLine is the longest line, in bytes, that can be a byline.
const maxLine = 400

// mayCredit refuses most paragraphs at a glance: a byline has a colon, or
// begins with a label.
func mayCredit(line string) bool {
	if strings.IndexByte(line, ':') >= 0 || strings.Contains(line, "：") {
		return true
	}
	for {
		part, rest, more := strings.Cut(line, "|")
		part = strings.TrimSpace(part)
		first, after, _ := strings.Cut(part, " ")
		if beginsLabel(first) {
			second, _, _ := strings.Cut(after, " ")
			if _, ok := bareLabel([]string{first, second}); ok {
				return true
			}
		}
		if !more {
			return false
		}
		line = rest
	}
}

// labelBegins are the first words of the labels that may stand without a colon.
var labelBegins = func() map[string]bool {
	begins := map[string]bool{}
	for label := range bareLabels {
		first, _, _ := strings.Cut(label, " ")
		begins[first] = true
	}
	return begins
}()

// beginsLabel says whether a word may begin such a label; most do not, and are
// told apart without making a text of them.
func beginsLabel(word string) bool {
	var lower [longestBegin]byte
	if len(word) > len(lower) {
		return len(strings.ToLower(word)) <= len(lower)
	}
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return true
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return labelBegins[string(lower[:len(word)])]
}

// longestBegin is the length of the longest of the first words, in bytes.
const longestBegin = 12

// bareLabel is the label, in lower case, that the words begin with.
func bareLabel(words []string) (label string, ok bool) {
	if len(words) == 0 || !beginsLabel(words[0]) {
		return "", false
	}
	for n := min(2, len(words)); n > 0; n-- {
		label = strings.ToLower(strings.TrimSpace(strings.Join(words[:n], " ")))
		if bareLabels[label] {
			return label, true
		}
	}
	return "", false
}

// parseSegment reads a part of a line between pipes.
func parseSegment(part string, out *lineCredits) bool {
	spans := findLabels(part)
	if len(spans) == 0 {
		return parseBare(part, out)
	}
	if before := strings.TrimSpace(part[:spans[0].start]); strings.Trim(before, " -–—,;/()[]*.") != "" {
		if !isStamp(before) && !parseBare(before, out) {
			return false
		}
	}
	for i, s := range spans {
		end := len(part)
		if i+1 < len(spans) {
			end = spans[i+1].start
		}
		value := cleanValue(part[s.end:end])
		if value == "" {
			if i+1 == len(spans) {
				out.open = s.roles
			}
			continue
		}
		if !plausible(value, s.roles) {
			return false
		}
		out.credits = append(out.credits, credit{roles: s.roles, value: value})
	}
	return true
}

// parseBare reads a label without a colon: "Penulis Rina Sari", "Oleh MC KAB
// KAPUAS, Rabu, 20 Juli 2022", or a label alone whose value stands below.
func parseBare(part string, out *lineCredits) bool {
	out.strong = false
	words := strings.Fields(part)
	label, ok := bareLabel(words)
	if !ok {
		return false
	}
	roles := labels[label]
	words = words[strings.Count(label, " ")+1:]
	if len(words) == 0 {
		out.open = roles
		return true
	}
	if !startsUpper(part) {
		return false
	}
	value := cleanValue(strings.TrimLeft(strings.Join(words, " "), "-–— "))
	switch {
	case value == "", !plausible(value, roles), !isProper(value):
		return false
	case roles&roleSumber != 0 && !isUnitName(value):
		return false // "Sumber Daya Alam", "Sumber Rejeki"
	case isOffice(value):
		return false // "Oleh Bupati Bangka"
	case strings.HasSuffix(part, ".") && len(strings.Fields(value)) > 4:
		return false // a sentence
	}
	out.credits = append(out.credits, credit{roles: roles, value: value})
	return true
}

var (
	dayWords   = `senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad`
	monthWords = `jan|feb|peb|mar|apr|mei|may|jun|jul|ag[sutu]|aug|sep|okt|oct|nov|nop|des|dec`
	// trailer is where a date, a time or a count of readers begins behind a
	// value: "Rina, Rabu, 20 Juli 2022 | 18:43 WIB - 332".
	trailer = regexp.MustCompile(`(?i)[\s,|(\-–—/]*(?:` +
		`\b(?:` + dayWords + `)\b\s*[,(]*\s*\d` +
		`|\b\d{1,2}[\s\-/](?:` + monthWords + `)[a-z]*\.?[\s\-/,]+\d{4}` +
		`|\b\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}\b` +
		`|\b\d{4}-\d{2}-\d{2}\b` +
		`|\b(?:pukul\s+|jam\s+)?\d{1,2}[:.]\d{2}\b` +
		`|\b(?:dibaca|dilihat|views?|hits?)\b\s*:?\s*\d` +
		`|\b\d+\s*(?:x|kali|views?|pembaca)\b` +
		`|[\-–—|]\s*\d+\s*$)`)
)

// stampWords stand in a date, a time or a count of readers.
var stampWords = wordSet(`senin selasa rabu kamis jumat jum at sabtu minggu ahad
	januari februari pebruari maret april mei juni juli agustus september oktober november nopember desember
	january february march may june july august october december
	jan feb peb mar mrt apr jun jul ags agt agst agust aug sep sept okt oct nov nop des dec
	wib wita wit pukul jam tanggal tgl dibaca dilihat kali x view views diterbitkan dipublikasikan diposting terbit
	tayang pada hit hits pembaca`)

// cleanValue cuts a value at its date or count and trims the punctuation around
// it.
func cleanValue(value string) string {
	value = strings.TrimLeft(strings.TrimSpace(value), ":：=-–—> ")
	if strings.ContainsAny(value, "0123456789") {
		if loc := trailer.FindStringIndex(value); loc != nil {
			value = value[:loc[0]]
		}
	}
	value = strings.TrimSpace(value)
	for {
		cut := strings.TrimRight(value, " \t,;|/-–—*_:&(")
		cut = strings.TrimSuffix(cut, " dan")
		if strings.HasSuffix(cut, ")") && !strings.Contains(cut, "(") {
			cut = strings.TrimSuffix(cut, ")")
		}
		if cut == value {
			break
		}
		value = cut
	}
	if strings.Count(value, "(") > strings.Count(value, ")") {
		value += ")"
	}
	return trimStop(value)
}

// trimStop takes a full stop off the end, but not that of an abbreviation
// ("S.Kom.", "Dr.").
func trimStop(value string) string {
	rest, ok := strings.CutSuffix(value, ".")
	if !ok {
		return value
	}
	words := strings.Fields(rest)
	if len(words) > 0 && strings.Contains(words[len(words)-1], ".") {
		return value
	}
	return strings.TrimRight(rest, ".")
}

// isStamp reports whether the text is only a date, a time or a count of
// readers, perhaps with a place before it.
func isStamp(text string) bool {
	if len(text) > maxStamp || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",|()-–—/.:'’", r)
	}) {
		if !isDigit(w[0]) && !stampWords[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// maxStamp is the longest date with time and readers, in bytes.
const maxStamp = 100

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// tidy makes one space of every run of white space and drops characters that
// are not seen.
func tidy(line string) string {
	line = strings.TrimSpace(line)
	if isTidy(line) {
		return line
	}
	return tidyAll(line)
}

// tidySpaces makes one space of every run of white space.
func tidySpaces(text string) string {
	if isTidy(text) {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

func tidyAll(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, line)
	return strings.Join(strings.Fields(line), " ")
}

// isTidy reports whether a line has no white space but single spaces and no
// character that is not seen, as most have not. It takes printable ASCII eight
// characters at a time: a line of prose is read by many rules, and this one
// reads it to its end.
func isTidy(line string) bool {
	space := true // the character before was one; a tidy line does not begin with one
	for i := 0; i < len(line); {
		if i+8 <= len(line) {
			if spaces, ok := spacesIn(binary.LittleEndian.Uint64([]byte(line[i : i+8]))); ok {
				if space && spaces&0x80 != 0 || spaces&(spaces<<8) != 0 {
					return false
				}
				space = spaces>>63 != 0
				i += 8
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(line[i:])
		switch {
		case r == ' ' && space, r != ' ' && unicode.IsSpace(r), r == utf8.RuneError, unicode.IsControl(r), r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r):
			return false
		}
		space = r == ' '
		i += size
	}
	return !space || line == ""
}

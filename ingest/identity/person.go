package identity

import (
	"strings"
	"unicode"
)

// NormalizePerson brings a person's name into the form that names are compared
// in: lower case, one space between words, in the order written, without titles
// before and degrees behind ("Dr. H. Budi Santoso, S.Sos, M.AP" becomes "budi
// santoso"), without bracketed additions. A degree without dots and without a
// comma before it is only taken off when it is written in capitals or mixed
// case ("Budi Santoso SE", "Rina Sari MSi"): in "Kim Se" it is a name. A name is
// never emptied: the last word left stays whatever it is.
func NormalizePerson(s string) string {
	words := nameWords(dropBrackets(s))
	for len(words) > 1 && frontTitles[words[0].plain] {
		words = words[1:]
	}
	words = dropDegrees(words)
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, w.plain)
	}
	return strings.Join(out, " ")
}

// nameWord is a word of a name: as written, and folded without punctuation.
type nameWord struct{ written, plain string }

// nameWords cuts a name into words and leaves out the degrees behind commas.
func nameWords(s string) []nameWord {
	var words []nameWord
	for i, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
		if i > 0 && len(words) > 0 && IsTitle(part) {
			continue
		}
		for _, w := range strings.Fields(part) {
			words = append(words, splitWord(w)...)
		}
	}
	return words
}

// splitWord takes the punctuation out of a word. "M.Rizki" and "H.Budi" become
// two words, "S.Kom" and "M.AP" stay one, a hyphen parts words.
func splitWord(w string) []nameWord {
	folded := strings.ReplaceAll(fold(w), "'", "")
	if strings.Contains(folded, ".") && degrees[undotted(folded)] {
		return []nameWord{{written: w, plain: undotted(folded)}}
	}
	var words []nameWord
	for _, p := range strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		words = append(words, nameWord{written: w, plain: p})
	}
	return words
}

// dropDegrees takes degrees without a comma off the end.
func dropDegrees(words []nameWord) []nameWord {
	for len(words) > 1 {
		last, before := words[len(words)-1], words[len(words)-2]
		switch {
		case len(words) > 2 && spacedDegrees[before.plain] && strings.HasSuffix(before.written, ".") &&
			degrees[before.plain+last.plain]:
			words = words[:len(words)-2] // "Rina S. Kom"
		case degrees[last.plain] && strings.Contains(strings.TrimSuffix(last.written, "."), "."):
			words = words[:len(words)-1] // "Rina S.Kom"
		case len(words) > 2 && degrees[last.plain] && capitals(last.written) > 1:
			words = words[:len(words)-1] // "Budi Santoso SE", "Rina Sari MSi"
		default:
			return words
		}
	}
	return words
}

func capitals(w string) int {
	n := 0
	for _, r := range w {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// dropBrackets takes out what stands in round or square brackets: "Rina
// (Humas)".
func dropBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
			b.WriteByte(' ')
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

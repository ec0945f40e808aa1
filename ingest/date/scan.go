package date

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	number kind = iota // decimal digits
	word               // letters, lower case, without apostrophes
	mark               // one punctuation rune
)

// token is a piece of the text. glued says that no space stood before it.
type token struct {
	kind  kind
	text  string
	value int // of a number, at most 9 digits
	glued bool
}

// scan cuts the text into tokens. The reason is empty, ReasonEmpty or
// ReasonUnreadable.
func scan(text string) ([]token, string) {
	tokens := make([]token, 0, 16)
	readable := false
	glued := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			return nil, ReasonUnreadable
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e':
			glued = false
			i += size
			continue
		case r >= '0' && r <= '9':
			end := i
			value := 0
			for end < len(text) && text[end] >= '0' && text[end] <= '9' {
				value = value*10 + int(text[end]-'0')
				end++
			}
			if end-i > 9 {
				return nil, ReasonUnreadable
			}
			tokens = append(tokens, token{kind: number, text: text[i:end], value: value, glued: glued})
			readable = true
			i = end
		case unicode.IsLetter(r):
			w, n := scanWord(text[i:])
			tokens = append(tokens, token{kind: word, text: w, glued: glued})
			readable = true
			i += n
		default:
			tokens = append(tokens, token{kind: mark, text: foldMark(r), glued: glued})
			i += size
		}
		glued = true
	}
	if !readable {
		return nil, ReasonEmpty
	}
	return tokens, ""
}

// scanWord reads letters; an apostrophe inside a word (Jum'at) is dropped.
func scanWord(text string) (string, int) {
	var b strings.Builder
	i := 0
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isApostrophe(r) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !unicode.IsLetter(next) {
				break
			}
			i += size
			continue
		}
		if !unicode.IsLetter(r) {
			break
		}
		b.WriteRune(unicode.ToLower(r))
		i += size
	}
	return b.String(), i
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', 'ʼ', '′':
		return true
	}
	return false
}

// foldMark makes one mark of the dashes that word processors write.
func foldMark(r rune) string {
	switch r {
	case '‐', '‑', '‒', '–', '—', '−':
		return "-"
	case '：':
		return ":"
	case '／':
		return "/"
	}
	return string(r)
}

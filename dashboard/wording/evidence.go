package wording

import "strings"

// Evidence puts what is alike about two names into the language. The spellings
// behind a colon stay as they are.
func (l Language) Evidence(text string) string {
	if words, names, ok := strings.Cut(text, ": "); ok {
		return l.known(words) + ": " + names
	}
	return l.known(text)
}

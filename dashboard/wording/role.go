package wording

import "strings"

// roleWords words what a person did for a story.
var roleWords = map[string]string{"author": "penulis", "editor": "penyunting", "photographer": "fotografer"}

// Role words what a person did for a story, by its code in the report; empty
// for any other text.
func (l Language) Role(code string) string {
	words, known := roleWords[code]
	if !known {
		return ""
	}
	return l.T(words)
}

// Roles is [Language.Role] of several roles, with commas between.
func (l Language) Roles(codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = l.Role(code)
	}
	return strings.Join(words, ", ")
}

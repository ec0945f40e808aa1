// Package docs carries the documents of this folder that the program shows, so
// that the page and the repository always say the same.
package docs

import _ "embed"

// Method is METHOD.md: where every figure comes from, in Markdown.
//
//go:embed METHOD.md
var Method string

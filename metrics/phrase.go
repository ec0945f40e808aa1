package metrics

import (
	"fmt"
	"strconv"
	"strings"
)

// Phrase is an Indonesian sentence, or a part of one, that can be put into
// another language: {1}, {2} … in Text stand for Args, which may be phrases
// themselves.
type Phrase struct {
	Text string
	Args []any
}

func phrase(text string, args ...any) Phrase { return Phrase{text, args} }

// String is the phrase in Indonesian.
func (p Phrase) String() string {
	if len(p.Args) == 0 {
		return p.Text
	}
	pairs := make([]string, 0, 2*len(p.Args))
	for i, a := range p.Args {
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", fmt.Sprint(a))
	}
	return strings.NewReplacer(pairs...).Replace(p.Text)
}

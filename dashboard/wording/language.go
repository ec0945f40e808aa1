package wording

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Language is the language that texts, numbers and dates are put into. The
// source is written in Indonesian, so the zero value is [Indonesian] and needs
// no catalogue; every other language looks the Indonesian text up in its own.
// A Language is immutable and safe for concurrent use.
type Language struct {
	texts *catalogue // nil for Indonesian
	asked func(key string, known bool)
}

// Indonesian is the language of the source texts.
var Indonesian Language

// Code is the language's code for HTML and addresses (BCP 47): id or en.
func (l Language) Code() string {
	if l.texts == nil {
		return "id"
	}
	return l.texts.code
}

// Watched is the language with a listener that hears every text asked for and
// whether the catalogue has it; tests find missing texts with it.
func (l Language) Watched(asked func(key string, known bool)) Language {
	l.asked = asked
	return l
}

// longMonth tells a month's full name from its short one, where the two are
// the same word in Indonesian.
const longMonth = "|bulan"

// T puts an Indonesian text into the language. The text is the key of the
// catalogue; {1}, {2} … in it stand for the arguments. What follows a bar
// ("Tempat|lokasi") tells apart texts that are the same in Indonesian only, and
// is never shown. A text that the catalogue does not have stays Indonesian.
func (l Language) T(text string, args ...any) string {
	shown, _, _ := strings.Cut(text, "|")
	if shown == "" {
		return ""
	}
	if l.texts != nil {
		entry, known := l.texts.entries[text]
		if l.asked != nil {
			l.asked(text, known)
		}
		if known {
			shown = entry.many
			if entry.one != "" && len(args) > 0 && fmt.Sprint(args[0]) == "1" {
				shown = entry.one
			}
		}
	}
	if len(args) == 0 {
		return shown
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", fmt.Sprint(a))
	}
	return strings.NewReplacer(pairs...).Replace(shown)
}

// known puts a text that comes from elsewhere into the language where the
// catalogue has it; any other text comes back as it is.
func (l Language) known(text string) string {
	if l.texts == nil {
		return text
	}
	if _, ok := l.texts.entries[text]; !ok {
		return text
	}
	return l.T(text)
}

// thousands and decimal are the marks in numbers: 1.234,5 or 1,234.5.
func (l Language) thousands() byte {
	if l.texts == nil {
		return '.'
	}
	return ','
}

func (l Language) decimal() byte {
	if l.texts == nil {
		return ','
	}
	return '.'
}

// clock is the layout of a time of day: 21.15 or 21:15.
func (l Language) clock() string {
	if l.texts == nil {
		return "15.04"
	}
	return "15:04"
}

// languageKey is where a context carries the language.
type languageKey struct{}

// With makes a context carry the language of whoever is answered.
func With(ctx context.Context, l Language) context.Context {
	return context.WithValue(ctx, languageKey{}, l)
}

// From is the language that a context carries, Indonesian without one.
func From(ctx context.Context) Language {
	l, _ := ctx.Value(languageKey{}).(Language)
	return l
}

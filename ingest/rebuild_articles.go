package ingest

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

func rebuildArticles(ctx context.Context, job *rebuild) error {
	shelf, err := job.shelf(ctx)
	if err != nil {
		return err
	}
	if err := job.markBackdated(ctx, shelf); err != nil {
		return err
	}
	stories, err := job.stories(ctx, shelf)
	if err != nil {
		return err
	}
	out := &articleRollup{job: job, shelf: shelf, stories: stories, burst: bursts(job, shelf, stories)}
	return out.write(ctx)
}

func union(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// placeName writes a dateline's place as a name: "KOTA CONTOH" and "Kota
// Contoh" are one place. A name that is not all capitals stays as printed.
func placeName(printed string) string {
	if printed == "" || printed != strings.ToUpper(printed) {
		return printed
	}
	words := strings.Fields(strings.ToLower(printed))
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		words[i] = string(unicode.ToUpper(first)) + word[size:]
	}
	return strings.Join(words, " ")
}

package wording

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

// englishCSV holds the English texts, sorted by the Indonesian ones: the text
// of the source, the English one, and the English one for 1 where it differs.
//
//go:embed english.csv
var englishCSV string

// catalogue is every text of one language by the Indonesian one.
type catalogue struct {
	code    string
	entries map[string]entry
}

// entry is one text; one is for a first argument of 1, empty where that is no
// different.
type entry struct{ many, one string }

// English is English. The catalogue is read once per process; it is part of
// the program, so that a mistake in it is a panic here and a failing test.
var English = sync.OnceValue(func() Language {
	c, err := readCatalogue("en", englishCSV)
	if err != nil {
		panic(err)
	}
	return Language{texts: c}
})

// readCatalogue reads the lines of a catalogue under their head. A text that
// stands twice, or has no translation, is an error.
func readCatalogue(code, text string) (*catalogue, error) {
	lines, err := readLines(text)
	if err != nil {
		return nil, fmt.Errorf("wording: catalogue %s: %w", code, err)
	}
	c := &catalogue{code: code, entries: make(map[string]entry, len(lines))}
	for i, line := range lines {
		if i == 0 {
			continue
		}
		if line[0] == "" || line[1] == "" {
			return nil, fmt.Errorf("wording: catalogue %s: entry %d is empty", code, i)
		}
		if _, twice := c.entries[line[0]]; twice {
			return nil, fmt.Errorf("wording: catalogue %s: %q stands twice", code, line[0])
		}
		c.entries[line[0]] = entry{many: line[1], one: line[2]}
	}
	return c, nil
}

func readLines(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 3
	return r.ReadAll()
}

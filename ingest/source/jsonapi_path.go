package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// pathStep is one step of a path into a JSON value: a key, a list index, or
// all items of a list.
type pathStep struct {
	key   string
	index int
	kind  stepKind
}

type stepKind int

const (
	stepKey stepKind = iota
	stepIndex
	stepAll
)

// jsonPath leads into a JSON value. The empty path is the value itself.
type jsonPath []pathStep

const (
	maxPathText  = 300
	maxPathSteps = 20
	// maxPathValues bounds what a path with [] may select.
	maxPathValues = 10_000
)

// errBadPath says that a text is no path.
var errBadPath = errors.New("source: malformed JSON path")

func pathWords(text string) string {
	return fmt.Sprintf("%q bukan jalur yang sah; tulis seperti data.items, gambar[0].url, tag[].nama, atau [\"kunci.bertitik\"]", cleanLine(text, 100))
}

// parsePath reads a path: keys with dots between them, list indexes in
// brackets (negative ones count from the end), [] for all items of a list,
// and ["key"] for keys with other signs. A leading "$" stands for the whole
// value, as the empty path does.
func parsePath(text string) (jsonPath, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxPathText {
		return nil, errBadPath
	}
	if text == "$" {
		text = ""
	}
	rest := text
	switch {
	case text == "$.":
		return nil, errBadPath
	case strings.HasPrefix(text, "$."):
		rest = text[2:]
	case strings.HasPrefix(text, "$["):
		rest = text[1:]
	}
	var path jsonPath
	for first := true; rest != ""; first = false {
		if len(path) >= maxPathSteps {
			return nil, errBadPath
		}
		if rest[0] == '[' {
			step, after, ok := bracketStep(rest)
			if !ok {
				return nil, errBadPath
			}
			path, rest = append(path, step), after
			continue
		}
		if !first {
			if rest[0] != '.' || len(rest) == 1 {
				return nil, errBadPath
			}
			rest = rest[1:]
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		key := rest[:end]
		if key == "" || strings.TrimSpace(key) != key || strings.ContainsAny(key, "]{}\"\n\t") {
			return nil, errBadPath
		}
		path, rest = append(path, pathStep{key: key}), rest[end:]
	}
	return path, nil
}

// bracketStep reads a step in brackets.
func bracketStep(text string) (step pathStep, rest string, ok bool) {
	if strings.HasPrefix(text, `["`) {
		key, rest, ok := strings.Cut(text[2:], `"]`)
		return pathStep{key: key}, rest, ok && key != "" && !strings.ContainsAny(key, "\n{}")
	}
	inner, rest, ok := strings.Cut(text[1:], "]")
	if !ok {
		return pathStep{}, "", false
	}
	if inner == "" {
		return pathStep{kind: stepAll}, rest, true
	}
	n, err := strconv.Atoi(inner)
	return pathStep{kind: stepIndex, index: n}, rest, err == nil && n > -1_000_000 && n < 1_000_000 && inner[0] != '+'
}

// find gives the values a path leads to; none when something on the way is
// missing or of another kind.
func (p jsonPath) find(value any) []any {
	values := []any{value}
	for _, step := range p {
		var next []any
		for _, v := range values {
			next = append(next, step.take(v)...)
			if len(next) > maxPathValues {
				next = next[:maxPathValues]
				break
			}
		}
		if values = next; len(values) == 0 {
			return nil
		}
	}
	return values
}

func (s pathStep) take(value any) []any {
	if s.kind == stepKey {
		if object, ok := value.(map[string]any); ok {
			if v, ok := object[s.key]; ok {
				return []any{v}
			}
		}
		return nil
	}
	list, ok := asList(value)
	if !ok {
		return nil
	}
	if s.kind == stepAll {
		return list
	}
	at := s.index
	if at < 0 {
		at += len(list)
	}
	if at < 0 || at >= len(list) {
		return nil
	}
	return []any{list[at]}
}

// asList is a list, or an object whose keys are all numbers: PHP prints lists
// with gaps like that.
func asList(value any) ([]any, bool) {
	switch v := value.(type) {
	case []any:
		return v, true
	case map[string]any:
		keys := make([]int, 0, len(v))
		for key := range v {
			n, err := strconv.Atoi(key)
			if err != nil || strconv.Itoa(n) != key {
				return nil, false
			}
			keys = append(keys, n)
		}
		if len(keys) == 0 {
			return nil, false
		}
		slices.Sort(keys)
		list := make([]any, len(keys))
		for i, n := range keys {
			list[i] = v[strconv.Itoa(n)]
		}
		return list, true
	}
	return nil, false
}

// decodeJSON reads one JSON value in UTF-8, numbers as printed.
func decodeJSON(body []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("source: decode JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("source: decode JSON: more than one value")
	}
	return value, nil
}

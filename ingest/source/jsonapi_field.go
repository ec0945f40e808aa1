package source

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// scalar is a JSON value as text: strings as they are, numbers as printed,
// the text of WordPress' {"rendered"} objects; null, lists and other objects
// are "".
func scalar(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		if text, ok := v["rendered"].(string); ok {
			return text
		}
	}
	return ""
}

// apiField is where a part of an item comes from: a path, or a template of
// texts and paths.
type apiField struct {
	// texts has one entry more than paths; the template is their alternation.
	texts []string
	paths []jsonPath
	// plain says that the field is one path.
	plain bool
}

// parseField reads a path, or a text with {path} in it.
func parseField(text string) (apiField, error) {
	if len(text) > maxURL {
		return apiField{}, errBadPath
	}
	if !strings.Contains(text, "{") {
		path, err := parsePath(text)
		return apiField{paths: []jsonPath{path}, plain: true}, err
	}
	var field apiField
	rest := text
	for {
		head, tail, found := strings.Cut(rest, "{")
		if strings.Contains(head, "}") {
			return apiField{}, errBadPath
		}
		field.texts = append(field.texts, head)
		if !found {
			return field, nil
		}
		inner, after, closed := strings.Cut(tail, "}")
		path, err := parsePath(inner)
		if !closed || err != nil || len(path) == 0 || len(field.paths) >= maxPathSteps {
			return apiField{}, errBadPath
		}
		field.paths, rest = append(field.paths, path), after
	}
}

// all gives the non-empty texts of a field: one of a template, any number of
// a path.
func (f apiField) all(item any) []string {
	if !f.plain {
		if text := f.fill(item, func(s string, _ bool) string { return s }); text != "" {
			return []string{text}
		}
		return nil
	}
	if len(f.paths) == 0 {
		return nil
	}
	var list []string
	for _, value := range f.paths[0].find(item) {
		values := []any{value}
		if inner, ok := value.([]any); ok {
			values = inner
		}
		for _, v := range values {
			if text := strings.TrimSpace(scalar(v)); text != "" {
				list = append(list, text)
			}
		}
	}
	return list
}

// first is the first text of a field, "" without any.
func (f apiField) first(item any) string {
	if list := f.all(item); len(list) > 0 {
		return list[0]
	}
	return ""
}

// fill puts values into a template, "" when one is missing.
func (f apiField) fill(item any, escape func(value string, query bool) string) string {
	var b strings.Builder
	query := false
	for i, text := range f.texts {
		query = query || strings.Contains(text, "?")
		b.WriteString(text)
		if i == len(f.paths) {
			break
		}
		value := ""
		for _, v := range f.paths[i].find(item) {
			if value = strings.TrimSpace(scalar(v)); value != "" {
				break
			}
		}
		if value == "" {
			return ""
		}
		b.WriteString(escape(value, query))
	}
	return b.String()
}

// address fills the field as an address: values become parts of the path or
// of the query and cannot leave them.
func (f apiField) address(item any) string {
	if f.plain {
		return f.first(item)
	}
	if len(f.texts) == 2 && f.texts[0] == "" && f.texts[1] == "" {
		return f.fill(item, func(s string, _ bool) string { return s })
	}
	return f.fill(item, func(value string, query bool) string {
		if query {
			return url.QueryEscape(value)
		}
		segments := strings.Split(strings.Trim(value, "/"), "/")
		for i, segment := range segments {
			if segments[i] = url.PathEscape(segment); segment == "." || segment == ".." {
				segments[i] = strings.ReplaceAll(segment, ".", "%2E")
			}
		}
		return strings.Join(segments, "/")
	})
}

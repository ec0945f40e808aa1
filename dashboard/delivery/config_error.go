package delivery

import (
	"fmt"
	"strings"
)

// Problem is one fault of the section deliveries.
type Problem struct {
	File string
	// Line is 1-based, 0 when not known.
	Line int
	// Key is the path of the key, such as "deliveries.schedules[0].at".
	Key string
	// Words say in Indonesian what is wrong and what is allowed.
	Words string
}

// String is the problem in one line: file, line, key, and what is wrong.
func (p Problem) String() string {
	var at []string
	switch {
	case p.File != "" && p.Line > 0:
		at = append(at, fmt.Sprintf("%s baris %d", p.File, p.Line))
	case p.Line > 0:
		at = append(at, fmt.Sprintf("baris %d", p.Line))
	case p.File != "":
		at = append(at, p.File)
	}
	if p.Key != "" {
		at = append(at, p.Key)
	}
	if len(at) == 0 {
		return p.Words
	}
	return strings.Join(at, ", ") + ": " + p.Words
}

// ConfigError lists everything wrong with the section.
type ConfigError struct{ Problems []Problem }

// Error gives one line per problem.
func (e *ConfigError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

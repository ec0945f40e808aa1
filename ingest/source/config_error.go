package source

import (
	"fmt"
	"strings"
)

// Problem is one fault of the configuration.
type Problem struct {
	// File is the file's name, empty for a Config made in code.
	File string
	// Line is the 1-based line, 0 when not known.
	Line int
	// Key is the path of the key, such as "sources[2].kind".
	Key string
	// Words say in Indonesian what is wrong and what is allowed.
	Words string
}

// String is the problem in one line: file, line, key, and what is wrong.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "baris %d", p.Line)
	}
	if p.Key != "" {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.Key)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(p.Words)
	return b.String()
}

// ConfigError lists everything wrong with a configuration, in the order of
// the file's sections.
type ConfigError struct{ Problems []Problem }

// Error gives one line per problem.
func (e *ConfigError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Refuse makes a [*ConfigError] of problems that somebody else found in the
// configuration, with file and line; nil when there are none. Keys are whole
// paths, such as "sources[2].database.map".
func (c *Config) Refuse(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	for i := range problems {
		problems[i].Line = c.line(problems[i].Key)
	}
	return &ConfigError{Problems: withFile(c.file, problems)}
}

func withFile(name string, problems []Problem) []Problem {
	for i := range problems {
		problems[i].File = name
	}
	return problems
}

func joinKey(path, key string) string {
	switch {
	case path == "":
		return key
	case key == "":
		return path
	}
	return path + "." + key
}

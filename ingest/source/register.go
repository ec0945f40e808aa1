package source

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Register says which files the kind register watches.
type Register struct {
	// Path is a file, a folder, or a pattern such as /srv/ppid/*.xlsx.
	Path string `yaml:"path"`
	// Import is the kind of the rows: one of [RowKinds].
	Import string `yaml:"import"`
	// Map is the path of a map file, as for the import of a file.
	Map string `yaml:"map"`
	// Settle is how long a new file must stand still before it is read.
	Settle time.Duration `yaml:"settle"`
}

const (
	defaultSettle = 2 * time.Second
	maxSettle     = time.Minute
)

// validate checks the section; keys are relative to it.
func (r *Register) validate() []Problem {
	var problems []Problem
	bad := func(key, format string, args ...any) {
		problems = append(problems, Problem{Key: key, Words: fmt.Sprintf(format, args...)})
	}
	r.Path, r.Map = strings.TrimSpace(r.Path), strings.TrimSpace(r.Map)
	if r.Path == "" {
		bad("path", "wajib diisi; berkas, folder, atau pola seperti /srv/ppid/*.xlsx")
	} else if _, err := filepath.Match(r.Path, "x"); err != nil {
		bad("path", "%q bukan pola yang dapat dibaca; periksa tanda kurung sikunya", cleanLine(r.Path, 200))
	}
	if !slices.Contains(rowKinds, r.Import) {
		bad("import", "%q tidak dikenal; yang boleh: %s", cleanLine(r.Import, 40), strings.Join(rowKinds, ", "))
	}
	switch {
	case r.Settle == 0:
		r.Settle = defaultSettle
	case r.Settle < 0 || r.Settle > maxSettle:
		bad("settle", "%s di luar batas; yang boleh: 1ms sampai %s", r.Settle, maxSettle)
	}
	return problems
}

// resolvePaths makes the paths of registers and of SQLite files absolute:
// relative ones are meant from the folder of gaung.yaml, wherever the program
// was started.
func (c *Config) resolvePaths() error {
	for i := range c.Sources {
		s := &c.Sources[i]
		var paths []*string
		if s.Kind == kindRegister && s.Register != nil {
			paths = append(paths, &s.Register.Path, &s.Register.Map)
		}
		if s.Kind == kindDatabase && s.Database != nil && s.Database.Driver == driverSQLite && !secretWhole.MatchString(s.Database.DSN) && !strings.Contains(s.Database.DSN, ":") {
			paths = append(paths, &s.Database.DSN)
		}
		for _, path := range paths {
			if *path == "" || filepath.IsAbs(*path) {
				continue
			}
			full, err := filepath.Abs(filepath.Join(filepath.Dir(c.file), *path))
			if err != nil {
				return fmt.Errorf("source: path %s: %w", *path, err)
			}
			*path = full
		}
	}
	return nil
}

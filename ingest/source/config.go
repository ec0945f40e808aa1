package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"gopkg.in/yaml.v3"

	"gaung/warehouse/region"
)

// maxConfigBytes limits gaung.yaml: thousands of sources fit many times over.
const maxConfigBytes = 4 << 20

// Config is gaung.yaml: where the office is and what it pulls.
type Config struct {
	// Region is the Kemendagri code of sources that name none.
	Region string `yaml:"region"`
	// Regions change or add regions to the built-in table.
	Regions []RegionOverride `yaml:"regions"`
	// Contact is a web or e-mail address that pulled sites see in the
	// User-Agent, so that their people know whom to ask.
	Contact string   `yaml:"contact"`
	Sources []Source `yaml:"sources"`
	// Deliveries is read by package delivery.
	Deliveries Elsewhere `yaml:"deliveries"`
	// Letterhead is read by the program, for what it prints.
	Letterhead Elsewhere `yaml:"letterhead"`
	// Push are the applications that may send rows by themselves.
	Push []PushSource `yaml:"push"`

	// file and lines place problems; both are empty for a Config made in
	// code.
	file  string
	lines map[string]int
}

// Elsewhere is a section of gaung.yaml that another package reads and checks.
type Elsewhere struct{}

// UnmarshalYAML leaves the section alone.
func (*Elsewhere) UnmarshalYAML(*yaml.Node) error { return nil }

// Load reads and validates a configuration file. The error is a *ConfigError
// when the content is at fault and wraps the *fs.PathError when the file
// cannot be read.
func Load(path string) (*Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("konfigurasi %s tidak dapat dibuka; buat berkas itu atau sebut yang lain dengan --config: %w", path, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxConfigBytes+1))
	if err != nil {
		return nil, fmt.Errorf("konfigurasi %s tidak dapat dibaca: %w", path, err)
	}
	return Parse(path, data)
}

// Parse is Load for a file already read; name is used in messages only.
func Parse(name string, data []byte) (*Config, error) {
	if len(data) > maxConfigBytes {
		return nil, &ConfigError{Problems: []Problem{{File: name, Words: fmt.Sprintf("berkas lebih besar dari %d MB; pasti bukan konfigurasi", maxConfigBytes>>20)}}}
	}
	c := &Config{file: name}
	root, problem := parseYAML(data)
	if problem != nil {
		problem.File = name
		return nil, &ConfigError{Problems: []Problem{*problem}}
	}
	if root != nil {
		checker := newStrictChecker()
		checker.check(root, configType, "")
		c.lines = checker.lines
		if len(checker.problems) > 0 {
			return nil, &ConfigError{Problems: withFile(name, checker.problems)}
		}
		decoder := yaml.NewDecoder(bytes.NewReader(data))
		decoder.KnownFields(true)
		if err := decoder.Decode(c); err != nil && !errors.Is(err, io.EOF) {
			return nil, &ConfigError{Problems: []Problem{{File: name, Words: "isi tidak dapat dibaca: " + cleanLine(err.Error(), 300)}}}
		}
	}
	if err := c.ValidateAndSetDefaults(); err != nil {
		return nil, err
	}
	return c, nil
}

// Table returns the built-in regions with the configured overrides.
func (c *Config) Table() *region.Table {
	overrides := make([]region.Region, 0, len(c.Regions))
	for _, r := range c.Regions {
		overrides = append(overrides, r.Region())
	}
	return region.Builtin().With(overrides...)
}

// ValidateAndSetDefaults checks every section and fills in defaults. It
// reports all problems at once, as a *ConfigError.
func (c *Config) ValidateAndSetDefaults() error {
	var problems []Problem
	add := func(path string, found []Problem) {
		for _, p := range found {
			p.Key = joinKey(path, p.Key)
			problems = append(problems, p)
		}
	}
	codes := make(map[string]int)
	for i := range c.Regions {
		path := fmt.Sprintf("regions[%d]", i)
		add(path, c.Regions[i].ValidateAndSetDefaults())
		if first, seen := codes[c.Regions[i].Code]; seen {
			add(path, []Problem{{Key: "code", Words: fmt.Sprintf("kode %s sudah dipakai regions[%d]", c.Regions[i].Code, first)}})
		} else {
			codes[c.Regions[i].Code] = i
		}
	}
	table := c.Table()
	c.Region = strings.TrimSpace(c.Region)
	if c.Region != "" {
		if _, err := table.Find(c.Region); err != nil {
			add("", []Problem{{Key: "region", Words: err.Error()}})
		}
	}
	add("", c.validateContact())
	names, addresses := make(map[string]int), make(map[string]int)
	for i := range c.Sources {
		s := &c.Sources[i]
		path := fmt.Sprintf("sources[%d]", i)
		add(path, s.ValidateAndSetDefaults(c.Region, table))
		if first, seen := names[s.Name]; seen && s.Name != "" {
			add(path, []Problem{{Key: "name", Words: fmt.Sprintf("nama %q sudah dipakai sources[%d]; setiap sumber perlu nama sendiri", s.Name, first)}})
		} else {
			names[s.Name] = i
		}
		if first, seen := addresses[s.Kind+" "+s.URL]; seen && s.URL != "" {
			add(path, []Problem{{Key: "url", Words: fmt.Sprintf("alamat ini sudah dibaca oleh sources[%d] (%s); hapus salah satunya", first, c.Sources[first].Name)}})
		} else {
			addresses[s.Kind+" "+s.URL] = i
		}
	}
	add("", c.validatePush(table))
	if len(problems) == 0 {
		return c.resolvePaths()
	}
	for i := range problems {
		problems[i].Line = c.line(problems[i].Key)
	}
	return &ConfigError{Problems: withFile(c.file, problems)}
}

// validateContact asks for a contact as soon as somebody else's server is
// pulled.
func (c *Config) validateContact() []Problem {
	c.Contact = cleanLine(c.Contact, 200)
	if c.Contact != "" {
		if !strings.Contains(c.Contact, "@") && cleanURL(nil, c.Contact) == "" {
			return []Problem{{Key: "contact", Words: fmt.Sprintf("%q bukan alamat surel atau web; contoh: kominfo@contohkab.go.id", c.Contact)}}
		}
		if strings.ContainsAny(c.Contact, "()") {
			return []Problem{{Key: "contact", Words: "alamat tidak boleh memuat tanda kurung; contoh: kominfo@contohkab.go.id"}}
		}
		return nil
	}
	for _, s := range c.Sources {
		if !s.AllowPrivate && !s.Rows() {
			return []Problem{{Key: "contact", Words: "wajib diisi: alamat surel atau web yang dilihat pengelola situs yang dibaca; contoh: kominfo@contohkab.go.id"}}
		}
	}
	return nil
}

// line finds the line of a key, or of the nearest section around it.
func (c *Config) line(key string) int {
	for key != "" {
		if line, ok := c.lines[key]; ok {
			return line
		}
		cut := strings.LastIndexAny(key, ".[")
		if cut < 0 {
			return 0
		}
		key = key[:cut]
	}
	return 0
}

package delivery

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"time"

	"gopkg.in/yaml.v3"

	"gaung/warehouse/region"
)

// maxConfigBytes limits gaung.yaml.
const maxConfigBytes = 4 << 20

// Config is the section deliveries of gaung.yaml. Without it nothing is sent.
type Config struct {
	// Dashboard is the web address of the dashboard, shown as a link in
	// messages; empty shows none.
	Dashboard string
	Channels  []Channel
	Schedules []Schedule
}

// Clock is a time of day in minutes after midnight.
type Clock int

// String gives "08:00".
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// On is the time of day on a date, in a zone.
func (c Clock) On(year int, month time.Month, day int, zone *time.Location) time.Time {
	return time.Date(year, month, day, int(c)/60, int(c)%60, 0, 0, zone)
}

// Scope is what the section refers to from the rest of gaung.yaml.
type Scope struct {
	Regions *region.Table
	// Region is the code of schedules that name none; it may be empty.
	Region string
}

// Load reads the section from a configuration file. The error is a
// *ConfigError when the content is at fault.
func Load(path string, scope Scope) (*Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("konfigurasi %s tidak dapat dibuka; buat berkas itu atau sebut yang lain dengan --config: %w", path, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxConfigBytes+1))
	if err != nil {
		return nil, fmt.Errorf("konfigurasi %s tidak dapat dibaca: %w", path, err)
	}
	return Parse(path, data, scope)
}

// Parse is Load for a file already read; name is used in messages only. Every
// key outside the section is somebody else's and is left alone; within it,
// unknown keys are errors.
func Parse(name string, data []byte, scope Scope) (*Config, error) {
	c := &Config{}
	r := &reader{file: name}
	if len(data) > maxConfigBytes {
		r.problems = append(r.problems, Problem{File: name, Words: fmt.Sprintf("berkas lebih besar dari %d MB; pasti bukan konfigurasi", maxConfigBytes>>20)})
		return nil, &ConfigError{r.problems}
	}
	var document yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&document); err != nil {
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		r.problems = append(r.problems, Problem{File: name, Words: "tulisan YAML rusak; periksa indentasi, tanda titik dua dan tanda kutip (" + oneLine(err.Error(), 200) + ")"})
		return nil, &ConfigError{r.problems}
	}
	if section := find(&document, "deliveries"); section != nil && section.ShortTag() != "!!null" {
		c.read(r, section, scope)
	}
	if len(r.problems) > 0 {
		return nil, &ConfigError{r.problems}
	}
	return c, nil
}

// find is the value of a top-level key, nil when it is not there.
func find(document *yaml.Node, name string) *yaml.Node {
	if len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
		return nil
	}
	root := document.Content[0].Content
	for i := 0; i+1 < len(root); i += 2 {
		if root[i].Value == name {
			return root[i+1]
		}
	}
	return nil
}

func (c *Config) read(r *reader, n *yaml.Node, scope Scope) {
	const path = "deliveries"
	// Schedules name channels, so they are read last however the file is ordered.
	var schedules *yaml.Node
	r.mapping(n, path, []key{
		{"dashboard", func(n *yaml.Node, path string) {
			text, ok := r.text(n, path)
			if u, err := url.Parse(text); ok && (err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil) {
				r.bad(n, path, "%q bukan alamat web yang lengkap; tulis dengan http:// atau https://", oneLine(text, 200))
			}
			c.Dashboard = text
		}},
		{"channels", func(n *yaml.Node, path string) {
			r.list(n, path, func(n *yaml.Node, path string) {
				if ch, ok := readChannel(r, n, path); ok {
					if c.Channel(ch.Name) != nil {
						r.bad(n, path+".name", "nama %q sudah dipakai saluran lain", ch.Name)
					}
					c.Channels = append(c.Channels, ch)
				}
			})
		}},
		{"schedules", func(n *yaml.Node, _ string) { schedules = n }},
	})
	if schedules == nil {
		return
	}
	r.list(schedules, path+".schedules", func(n *yaml.Node, path string) {
		s, ok := readSchedule(r, n, path, c, scope)
		if !ok {
			return
		}
		if c.Schedule(s.Name) != nil {
			r.bad(n, path+".name", "nama %q sudah dipakai jadwal lain", s.Name)
		}
		c.Schedules = append(c.Schedules, s)
	})
}

// Channel finds a channel by its name; nil when there is none.
func (c *Config) Channel(name string) *Channel {
	for i := range c.Channels {
		if c.Channels[i].Name == name {
			return &c.Channels[i]
		}
	}
	return nil
}

// Schedule finds a schedule by its name; nil when there is none.
func (c *Config) Schedule(name string) *Schedule {
	for i := range c.Schedules {
		if c.Schedules[i].Name == name {
			return &c.Schedules[i]
		}
	}
	return nil
}

var slug = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// intoName reads a short name that lives on in the table and in file names.
func (r *reader) intoName(into *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		text, ok := r.text(n, path)
		if ok && !slug.MatchString(text) {
			r.bad(n, path, "%q bukan nama yang sah; pakai huruf kecil a-z, angka dan tanda hubung, paling panjang 63", oneLine(text, 80))
		}
		*into = text
	}
}

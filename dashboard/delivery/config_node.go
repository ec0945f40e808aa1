package delivery

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// reader reads a YAML tree key by key and collects what is wrong with it.
type reader struct {
	file     string
	problems []Problem
}

func (r *reader) bad(n *yaml.Node, path, format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.file, Line: n.Line, Key: path, Words: fmt.Sprintf(format, args...)})
}

// key is a key that a mapping may have and what is done with its value.
type key struct {
	name string
	read func(n *yaml.Node, path string)
}

func names(keys []key) string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = k.name
	}
	return strings.Join(list, ", ")
}

// mapping reads a group of keys; none may be unknown or stand twice.
func (r *reader) mapping(n *yaml.Node, path string, keys []key) bool {
	if !r.plain(n, path) {
		return false
	}
	if n.Kind != yaml.MappingNode {
		r.bad(n, path, "harus berupa kunci dan nilai; kunci yang boleh: %s", names(keys))
		return false
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		at := path + "." + oneLine(name.Value, 60)
		found := false
		for _, k := range keys {
			if name.Kind != yaml.ScalarNode || k.name != name.Value {
				continue
			}
			found = true
			if seen[k.name] {
				r.bad(name, at, "kunci ditulis dua kali; hapus salah satunya")
			} else if seen[k.name] = true; r.plain(value, at) {
				k.read(value, at)
			}
		}
		if !found {
			r.bad(name, at, "kunci tidak dikenal; kunci yang boleh: %s", names(keys))
		}
	}
	return true
}

func (r *reader) plain(n *yaml.Node, path string) bool {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		r.bad(n, path, "tanda & dan * (anchor) tidak didukung; tulis isinya langsung")
		return false
	}
	return true
}

// list reads every element of a list.
func (r *reader) list(n *yaml.Node, path string, read func(n *yaml.Node, path string)) {
	if n.Kind != yaml.SequenceNode {
		r.bad(n, path, "harus berupa daftar: setiap butir diawali tanda - pada baris sendiri")
		return
	}
	for i, item := range n.Content {
		if at := fmt.Sprintf("%s[%d]", path, i); r.plain(item, at) {
			read(item, at)
		}
	}
}

// text reads one value.
func (r *reader) text(n *yaml.Node, path string) (string, bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		r.bad(n, path, "harus berupa satu nilai, bukan daftar atau kelompok kunci")
	case n.ShortTag() == "!!null" || strings.TrimSpace(n.Value) == "":
		r.bad(n, path, "nilainya kosong; isi, atau hapus barisnya")
	case strings.ContainsFunc(n.Value, unprintable):
		r.bad(n, path, "nilainya memuat ganti baris atau karakter kendali; tulis satu baris")
	case len(n.Value) > 2000:
		r.bad(n, path, "nilainya lebih dari 2000 huruf")
	default:
		return strings.TrimSpace(n.Value), true
	}
	return "", false
}

func (r *reader) intoText(into *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		if v, ok := r.text(n, path); ok {
			*into = v
		}
	}
}

func (r *reader) intoInt(into *int, low, high int) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		text, ok := r.text(n, path)
		if !ok {
			return
		}
		v, err := strconv.Atoi(text)
		if err != nil || v < low || v > high {
			r.bad(n, path, "%q bukan bilangan bulat antara %d dan %d", oneLine(text, 60), low, high)
			return
		}
		*into = v
	}
}

func (r *reader) intoNumber(into **float64) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		text, ok := r.text(n, path)
		if !ok {
			return
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || n.ShortTag() == "!!str" || !(v >= 0 && v <= 1e9) {
			r.bad(n, path, "%q bukan angka dari 0; tulis seperti 20 atau 0.8", oneLine(text, 60))
			return
		}
		*into = &v
	}
}

func (r *reader) intoBool(into *bool) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		if text, ok := r.text(n, path); ok {
			if n.ShortTag() != "!!bool" {
				r.bad(n, path, "%q bukan ya atau tidak; yang boleh: true, false", oneLine(text, 60))
				return
			}
			*into = strings.EqualFold(text, "true")
		}
	}
}

func (r *reader) intoDuration(into *time.Duration, low, high time.Duration) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		text, ok := r.text(n, path)
		if !ok {
			return
		}
		v, err := time.ParseDuration(text)
		if err != nil || v < low || v > high {
			r.bad(n, path, "%q bukan selang waktu antara %s dan %s; tulis seperti 30m atau 2h", oneLine(text, 60), low, high)
			return
		}
		*into = v
	}
}

func (r *reader) intoClock(into *Clock) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		text, ok := r.text(n, path)
		if !ok {
			return
		}
		t, err := time.Parse("15:04", strings.Replace(text, ".", ":", 1))
		if err != nil {
			r.bad(n, path, "%q bukan jam; tulis seperti \"08:00\"", oneLine(text, 60))
			return
		}
		*into = Clock(t.Hour()*60 + t.Minute())
	}
}

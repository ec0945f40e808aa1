package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

var (
	configType   = reflect.TypeFor[Config]()
	durationType = reflect.TypeFor[time.Duration]()
	dateType     = reflect.TypeFor[Date]()

	elsewhereType = reflect.TypeFor[Elsewhere]()
)

// yamlLine finds the line in a message of the YAML library.
var yamlLine = regexp.MustCompile(`line (\d+)`)

// parseYAML parses one document. A nil node means an empty file.
func parseYAML(data []byte) (*yaml.Node, *Problem) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, syntaxProblem(err)
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	root := document.Content[0]
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		return nil, &Problem{Line: second.Line, Words: "ada dua dokumen YAML (tanda ---); gabungkan menjadi satu"}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxProblem(err)
	}
	if root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" {
		return nil, nil
	}
	return root, nil
}

func syntaxProblem(err error) *Problem {
	p := &Problem{Words: "tulisan YAML rusak; periksa indentasi (pakai spasi, bukan tab), tanda titik dua dan tanda kutip (" + cleanLine(err.Error(), 200) + ")"}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
	}
	return p
}

// strictChecker walks a YAML tree beside the Go types it will be decoded
// into. It does what the library's own strictness cannot: name the key, the
// line and what is allowed, in words an administrator understands.
type strictChecker struct {
	problems []Problem
	// lines gives the line of every key, by path.
	lines map[string]int
}

func newStrictChecker() *strictChecker {
	return &strictChecker{lines: make(map[string]int)}
}

func (c *strictChecker) bad(node *yaml.Node, path, format string, args ...any) {
	c.problems = append(c.problems, Problem{Line: node.Line, Key: path, Words: fmt.Sprintf(format, args...)})
}

// check compares a node with the type at path.
func (c *strictChecker) check(node *yaml.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == elsewhereType {
		return // known, and another package's to check
	}
	if _, known := c.lines[path]; !known && path != "" {
		c.lines[path] = node.Line
	}
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		c.bad(node, path, "tanda & dan * (anchor) tidak didukung; tulis isinya langsung")
		return
	}
	switch {
	case t == durationType || t == dateType || (t.Kind() != reflect.Struct && t.Kind() != reflect.Slice && t.Kind() != reflect.Map):
		c.checkScalar(node, t, path)
	case t.Kind() == reflect.Map:
		c.checkMap(node, t, path)
	case t.Kind() == reflect.Struct:
		c.checkMapping(node, t, path)
	default:
		c.checkSequence(node, t, path)
	}
}

func isNull(node *yaml.Node) bool {
	return node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null"
}

func (c *strictChecker) checkSequence(node *yaml.Node, t reflect.Type, path string) {
	if isNull(node) {
		return
	}
	if node.Kind != yaml.SequenceNode {
		c.bad(node, path, "harus berupa daftar: setiap butir diawali tanda - pada baris sendiri")
		return
	}
	for i, item := range node.Content {
		c.check(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
	}
}

func (c *strictChecker) checkMapping(node *yaml.Node, t reflect.Type, path string) {
	fields, names := yamlFields(t)
	if node.Kind != yaml.MappingNode {
		c.bad(node, path, "harus berupa kunci dan nilai; kunci yang boleh: %s", strings.Join(names, ", "))
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name := cleanLine(key.Value, 60)
		at := joinKey(path, name)
		field, known := fields[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode || key.Anchor != "":
			c.bad(key, path, "kunci tidak dapat dibaca; kunci yang boleh: %s", strings.Join(names, ", "))
			continue
		case !known:
			c.bad(key, at, "kunci tidak dikenal; kunci yang boleh: %s", strings.Join(names, ", "))
			continue
		case seen[name]:
			c.bad(key, at, "kunci ditulis dua kali; hapus salah satunya")
			continue
		}
		seen[name] = true
		c.lines[at] = key.Line
		c.check(value, field, at)
	}
}

// checkMap compares a group whose keys are free names, each with one value.
func (c *strictChecker) checkMap(node *yaml.Node, t reflect.Type, path string) {
	if node.Kind != yaml.MappingNode {
		c.bad(node, path, "harus berupa kunci dan nilai, satu per baris")
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name := cleanLine(key.Value, 60)
		at := joinKey(path, name)
		switch {
		case key.Kind != yaml.ScalarNode || key.Anchor != "" || name == "" || name == "<<":
			c.bad(key, path, "kunci tidak dapat dibaca; tulis sebagai teks biasa")
			continue
		case seen[key.Value]:
			c.bad(key, at, "kunci ditulis dua kali; hapus salah satunya")
			continue
		}
		seen[key.Value] = true
		c.lines[at] = key.Line
		c.check(value, t.Elem(), at)
	}
}

// yamlFields gives the types of a struct's YAML keys, and the keys in order.
func yamlFields(t reflect.Type) (map[string]reflect.Type, []string) {
	fields := make(map[string]reflect.Type, t.NumField())
	var names []string
	for i := range t.NumField() {
		field := t.Field(i)
		name := field.Tag.Get("yaml")
		if !field.IsExported() || name == "" {
			continue
		}
		fields[name] = field.Type
		names = append(names, name)
	}
	return fields, names
}

func (c *strictChecker) checkScalar(node *yaml.Node, t reflect.Type, path string) {
	value := cleanLine(node.Value, 100)
	switch {
	case node.Kind != yaml.ScalarNode:
		c.bad(node, path, "harus berupa satu nilai, bukan daftar atau kelompok kunci")
		return
	case isNull(node):
		c.bad(node, path, "nilainya kosong; isi, atau hapus barisnya")
		return
	}
	tag := node.ShortTag()
	switch {
	case t == durationType:
		if _, err := time.ParseDuration(node.Value); err != nil || tag != "!!str" {
			c.bad(node, path, "%q bukan selang waktu; tulis seperti 30m, 1h atau 24h", value)
		}
	case t == dateType:
		if _, err := time.Parse(time.DateOnly, node.Value); err != nil {
			c.bad(node, path, "%q bukan tanggal; tulis seperti 2026-01-31", value)
		}
	case t.Kind() == reflect.Bool:
		if tag != "!!bool" {
			c.bad(node, path, "%q bukan ya atau tidak; yang boleh: true, false", value)
		}
	case t.Kind() == reflect.Int:
		if _, err := strconv.Atoi(node.Value); err != nil || tag != "!!int" {
			c.bad(node, path, "%q bukan bilangan bulat; tulis seperti 200", value)
		}
	case t.Kind() == reflect.Float64:
		if _, err := strconv.ParseFloat(node.Value, 64); err != nil || (tag != "!!int" && tag != "!!float") {
			c.bad(node, path, "%q bukan angka; tulis seperti 1 atau 0.5", value)
		}
	default:
		if tag == "!!binary" || !strings.HasPrefix(tag, "!!") {
			c.bad(node, path, "jenis nilai %s tidak didukung; tulis sebagai teks biasa", cleanLine(tag, 40))
		}
	}
}

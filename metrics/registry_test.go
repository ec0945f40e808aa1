package metrics

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const methodPath = "../docs/METHOD.md"

// numericPaths walks a type of the report and collects the dotted path of every
// number in its JSON.
func numericPaths(t reflect.Type, path string, nullable bool, out map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer:
		numericPaths(t.Elem(), path, true, out)
	case reflect.Slice, reflect.Map:
		numericPaths(t.Elem(), path, nullable, out)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Float64:
		out[path] = nullable
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case f.Anonymous:
				numericPaths(f.Type, path, nullable, out)
			case name != "-":
				// A number within a missing object is missing too.
				numericPaths(f.Type, strings.TrimPrefix(path+"."+name, "."), nullable && f.Type.Kind() != reflect.Slice, out)
			}
		}
	}
}

// Every number of the report is in the registry, every entry of the registry is
// in the report, and exactly the ones that can be missing say what that means.
func TestRegistryIsTheReport(t *testing.T) {
	numbers := map[string]bool{}
	numericPaths(reflect.TypeFor[Report](), "", false, numbers)
	for _, path := range slices.Sorted(maps.Keys(numbers)) {
		m, ok := Describe(path)
		if !ok {
			t.Errorf("%s is in the report, not in registry.csv", path)
			continue
		}
		optional := strings.HasPrefix(path, "submissions.") || strings.HasPrefix(path, "clarifications.")
		if numbers[path] && m.Null == "" && !optional {
			t.Errorf("%s can be null; registry.csv does not say what that means", path)
		}
		if !numbers[path] && m.Null != "" {
			t.Errorf("%s is never null, registry.csv says it can be: %q", path, m.Null)
		}
	}
	for _, m := range Registry() {
		for _, path := range m.Paths() {
			if strings.HasPrefix(path, Derived+".") {
				continue
			}
			if _, ok := numbers[path]; !ok {
				t.Errorf("%s is in registry.csv, not in the report", path)
			}
		}
	}
}

// anchors lists the anchors of a document's headings, as GitHub makes them.
func anchors(text string) map[string]bool {
	out := map[string]bool{}
	drop := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	for line := range strings.Lines(text) {
		if heading, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			out[strings.ReplaceAll(drop.ReplaceAllString(strings.ToLower(strings.TrimSpace(heading)), ""), " ", "-")] = true
		}
	}
	return out
}

func readMethod(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(methodPath)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRegistryAnchorsExist(t *testing.T) {
	known := anchors(readMethod(t))
	for _, m := range Registry() {
		if !known[m.Method] {
			t.Errorf("%s: docs/METHOD.md has no heading with the anchor #%s", m.Key, m.Method)
		}
	}
}

// The links within docs/METHOD.md lead somewhere.
func TestMethodLinks(t *testing.T) {
	text := readMethod(t)
	known := anchors(text)
	for _, link := range regexp.MustCompile(`\]\(#([^)]*)\)`).FindAllStringSubmatch(text, -1) {
		if !known[link[1]] {
			t.Errorf("#%s leads nowhere", link[1])
		}
	}
}

const (
	tableBegin = "<!-- daftar ukuran: dibuat dari metrics/registry.csv oleh go test ./metrics -run Registry -update -->\n"
	tableEnd   = "<!-- akhir daftar ukuran -->\n"
)

// The table of figures in docs/METHOD.md is made from the registry.
func TestRegistryTableInMethod(t *testing.T) {
	text := readMethod(t)
	head, rest, ok := strings.Cut(text, tableBegin)
	old, tail, closed := strings.Cut(rest, tableEnd)
	if !ok || !closed {
		t.Fatalf("docs/METHOD.md has no table of figures between\n%s%s", tableBegin, tableEnd)
	}
	table := registryTable()
	if *update {
		if err := os.WriteFile(methodPath, []byte(head+tableBegin+table+tableEnd+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(table, old); diff != "" {
		t.Errorf("the table in docs/METHOD.md is not the registry's (-registry +file), rewrite with -update:\n%s", diff)
	}
}

// registryTable writes the registry as Markdown, places shortened as in the file.
func registryTable() string {
	better := map[Direction]string{HigherIsBetter: "besar", LowerIsBetter: "kecil", NoDirection: "–"}
	var b strings.Builder
	b.WriteString("| kunci | di dalam | nama | pada kepala tabel | English | satuan | baik bila | rumus | `null` berarti |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, m := range Registry() {
		number, _, _ := strings.Cut(m.Method, "-")
		if strings.Trim(number, "0123456789") != "" {
			number = "awal"
		}
		null := m.Null
		if null == "" {
			null = "–"
		}
		in := "`" + strings.Join(m.In, "`, `") + "`"
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s | [%s](#%s) | %s |\n", m.Key, in, m.Name.ID, m.Head.ID, m.Name.EN, m.Unit.ID, better[m.Better], number, m.Method, null)
	}
	return b.String()
}

func TestRegistryRefusesFaults(t *testing.T) {
	head := registryHead + "\n"
	for name, text := range map[string]string{
		"header":       "key;in\n",
		"empty":        head + "a;b;;D;;;bagian;share;;m;\n",
		"no unit":      head + "a;b;C;D;;;;share;;m;\n",
		"one language": head + "a;b;C;D;E;;bagian;share;;m;\n",
		"direction":    head + "a;b;C;D;;;bagian;share;sideways;m;\n",
		"twice":        head + "a;b;C;D;;;bagian;share;;m;\n{a,c};b;C;D;;;bagian;share;;m;\n",
		"columns":      head + "a;b\n",
	} {
		if _, _, err := readRegistry(strings.NewReader(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	list, _, err := readRegistry(strings.NewReader(head + "a;b;C;D;;;bagian;share;;m;\na;c;C;D;E;F;bagian;share;;m;\n"))
	if err != nil || list[0].Head != (Label{"C", "D"}) || list[1].Head != (Label{"E", "F"}) {
		t.Errorf("short names: %+v, %v", list, err)
	}
	if _, ok := Describe("ppid.opd.rmst_wd"); !ok {
		t.Error("ppid.opd.rmst_wd is not described")
	}
	if _, ok := Describe("ppid.opd.nonsense"); ok {
		t.Error("nonsense is described")
	}
}

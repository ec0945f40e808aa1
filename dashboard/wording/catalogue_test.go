package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sources is what the pages' texts stand in: every literal of the code that
// they come from, and those among them that are certainly put into a language.
type sources struct {
	literals map[string]bool
	asked    map[string]string // text and where it stands
}

// askers are the functions of the pages that put a literal argument into a
// language, by its place, the last one counted as -1; worders are those of other
// packages.
var (
	askers  = map[string]int{"T": 0, "badValue": 0, "Missing": -1, "OptionalCount": -1, "OptionalNumber": -1, "unauthorized": -1}
	worders = map[string]int{"userError": 1, "phrase": 0}
)

// templateText finds the texts of templates: {{t "…"}}, (t "…"), and what a
// link to the method is about.
var templateText = regexp.MustCompile("(?:[{(]\\s*-?\\s*t|help [$.A-Za-z]+ \"[^\"]*\") (\"(?:[^\"\\\\]|\\\\.)*\")")

func readSources(t *testing.T) sources {
	t.Helper()
	s := sources{literals: map[string]bool{}, asked: map[string]string{}}
	for _, dir := range []string{".", "..", "../figures", "../../metrics", "../../metrics/calendar", "../../ingest/identity", "../../warehouse/account"} {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", dir, err)
		}
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.go") {
				s.readCode(t, name, dir == ".." || dir == "." || dir == "../figures")
			}
		}
	}
	names, err := filepath.Glob("../templates/*.html")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range templateText.FindAllSubmatch(text, -1) {
			key, err := strconv.Unquote(string(found[1]))
			if err != nil {
				t.Fatalf("%s: %s: %v", name, found[1], err)
			}
			s.literals[key], s.asked[key] = true, name
		}
	}
	return s
}

// readCode collects the literals of a file, and those that are put into a
// language: pages do that themselves.
func (s sources) readCode(t *testing.T, name string, pages bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	literal := func(n ast.Node) string {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, _ := strconv.Unquote(lit.Value)
			return text
		}
		return ""
	}
	ask := func(n ast.Node) {
		if text := literal(n); text != "" {
			s.asked[text] = name
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s.literals[literal(n)] = true
		switch n := n.(type) {
		case *ast.CallExpr:
			called := ""
			switch f := n.Fun.(type) {
			case *ast.SelectorExpr:
				called = f.Sel.Name
			case *ast.Ident:
				called = f.Name
			}
			if at, ok := askers[called]; ok && pages && len(n.Args) > 0 {
				ask(n.Args[(at+len(n.Args))%len(n.Args)])
			}
			if at, ok := worders[called]; ok && at < len(n.Args) {
				ask(n.Args[at])
			}
		case *ast.CompositeLit:
			if of, ok := n.Type.(*ast.Ident); !ok || !pages || of.Name != "failure" {
				return true
			}
			for _, e := range n.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					if field, ok := kv.Key.(*ast.Ident); ok && (field.Name == "Title" || field.Name == "Words") {
						ask(kv.Value)
					}
				}
			}
		}
		return true
	})
}

// TestCatalogueIsComplete: every text of the sources has an English one, and no
// English one is left over.
func TestCatalogueIsComplete(t *testing.T) {
	s, entries := readSources(t), English().texts.entries
	if len(s.asked) < 400 {
		t.Fatalf("only %d texts were found", len(s.asked))
	}
	for key, where := range s.asked {
		if _, ok := entries[key]; !ok {
			t.Errorf("%s: no English text for %q; add it to english.csv", where, key)
		}
	}
	for key := range entries {
		if s.literals[key] {
			continue
		}
		// A text and what tells it apart may stand in two literals, and names
		// may follow behind a colon.
		text, apart, _ := strings.Cut(key, "|")
		if s.literals[text] && apart != "" && s.literals["|"+apart] {
			continue
		}
		if !slices.ContainsFunc(keys(s.literals), func(l string) bool { return strings.HasPrefix(l, key+": ") }) {
			t.Errorf("%q is not used any more; take it out of english.csv", key)
		}
	}
}

func keys(set map[string]bool) []string {
	var list []string
	for k := range set {
		list = append(list, k)
	}
	return list
}

var placeholder = regexp.MustCompile(`\{\d\}`)

// TestPlaceholdersAgree: a translation says everything that the text says.
func TestPlaceholdersAgree(t *testing.T) {
	for key, e := range English().texts.entries {
		want := placeholder.FindAllString(key, -1)
		sort.Strings(want)
		for _, text := range []string{e.many, e.one} {
			if text == "" {
				continue
			}
			got := placeholder.FindAllString(text, -1)
			sort.Strings(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q → %q: placeholders (-want +got)\n%s", key, text, diff)
			}
			shown, _, _ := strings.Cut(key, "|")
			for _, edge := range []func(string) bool{
				func(s string) bool { return strings.HasPrefix(s, " ") },
				func(s string) bool { return strings.HasSuffix(s, " ") },
			} {
				if edge(shown) != edge(text) {
					t.Errorf("%q → %q: spaces at the ends differ", key, text)
				}
			}
		}
	}
}

// TestCatalogueIsSorted: a translator finds a text where it belongs.
func TestCatalogueIsSorted(t *testing.T) {
	var list []string
	for i, line := range catalogueLines(t) {
		if i > 0 {
			list = append(list, line[0])
		}
	}
	if !slices.IsSorted(list) {
		t.Error("english.csv is not sorted by its first column")
	}
}

func catalogueLines(t *testing.T) [][]string {
	t.Helper()
	lines, err := readLines(englishCSV)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestReadCatalogueRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"twice":          "a,b,c\nsatu,one,\nsatu,one,\n",
		"no translation": "a,b,c\nsatu,,\n",
		"no text":        "a,b,c\n,one,\n",
		"two columns":    "a,b,c\nsatu,one\n",
	} {
		if _, err := readCatalogue("en", text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	c, err := readCatalogue("en", "a,b,c\nsatu,one,\n")
	if err != nil || c.entries["satu"].many != "one" {
		t.Errorf("a good catalogue: %v, %v", c, err)
	}
}

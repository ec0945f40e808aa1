package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gaung/metrics"
)

func TestMetricWords(t *testing.T) {
	for _, c := range []struct {
		lang             Language
		path             string
		name, head, unit string
		headWithUnit     string
	}{
		{Indonesian, "ppid.opd.median_wd", "Median menunggu", "Median", "hari kerja", "Median (hari kerja)"},
		{English(), "ppid.opd.median_wd", "Median wait", "Median", "working days", "Median (working days)"},
		{Indonesian, "publication.opd.stories", "Berita terbit", "Berita", "", "Berita"},
		{English(), "people.active_days", "Active days", "Active days", "", "Active days"},
	} {
		got, err := c.lang.Metric(c.path)
		if err != nil || got.Name != c.name || got.Head != c.head || got.Unit != c.unit {
			t.Errorf("%s %s: %+v, %v", c.lang.Code(), c.path, got, err)
		}
		if got := c.lang.MetricHead(c.path); got != c.headWithUnit {
			t.Errorf("%s %s: head %q, want %q", c.lang.Code(), c.path, got, c.headWithUnit)
		}
		if got := c.lang.MetricName(c.path); got != c.name {
			t.Errorf("%s %s: name %q, want %q", c.lang.Code(), c.path, got, c.name)
		}
	}
	if _, err := Indonesian.Metric("ppid.opd.nonsense"); err == nil {
		t.Error("a path that the registry does not have is no error")
	}
}

// metricPath finds the paths that templates ask words for.
var metricPath = regexp.MustCompile(`metric "([^"]*)"`)

// TestMetricPathsAreRegistered: every path that code or a template asks words
// for is in the registry.
func TestMetricPathsAreRegistered(t *testing.T) {
	asked := map[string]string{}
	templates, err := filepath.Glob("../templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range templates {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range metricPath.FindAllStringSubmatch(string(text), -1) {
			asked[found[1]] = name
		}
	}
	for _, dir := range []string{"..", "../figures", "../export", "../cards", "../delivery", "../pack"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", dir, err)
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				askedMetrics(t, name, asked)
			}
		}
	}
	if len(asked) < 50 {
		t.Fatalf("only %d paths were found", len(asked))
	}
	for path, where := range asked {
		if _, ok := metrics.Describe(path); !ok {
			t.Errorf("%s asks for %s, which metrics/registry.csv does not have", where, path)
		}
	}
}

// askedMetrics collects the paths that a file of code asks words for.
func askedMetrics(t *testing.T, name string, asked map[string]string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	askers := map[string]bool{"MetricName": true, "MetricHead": true, "Metric": true, "metric": true, "name": true}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		called := ""
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			called = f.Sel.Name
		case *ast.Ident:
			called = f.Name
		}
		if lit, ok := call.Args[0].(*ast.BasicLit); ok && askers[called] && lit.Kind == token.STRING {
			path, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			if called != "name" || strings.Contains(path, ".") {
				asked[path] = name
			}
		}
		return true
	})
}

// headText finds the texts that templates put over columns and beside figures
// by themselves: heads of tables, terms, and the labels of cells on phones.
var headText = regexp.MustCompile(`(?:<th scope="col" class="figure">|<dt>|data-label="|\.Sort\.Head "[^"]*" )[({]+t "([^"]*)"`)

// TestFiguresAreCalledAsInTheRegistry: no template names a figure by itself;
// a name that the registry has is taken from there, so that page, workbook,
// API and METHOD.md cannot come to differ.
func TestFiguresAreCalledAsInTheRegistry(t *testing.T) {
	names := map[string]string{}
	for _, m := range metrics.Registry() {
		names[strings.ToLower(m.Name.ID)], names[strings.ToLower(m.Head.ID)] = m.Key, m.Key
	}
	templates, err := filepath.Glob("../templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range templates {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range headText.FindAllStringSubmatch(string(text), -1) {
			shown, _, _ := strings.Cut(found[1], "|")
			if key, ok := names[strings.ToLower(shown)]; ok {
				t.Errorf("%s names a figure %q by itself; write {{metric \"….%s\"}}", name, found[1], key)
			}
		}
	}
}

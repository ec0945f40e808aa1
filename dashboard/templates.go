package dashboard

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"text/template/parse"

	"gaung/dashboard/wording"
)

//go:embed templates/*.html
var templateFiles embed.FS

// layoutTemplate is the frame around every page.
const layoutTemplate = "layout.html"

// templates holds one complete set per page: the layout, every partial (files
// that begin with "_") and the page's own file. Pages cannot see each other's
// definitions.
type templates struct {
	pages map[string]*template.Template
}

// parseTemplates parses every template, so that a mistake shows at start and
// not on the first visit. Their texts are those of the language. executed may be nil; see newServer.
func parseTemplates(a *assets, lang wording.Language, executed func(name string)) (*templates, error) {
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	shared := []string{"templates/" + layoutTemplate}
	var own []string
	for _, name := range names {
		switch base := path.Base(name); {
		case base == layoutTemplate:
		case strings.HasPrefix(base, "_"):
			shared = append(shared, name)
		default:
			own = append(own, name)
		}
	}
	base := template.New(layoutTemplate).Option("missingkey=error").Funcs(template.FuncMap{
		"asset":  a.URL,
		"t":      lang.T,
		"metric": lang.Metric,
		"lang":   func() string { return otherThanIndonesian(lang) },
		"keep":   func(address string) string { return keepLanguage(lang, address) },
		"words":  func() map[string]string { return scriptWords(lang) },
		"help": func(query, anchor, about string) helpLink {
			return newHelpLink(query, anchor, lang.T(about))
		},
		"opd": agencyURL,
		"office": func(code string, name wording.Cell, query string) officeCell {
			return officeCell{code, agencyURL(code, query), name}
		},
		"due": func(rows []dueRow, own bool, query string) dueView {
			return dueView{Rows: rows, Own: own, Query: query}
		},
		"choose": newChoice,
		"save":   newSave,
		"mark":   func(name string) string { executed(name); return "" },
	})
	if base, err = base.ParseFS(templateFiles, shared...); err != nil {
		return nil, err
	}
	t := &templates{pages: make(map[string]*template.Template, len(own))}
	for _, name := range own {
		set, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if set, err = set.ParseFS(templateFiles, name); err != nil {
			return nil, err
		}
		if executed != nil {
			if err := instrument(set); err != nil {
				return nil, err
			}
		}
		t.pages[strings.TrimSuffix(path.Base(name), ".html")] = set
	}
	return t, nil
}

// instrument makes every template of the set report its execution.
func instrument(set *template.Template) error {
	for _, t := range set.Templates() {
		if t.Tree == nil || t.Tree.Root == nil || len(t.Tree.Root.Nodes) == 0 {
			continue
		}
		probe, err := template.New("probe").Funcs(template.FuncMap{"mark": func(string) string { return "" }}).
			Parse(fmt.Sprintf("{{mark %q}}", t.Name()))
		if err != nil {
			return err
		}
		t.Tree.Root.Nodes = append([]parse.Node{probe.Tree.Root.Nodes[0]}, t.Tree.Root.Nodes...)
	}
	return nil
}

// render executes a page. It returns the whole text or an error, so that half
// a page is never sent.
func (t *templates) render(page string, data any) ([]byte, error) {
	return t.execute(page, layoutTemplate, data)
}

// content executes a page without the frame around it.
func (t *templates) content(page string, body any) ([]byte, error) {
	return t.execute(page, "content", body)
}

func (t *templates) execute(page, template string, data any) ([]byte, error) {
	set, ok := t.pages[page]
	if !ok {
		return nil, fmt.Errorf("no template for page %q", page)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, template, data); err != nil {
		return nil, fmt.Errorf("render %s: %w", page, err)
	}
	return b.Bytes(), nil
}

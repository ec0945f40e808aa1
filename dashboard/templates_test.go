package dashboard

import (
	"html/template"
	"strings"
	"testing"

	"gaung/dashboard/wording"
)

// hasContent tells a template from a file that only defines others.
func hasContent(t *template.Template) bool {
	return strings.TrimSpace(t.Tree.Root.String()) != ""
}

func TestTemplatesParse(t *testing.T) {
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	set, err := parseTemplates(a, wording.Indonesian, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(pages(), page{name: "error"}, page{name: "empty"}) {
		if set.pages[p.name] == nil {
			t.Errorf("page %q has no template", p.name)
		}
	}
}

func TestRenderRefusesUnknownPage(t *testing.T) {
	set := &templates{}
	if _, err := set.render("missing", nil); err == nil {
		t.Error("render of a page without template succeeded")
	}
}

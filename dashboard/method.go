package dashboard

import (
	"context"
	"html/template"
	"sync"

	"gaung/dashboard/markdown"
	"gaung/docs"
)

// methodPage is docs/METHOD.md: where every figure comes from. Every "?" of
// the other pages leads to one of its headings. It needs no warehouse.
var methodPage = page{path: "/metode", name: "method", nav: "Metode", view: showMethod}

// methodView is what templates/method.html shows.
type methodView struct {
	Text     template.HTML
	Contents []markdown.Heading
}

// renderMethod renders the document once per process.
var renderMethod = sync.OnceValue(func() *methodView {
	d := markdown.Render(docs.Method)
	v := &methodView{Text: d.HTML}
	for _, h := range d.Headings {
		if h.Level == 2 {
			v.Contents = append(v.Contents, h)
		}
	}
	return v
})

func showMethod(*Server, context.Context, address) (*screen, error) {
	return &screen{template: "method", title: "Metode", body: renderMethod()}, nil
}

// helpLink leads from a figure to the heading that explains it.
type helpLink struct {
	URL   string
	About string
}

// newHelpLink is the template function "help": the address part to keep, the
// heading's anchor, and what it is about.
func newHelpLink(query, anchor, about string) helpLink {
	return helpLink{URL: methodPage.path + query + "#" + anchor, About: about}
}

package dashboard

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"gaung/metrics"
)

// page is one screen of the dashboard. A new one is a file with a value of
// this type, a template of the same name, and a line in pages.
type page struct {
	path string
	name string // of the page, and of its file templates/<name>.html
	nav  string // its entry in the navigation; empty keeps it out
	view func(s *Server, ctx context.Context, a address) (*screen, error)
}

// pages lists every screen in the order of the navigation.
func pages() []page {
	return []page{
		overviewPage,
	}
}

// screen is what a page puts into the frame.
type screen struct {
	template  string // the page's own name, or "empty"
	title     string
	selection *selection
	body      any
}

// frame is what the layout shows around every screen.
type frame struct {
	Title    string
	Nav      []navItem
	Example  bool
	Version  string
	Progress *progressView
	Switch   *switchView // nil where there is nothing to choose
	// Definitions numbers the meaning of the figures.
	Definitions int
	Body        any
}

// navItem is one entry of the navigation.
type navItem struct {
	Label   string
	URL     string
	Current bool
}

// show answers with a page.
func (s *Server) show(p page) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
		defer cancel()
		screen, err := p.view(s, ctx, addressOf(c))
		if err != nil {
			return err
		}
		body, err := s.templates.render(screen.template, s.frame(c, screen.title, p.name, screen.selection, screen.body))
		if err != nil {
			return fmt.Errorf("dashboard: %w", err)
		}
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(body)
	}
}

// frame fills the layout. The selection may be nil.
func (s *Server) frame(c *fiber.Ctx, title, current string, sel *selection, body any) *frame {
	f := &frame{
		Title:       title,
		Example:     s.example,
		Version:     s.version,
		Progress:    s.progress().view(),
		Definitions: metrics.DefinitionsVersion,
		Body:        body,
	}
	query := ""
	if sel != nil {
		f.Switch = sel.switchView(c.Path())
		query = sel.query()
	}
	for _, p := range pages() {
		if p.nav != "" {
			f.Nav = append(f.Nav, navItem{Label: p.nav, URL: p.path + query, Current: p.name == current})
		}
	}
	return f
}

package dashboard

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// page is one screen of the dashboard. A new one is a file with a value of
// this type, a template of the same name, and a line in pages.
type page struct {
	path string
	name string // of the page, and of its file templates/<name>.html
	nav  string // its entry in the navigation; empty keeps it out
	view viewFunc
	// people marks a page about named persons, several one that compares
	// regions: neither stands where there is nothing of it to see.
	people, several bool
}

// viewFunc makes the screen that an address asks for.
type viewFunc func(s *Server, ctx context.Context, a address) (*screen, error)

// pages lists every screen in the order of the navigation.
func pages() []page {
	return []page{
		overviewPage,
		publicationPage,
		heatPage,
		trendPage,
		changesPage,
		requestsPage,
		yearPage,
		complaintsPage,
		peoplePage,
		indexPage,
		regionsPage,
		sourcesPage,
		qualityPage,
		boardPage,
		methodPage,
		verifyPage,
		deliveriesPage,
		agencyPage,
		personPage,
		requestCasePage,
		objectionCasePage,
		complaintCasePage,
		searchPage,
		rowsPage,
	}
}

// screen is what a page puts into the frame.
type screen struct {
	template  string // the page's own name, or "empty"
	title     string
	selection *selection
	body      any
	// kiosk shows the page alone, whatever its address says.
	kiosk bool
	// timeless leaves out the choice of a month: the page is not about one.
	timeless bool
	// months says that the page is about whole months only: while days are
	// chosen it shows the month of the last one, and says so.
	months bool
	// place is what the page is about where that is not the region of its
	// selection, such as a province.
	place string
	// report is the report that the page is of, nil for one that is of none;
	// revisions is what came in after its month was closed.
	report    *metrics.Report
	revisions []metrics.Revision
	// elsewhere sends the visitor to another address of ours instead.
	elsewhere string
}

// frame is what the layout shows around every screen.
type frame struct {
	Title    string
	Lang     string // the code of the page's language
	Other    languageLink
	Nav      []navItem
	Example  bool
	Version  string
	Progress *progressView
	Switch   *switchView  // nil where there is nothing to choose
	Search   *searchView  // nil where there is nothing to search
	Visitor  *visitorView // nil where there is nothing to log in to
	// Cards is the form behind the save buttons of the cards.
	Cards *cardForm
	// Query is the address part that keeps region, period, filters and day.
	Query string
	Kiosk bool
	// Months says that the page shows months although days are chosen.
	Months string
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
		// Everybody may see their own figures.
		if v := visitorOf(ctx); p.people && !v.mayPerson(lastPart(c)) {
			return refused(v)
		}
		a := addressOf(c)
		a.Key, a.RowsPath, a.People = lastPart(c), c.Params("*"), s.may(c, seePersons)
		if a.contradictory() {
			a.From, a.To = "", ""
			return c.Redirect(c.Path()+a.query(), fiber.StatusSeeOther)
		}
		screen, err := p.view(s, ctx, a)
		if err != nil {
			return err
		}
		if screen.elsewhere != "" {
			return c.Redirect(screen.elsewhere, fiber.StatusSeeOther)
		}
		if asked := c.Query(cardField); asked != "" {
			return s.sendCard(c, p, screen, asked)
		}
		body, err := s.render(c, screen.template, s.frame(c, p.name, screen))
		if err != nil {
			return fmt.Errorf("dashboard: %w", err)
		}
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(body)
	}
}

// frame fills the layout. Pages without a selection hand on the address as it
// came.
func (s *Server) frame(c *fiber.Ctx, current string, sc *screen) *frame {
	lang := wording.From(c.UserContext())
	a := addressOf(c)
	f := &frame{
		Title:       sc.title,
		Lang:        a.Lang.Code(),
		Other:       otherLanguage(c),
		Example:     s.example,
		Version:     s.version,
		Progress:    s.progress().view(lang),
		Visitor:     s.visitorView(c),
		Definitions: metrics.DefinitionsVersion,
		Kiosk:       sc.kiosk || a.Kiosk,
		Body:        sc.body,
	}
	f.Cards = newCardForm(c, sc.selection)
	if sel := sc.selection; sel != nil {
		if !sc.timeless {
			f.Switch = sel.switchView(c.Path(), s.choices(c.UserContext(), sel), a)
		}
		if _, whole := sel.Period.Month(); sc.months && !whole {
			month := sel.whole().Month
			f.Months = lang.T("Halaman ini mengenal bulan utuh saja: untuk rentang {1} yang ditampilkan sampai {2}.", lang.Span(sel.Period), lang.Month(month.Year, month.Month))
		}
		f.Query = sel.query()
		f.Search = &searchView{Action: searchPage.path, Keep: sel.fields(), Value: a.Search, People: s.may(c, seePersons)}
		s.several.Store(len(sel.Regions) > 1)
	} else if current != "" {
		f.Query = a.query()
	} else {
		f.Query = address{Lang: a.Lang}.query() // what was refused is not handed on
	}
	for _, p := range pages() {
		if p.nav != "" && (!p.people || s.may(c, seePersons)) && (!p.several || s.several.Load()) {
			query := f.Query
			if sc.selection != nil && p.name == boardPage.name {
				query = sc.selection.undated() // the wall stays up for days
			}
			f.Nav = append(f.Nav, navItem{Label: a.Lang.T(p.nav), URL: p.path + query, Current: p.name == current})
		}
	}
	return f
}

// searchView is the box that looks for an OPD or a person: while one types it
// filters the tables of the page it stands on, and then leads to what it found.
type searchView struct {
	Action string
	Keep   []field
	Value  string
	People bool // persons are found too
}

// field is a hidden input of a form.
type field struct{ Name, Value string }

package dashboard

import (
	"context"
	"fmt"
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// searchPage lists what the search box found; a single thing is opened at once.
var searchPage = page{path: "/cari", name: "search", view: (*Server).search}

// searchFound is what templates/search.html shows.
type searchFound struct {
	Text   string
	Period string
	OPD    []foundRow
	People []foundRow
	// WithPeople says that persons were looked for.
	WithPeople bool
	// All leads to the list of all OPD.
	All string
}

// foundRow is one hit.
type foundRow struct {
	URL   string
	Name  string
	Facts string // code, group, OPD
	As    string // the other spelling that matched
}

// search looks for an OPD or a person.
func (s *Server) search(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData {
		return s.emptyScreen(sel), nil
	}
	text := strings.TrimSpace(a.Search)
	found, err := s.reports.Search(ctx, sel.metricsQuery(), text)
	if err != nil {
		return nil, fmt.Errorf("dashboard: search in %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	if !a.People {
		found.People = nil
	}
	query := sel.query()
	sc := &screen{template: "search", selection: sel, title: lang.T("Cari · {1}", sel.Region.Name)}
	if sc.elsewhere = onlyHit(found, query); sc.elsewhere != "" {
		return sc, nil
	}
	v := &searchFound{
		Text: text, Period: sel.Region.Name + ", " + lang.Span(sel.Period), WithPeople: a.People,
		All: publicationPage.path + query,
	}
	for _, o := range found.OPD {
		v.OPD = append(v.OPD, foundRow{URL: agencyURL(o.OPD, query), Name: o.Name, Facts: joined(o.OPD, o.ShortName), As: o.Matched})
	}
	for _, p := range found.People {
		v.People = append(v.People, foundRow{URL: personURL(p.PersonID, query), Name: p.Name, Facts: joined(p.Group, p.OPDName), As: p.Matched})
	}
	sc.body = v
	return sc, nil
}

// onlyHit is the address of the one thing that a search can have meant: the
// only exact match, or the only match at all. It is empty where there are
// several or none.
func onlyHit(found *metrics.Found, query string) string {
	var all, exact []string
	for _, o := range found.OPD {
		all = append(all, agencyURL(o.OPD, query))
		if o.Exact {
			exact = append(exact, agencyURL(o.OPD, query))
		}
	}
	for _, p := range found.People {
		all = append(all, personURL(p.PersonID, query))
		if p.Exact {
			exact = append(exact, personURL(p.PersonID, query))
		}
	}
	switch {
	case len(exact) == 1:
		return exact[0]
	case len(exact) == 0 && len(all) == 1:
		return all[0]
	}
	return ""
}

// joined puts what is known of a thing in one line.
func joined(parts ...string) string {
	var known []string
	for _, p := range parts {
		if p != "" {
			known = append(known, p)
		}
	}
	return strings.Join(known, " · ")
}

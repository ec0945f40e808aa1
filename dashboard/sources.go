package dashboard

import (
	"context"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// sourcesPage says how every source is doing now. It depends on no month: a
// source that never answered has no data to show.
var sourcesPage = page{path: "/kesehatan-sumber", name: "sources", nav: "Kesehatan sumber", view: (*Server).sources}

// sourcesView is what templates/sources.html shows.
type sourcesView struct {
	Head   head
	Search string
	Counts []qualityCount
	Rows   []sourceRow
}

// sourceRow is one configured source.
type sourceRow struct {
	Source   string
	OPD      string
	Hidden   bool
	State    string
	Class    string // of the badge
	Answered string
	// Expected and Replied are the polls that Answered counts.
	Expected, Replied drill
	Success           wording.Cell
	NewItem           wording.Cell
	Why               string
}

// sources shows the health of the sources of the chosen region.
func (s *Server) sources(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	sel, list, err := s.sourceHealth(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.Region.Code == "" {
		return s.emptyScreen(sel), nil
	}
	zone := sel.Region.Zone
	v := &sourcesView{Search: a.Search, Head: head{
		Title: lang.T("Kesehatan sumber"), Period: sel.Region.Name, AsOf: lang.T("per {1}", lang.Instant(sel.Now, zone)),
		Through: dataThrough(sel), Query: sel.query(), Generated: lang.Instant(sel.Now, zone),
	}}
	links := newRowLinks(ctx, sel)
	counts := map[metrics.SourceState]int{}
	for _, h := range list {
		counts[h.State]++
		v.Rows = append(v.Rows, newSourceRow(lang, links, h, zone, a.Search, sel.Now))
	}
	for _, state := range []metrics.SourceState{metrics.SourceFailing, metrics.SourceSilent, metrics.SourceEmpty, metrics.SourceWaiting, metrics.SourceOK} {
		words := lang.SourceState(state)
		v.Counts = append(v.Counts, qualityCount{ID: string(state), N: links.to(sourceRows, string(state), "", counts[state]), Words: words.Plural, Hint: words.Advice})
	}
	sc := &screen{template: "sources", body: v, title: lang.T("Kesehatan sumber · {1}", sel.Region.Name)}
	if len(sel.Regions) > 0 {
		sc.selection = sel
	}
	return sc, nil
}

// sourceHealth reads the health of the sources of the region an address names.
func (s *Server) sourceHealth(ctx context.Context, a address) (*selection, []metrics.SourceHealth, error) {
	sel, err := s.choose(ctx, a)
	if err != nil || sel.Region.Code == "" {
		return sel, nil, err
	}
	list, err := s.reports.Health(ctx, sel.Region, sel.Now)
	if err != nil {
		return nil, nil, fmt.Errorf("dashboard: health of the sources of %s: %w", sel.Region.Code, err)
	}
	return sel, list, nil
}

func newSourceRow(lang wording.Language, links rowLinks, h metrics.SourceHealth, zone *time.Location, search string, now time.Time) sourceRow {
	words := lang.SourceState(h.State)
	row := sourceRow{
		Source: h.Source, OPD: h.OPD, Hidden: hides(search, h.Source+" "+h.OPD),
		State: words.Label, Class: string(wording.Absent),
		Answered: lang.T("{1} dari {2}", lang.Count(h.Answered), lang.Count(h.Expected)),
		Expected: links.polls(h, allRows, h.Expected, now), Replied: links.polls(h, answeredPart, h.Answered, now),
		Success: momentCell(lang, h.LastSuccess, zone, "belum pernah menjawab"),
		NewItem: momentCell(lang, h.LastNewItem, zone, "belum pernah ada berita baru"),
	}
	switch h.State {
	case metrics.SourceFailing:
		row.Class = string(wording.Failed)
		row.Why = lang.Reason(h.Reason)
		if h.BrokenSince != nil {
			row.Why += lang.T(", sejak {1}", lang.Instant(*h.BrokenSince, zone))
		}
	case metrics.SourceSilent:
		row.Class = string(wording.Immature)
		if h.QuietDays != nil && h.UsualGapDays != nil {
			row.Why = lang.T("{1} hari tanpa berita baru; biasanya jeda terlama {2} hari", lang.Count(*h.QuietDays), lang.Count(*h.UsualGapDays))
		}
	case metrics.SourceEmpty:
		row.Class = string(wording.Immature)
		row.Why = lang.T("menjawab, tetapi tidak pernah berisi berita")
	}
	return row
}

// momentCell writes when something happened, if it ever did.
func momentCell(lang wording.Language, t *time.Time, zone *time.Location, never string) wording.Cell {
	if t == nil {
		return lang.Missing(never)
	}
	return wording.Value(lang.Instant(*t, zone))
}

// sourcesAnswer is the answer of /api/v1/health/sources.
type sourcesAnswer struct {
	Region      string                 `json:"region"`
	GeneratedAt time.Time              `json:"generated_at"`
	Sources     []metrics.SourceHealth `json:"sources"`
}

// apiSources answers with the health of the sources, the worst first.
func (s *Server) apiSources(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
	defer cancel()
	sel, list, err := s.sourceHealth(ctx, addressOf(c))
	if err != nil {
		return err
	}
	if sel.Region.Code == "" {
		return noRegion()
	}
	if list == nil {
		list = []metrics.SourceHealth{}
	}
	return c.JSON(sourcesAnswer{Region: sel.Region.Code, GeneratedAt: sel.Now.UTC(), Sources: list})
}

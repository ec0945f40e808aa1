package dashboard

import (
	"context"
	"net/url"
	"strings"

	"gaung/metrics"
	"gaung/metrics/calendar"
)

// rankedField restricts rows to those of the OPD that had a place in the
// ranking of publication over a period: what a region's place stands on.
const rankedField = "diperingkat"

// ranked restricts links to the rows of the OPD that had a place over a period.
func (l rowLinks) ranked(over calendar.Period) rowLinks {
	l.query += "&" + rankedField + "=" + url.QueryEscape(over.String())
	return l
}

// ofRegion are the links to the rows of another region as they stood on the day
// its figures were looked at. Filters by OPD and peer group are those of one
// region.
func (l rowLinks) ofRegion(sel *selection, code, asOf string) rowLinks {
	other := sel.ofRegion(code)
	if day, err := calendar.ParseDay(asOf); err == nil {
		other.AsOf, other.AsOfSet = day, true
	}
	l.region, l.query = code, other.ownQuery()
	return l
}

// rankedOver reads a period of [rowLinks.ranked] back.
func rankedOver(text string) (calendar.Period, bool) {
	if m, err := calendar.ParseMonth(text); err == nil {
		return m.Period(), true
	}
	first, last, _ := strings.Cut(text, "..")
	from, err := calendar.ParseDay(first)
	to, err2 := calendar.ParseDay(last)
	return calendar.Period{First: from, Last: to}, err == nil && err2 == nil && from <= to
}

// readRanked finds the OPD with a place, where rows are restricted to them.
func (s *Server) readRanked(ctx context.Context, l *rowList) error {
	if l.rankedOver == nil {
		return nil
	}
	r, err := s.reports.Report(ctx, l.sel.metricsQuery().In(*l.rankedOver))
	if err != nil {
		return err
	}
	l.ask.only = map[string]bool{}
	for _, o := range r.Publication.OPD {
		if o.Score != nil {
			l.ask.only[o.OPD] = true
		}
	}
	return nil
}

// leadTo makes the figures of a region's place lead to the rows they add up:
// those of its OPD that can be judged.
func (r *rankRow) leadTo(sel *selection, links rowLinks, code, asOf string, o metrics.PublicationOPD) {
	region := links.ofRegion(sel, code, asOf)
	r.links = region.ranked(sel.Period)
	if earlier, err := sel.metricsQuery().Earlier(); err == nil {
		before := *sel
		before.show(earlier.Period())
		r.before = links.ofRegion(&before, code, asOf).ranked(sel.Period)
	}
	if o.PreviousStories != nil {
		r.previous = *o.PreviousStories
	}
}

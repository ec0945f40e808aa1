package dashboard

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// selection is the region, period and as-of day that a page is about, after
// the defaults, and what else there is to choose.
type selection struct {
	Regions []region.Region // those with data, and the chosen one
	Region  region.Region
	Through metrics.DataThrough
	Period  calendar.Period
	Month   calendar.Month // the period, or the one its last day lies in
	Compare metrics.Comparison
	Filter  metrics.Filter
	// Elsewhere is the filter that links carry on from a page which is itself not
	// restricted by it: that of one OPD or person.
	Elsewhere *metrics.Filter
	AsOf      calendar.Day
	AsOfSet   bool
	// NoData is true for a warehouse without any data of the region.
	NoData bool
	// Instead is true where a month stands in for the days that a page opens
	// with, which are without any data.
	Instead bool
	Now     time.Time
	// Lang is the language of whoever asks.
	Lang wording.Language
}

// choose resolves the address of a page. An address that cannot be understood,
// or names an unknown region, is an error for the person who wrote it.
func (s *Server) choose(ctx context.Context, a address) (*selection, error) {
	return s.chooseWith(ctx, a, openDays)
}

// chooseWith is choose with a choice of what an address without a period is
// about.
func (s *Server) chooseWith(ctx context.Context, a address, with opening) (*selection, error) {
	sel := &selection{Now: s.now(), Lang: wording.From(ctx)}
	period, periodSet, err := a.period()
	if err != nil {
		return nil, err
	}
	if sel.Compare, err = a.comparison(); err != nil {
		return nil, err
	}
	sel.Filter = a.filter()
	if sel.AsOf, sel.AsOfSet, err = a.asOf(); err != nil {
		return nil, err
	}
	codes, err := s.reports.Regions(ctx)
	if err != nil {
		return nil, fmt.Errorf("dashboard: list regions: %w", err)
	}
	found, err := s.chooseRegion(sel, a.Region, codes)
	if err != nil {
		return nil, err
	}
	if found {
		if sel.Through, err = s.reports.DataThrough(ctx, sel.Region); err != nil {
			return nil, fmt.Errorf("dashboard: data through of %s: %w", sel.Region.Code, err)
		}
	}
	sel.NoData = len(sel.Through.Months) == 0
	if periodSet {
		sel.show(period)
	} else {
		sel.open(with)
	}
	return sel, nil
}

// show makes a period the one that the page is about.
func (sel *selection) show(p calendar.Period) {
	sel.Period, sel.Month = p, calendar.MonthOf(p.Last)
}

// unrestrict takes the OPD and the peer group out of what an address is
// restricted to; the page is about one OPD or person whatever they are. Links
// keep them.
func (sel *selection) unrestrict() {
	asked := sel.Filter
	sel.Elsewhere, sel.Filter = &asked, metrics.Filter{Channel: asked.Channel}
}

// carried is the filter that links carry on.
func (sel *selection) carried() metrics.Filter {
	if sel.Elsewhere != nil {
		return *sel.Elsewhere
	}
	return sel.Filter
}

// chooseRegion finds the region asked for, or the default, or the first with
// data. It reports false when there is none at all.
func (s *Server) chooseRegion(sel *selection, asked string, codes []string) (bool, error) {
	for _, code := range codes {
		r, err := s.regions.Find(code)
		if err != nil {
			return false, fmt.Errorf("dashboard: region of the warehouse: %w", err)
		}
		sel.Regions = append(sel.Regions, r)
	}
	slices.SortFunc(sel.Regions, func(a, b region.Region) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	code := asked
	if code == "" {
		code = s.defaultRegion
	}
	if code == "" {
		if len(sel.Regions) == 0 {
			return false, nil
		}
		sel.Region = sel.Regions[0]
		return true, nil
	}
	r, err := s.regions.Find(code)
	if err != nil {
		return false, err
	}
	sel.Region = r
	if !slices.ContainsFunc(sel.Regions, func(o region.Region) bool { return o.Code == r.Code }) {
		sel.Regions = append(sel.Regions, r)
	}
	return true, nil
}

// today is the present day in the region's zone.
func (sel *selection) today() calendar.Day {
	zone := sel.Region.Zone
	if zone == nil {
		zone = time.UTC
	}
	return calendar.DayOf(sel.Now, zone)
}

// hasMonth reports whether there is any data of the chosen month, or of the
// months that the chosen days lie in.
func (sel *selection) hasMonth() bool {
	return slices.ContainsFunc(sel.Through.Months, func(m calendar.Month) bool {
		return m.First() <= sel.Period.Last && m.Last() >= sel.Period.First
	})
}

// metricsQuery is the selection as a question.
func (sel *selection) metricsQuery() metrics.Query {
	q := metrics.Query{Region: sel.Region, Compare: sel.Compare, Filter: sel.Filter, AsOf: sel.AsOf, AsOfSet: sel.AsOfSet, Now: sel.Now}
	return q.In(sel.Period)
}

// query writes the selection as an address, complete, so that a copied link
// shows the same figures to whoever opens it.
func (sel *selection) query() string { return sel.address().query() }

// address is the selection as an address.
func (sel *selection) address() address {
	return address{Region: sel.Region.Code, narrowing: sel.narrowing(), AsOf: sel.asOfText(), Lang: sel.Lang}
}

// fields writes the selection as hidden inputs.
func (sel *selection) fields() []field {
	list := append(sel.narrowing().fields(), field{"region", sel.Region.Code})
	if sel.AsOfSet {
		list = append(list, field{"as_of", sel.AsOf.String()})
	}
	if code := otherThanIndonesian(sel.Lang); code != "" {
		list = append(list, field{"lang", code})
	}
	return list
}

// asOfText is the chosen as-of day, empty where none was chosen.
func (sel *selection) asOfText() string {
	if !sel.AsOfSet {
		return ""
	}
	return sel.AsOf.String()
}

// regionURL is the overview of another region, at the same period and day.
// Filters by OPD and peer group are those of one region.
func (sel *selection) regionURL(code string) string {
	a := sel.address()
	a.Region, a.Group, a.narrowing.OPD = code, "", nil
	return "/" + a.query()
}

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

// selection is the region, month and as-of day that a page is about, after
// the defaults, and what else there is to choose.
type selection struct {
	Regions []region.Region // those with data, and the chosen one
	Region  region.Region
	Through metrics.DataThrough
	Month   calendar.Month
	AsOf    calendar.Day
	AsOfSet bool
	// NoData is true for a warehouse without any data of the region.
	NoData bool
	Now    time.Time
}

// choose resolves an address. An address that cannot be understood, or names
// an unknown region, is an error for the person who wrote it.
func (s *Server) choose(ctx context.Context, a address) (*selection, error) {
	sel := &selection{Now: s.now()}
	month, monthSet, err := a.month()
	if err != nil {
		return nil, err
	}
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
	switch {
	case monthSet:
		sel.Month = month
	case sel.NoData:
		sel.Month = calendar.MonthOf(sel.today())
	default:
		sel.Month = defaultMonth(sel.Through.Months, sel.today())
	}
	return sel, nil
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

// defaultMonth is the newest month with data that had ended by yesterday, else
// the newest month with data. Months are newest first.
func defaultMonth(months []calendar.Month, today calendar.Day) calendar.Month {
	yesterday := today.Add(-1)
	for _, m := range months {
		if m.Last() <= yesterday {
			return m
		}
	}
	return months[0]
}

// today is the present day in the region's zone.
func (sel *selection) today() calendar.Day {
	zone := sel.Region.Zone
	if zone == nil {
		zone = time.UTC
	}
	return calendar.DayOf(sel.Now, zone)
}

// hasMonth reports whether there is any data of the chosen month.
func (sel *selection) hasMonth() bool { return slices.Contains(sel.Through.Months, sel.Month) }

// metricsQuery is the selection as a question.
func (sel *selection) metricsQuery() metrics.Query {
	return metrics.Query{Region: sel.Region, Month: sel.Month, AsOf: sel.AsOf, AsOfSet: sel.AsOfSet, Now: sel.Now}
}

// query writes the selection as an address, complete, so that a copied link
// shows the same figures to whoever opens it.
func (sel *selection) query() string {
	a := address{Region: sel.Region.Code, Month: sel.Month.String()}
	if sel.AsOfSet {
		a.AsOf = sel.AsOf.String()
	}
	return a.query()
}

// fields writes the selection as hidden inputs.
func (sel *selection) fields() []field {
	list := []field{{"month", sel.Month.String()}, {"region", sel.Region.Code}}
	if sel.AsOfSet {
		list = append(list, field{"as_of", sel.AsOf.String()})
	}
	return list
}

// switchView is the form that changes month and region.
type switchView struct {
	Action  string
	Months  []option
	Regions []option
}

// option is one choice of a select.
type option struct {
	Value    string
	Label    string
	Selected bool
}

// switchView lists the choices; the chosen month is always among them.
func (sel *selection) switchView(action string) *switchView {
	months := slices.Clone(sel.Through.Months)
	if !sel.hasMonth() {
		months = append(months, sel.Month)
		slices.SortFunc(months, func(a, b calendar.Month) int { return int(b.First()) - int(a.First()) })
	}
	v := &switchView{Action: action}
	for _, m := range months {
		v.Months = append(v.Months, option{
			Value: m.String(), Label: wording.Month(m.Year, m.Month), Selected: m == sel.Month,
		})
	}
	for _, r := range sel.Regions {
		v.Regions = append(v.Regions, option{Value: r.Code, Label: r.Name, Selected: r.Code == sel.Region.Code})
	}
	return v
}

// asOfText is the chosen as-of day, empty where none was chosen.
func (sel *selection) asOfText() string {
	if !sel.AsOfSet {
		return ""
	}
	return sel.AsOf.String()
}

// regionURL is the overview of another region, at the same month and day.
func (sel *selection) regionURL(code string) string {
	return "/" + address{Region: code, Month: sel.Month.String(), AsOf: sel.asOfText()}.query()
}

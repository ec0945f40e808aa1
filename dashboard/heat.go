package dashboard

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// heatPage is when every OPD published, week by week. The publication page
// shows it as a card.
var heatPage = page{path: "/publikasi/peta", name: "heat", view: (*Server).heat}

// heatView is what templates/heat.html shows.
type heatView struct {
	Region string
	AsOf   string
	Query  string
	Weeks  []heatWeek
	Rows   []heatRow
	Legend []heatCell
}

// heatWeek heads a column: the Monday of the week.
type heatWeek struct {
	Day   string // 7
	Month string // "Sep", in the first week of a month
	Words string // "minggu 7 Sep 2026"
}

type heatRow struct {
	OPD, Name string
	Cells     []heatCell
}

// heatCell is the stories of a week. Level is 0 to 4, and "none" where the OPD
// did not exist.
type heatCell struct {
	Level string
	drill
}

// heatLevel shades a number of stories. The steps are those of a weekly target
// of 2: none, below it, met, twice, more.
func heatLevel(n int) string {
	switch {
	case n == 0:
		return "0"
	case n < 2:
		return "1"
	case n < 4:
		return "2"
	case n < 7:
		return "3"
	}
	return "4"
}

// heat shows the map of the weeks up to the chosen month.
func (s *Server) heat(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		return s.emptyScreen(sel), nil
	}
	h, err := s.reports.HeatMap(ctx, sel.metricsQuery())
	if err != nil {
		return nil, fmt.Errorf("dashboard: heat map of %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	v := &heatView{
		Region: sel.Region.Name, AsOf: lang.Day(h.AsOf), Query: sel.query(),
		Legend: []heatCell{{"0", drill{Text: "0"}}, {"1", drill{Text: "1"}}, {"2", drill{Text: "2–3"}}, {"3", drill{Text: "4–6"}}, {"4", drill{Text: "7+"}}},
	}
	month := time.Month(0)
	links := weekLinks(newRowLinks(ctx, sel), sel, h)
	for _, text := range h.Weeks {
		week := heatWeek{Day: text, Words: lang.T("minggu {1}", lang.ShortDay(text))}
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			week.Day = strconv.Itoa(day.Day())
			if day.Month() != month {
				week.Month = lang.MonthAbbreviation(day.Month())
			}
			month = day.Month()
		}
		v.Weeks = append(v.Weeks, week)
	}
	for _, o := range h.OPD {
		row := heatRow{OPD: o.OPD, Name: o.Name}
		for i, n := range o.Weeks {
			if n == nil {
				row.Cells = append(row.Cells, heatCell{"none", drill{Text: wording.Unknown}})
				continue
			}
			row.Cells = append(row.Cells, heatCell{heatLevel(*n), links[i].to(storyRows, allRows, o.OPD, *n)})
		}
		v.Rows = append(v.Rows, row)
	}
	return &screen{template: "heat", selection: sel, body: v, title: lang.T("Berita tiap minggu · {1}", v.Region)}, nil
}

// weekLinks lead to the stories of every week of the map: from its Monday to
// its Sunday, or to the day that the map looks at.
func weekLinks(links rowLinks, sel *selection, h *metrics.HeatMap) []rowLinks {
	list := make([]rowLinks, len(h.Weeks))
	last, err := calendar.ParseDay(h.AsOf)
	if err != nil {
		return list
	}
	for i, text := range h.Weeks {
		if monday, err := calendar.ParseDay(text); err == nil && monday <= last {
			list[i] = links.in(sel, calendar.Period{First: monday, Last: min(monday.Add(6), last)})
		}
	}
	return list
}

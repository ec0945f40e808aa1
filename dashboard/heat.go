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
	// Running is the last day of a week that is not over; empty for none.
	Running string
	Rows    []heatRow
	Legend  []heatCell
}

// heatWeek heads a column: the Monday of the week.
type heatWeek struct {
	Day   string // 7
	Month string // "Sep", in the first week of a month
	Words string // "minggu 7 Sep 2026"
	// Running says that the week is not over.
	Running bool
}

type heatRow struct {
	OPD, Name string
	Cells     []heatCell
}

// heatCell is the stories of a week. Level is 0 to 4, and "none" where the OPD
// did not exist; Running marks a week that is not over.
type heatCell struct {
	Level   string
	Running bool
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
		Legend: []heatCell{{Level: "0", drill: drill{Text: "0"}}, {Level: "1", drill: drill{Text: "1"}}, {Level: "2", drill: drill{Text: "2–3"}}, {Level: "3", drill: drill{Text: "4–6"}}, {Level: "4", drill: drill{Text: "7+"}}},
	}
	asOf, err := calendar.ParseDay(h.AsOf)
	if err != nil {
		return nil, fmt.Errorf("dashboard: heat map: %w", err)
	}
	month := time.Month(0)
	links := weekLinks(newRowLinks(ctx, sel), sel, h)
	for _, text := range h.Weeks {
		week := heatWeek{Day: text, Words: lang.T("minggu {1}", lang.ShortDay(text))}
		if day, err := calendar.ParseDay(text); err == nil {
			if week.Running = min(asOf, sel.today().Add(-1)) < day.Add(6); week.Running {
				week.Words, v.Running = lang.T("{1}, belum selesai", week.Words), lang.ShortDay(h.AsOf)
			}
			_, at, date := day.Date()
			week.Day = strconv.Itoa(date)
			if at != month {
				week.Month = lang.MonthAbbreviation(at)
			}
			month = at
		}
		v.Weeks = append(v.Weeks, week)
	}
	for _, o := range h.OPD {
		row := heatRow{OPD: o.OPD, Name: o.Name}
		for i, n := range o.Weeks {
			if n == nil {
				row.Cells = append(row.Cells, heatCell{Level: "none", drill: drill{Text: wording.Unknown}})
				continue
			}
			row.Cells = append(row.Cells, heatCell{
				Level: heatLevel(*n), Running: i < len(v.Weeks) && v.Weeks[i].Running, drill: links[i].to(storyRows, allRows, o.OPD, *n),
			})
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

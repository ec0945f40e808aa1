package dashboard

import (
	"context"
	"strconv"
	"time"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics/calendar"
)

// yearPage is the yearly table of information requests that UU 14/2008 art. 12
// obliges to publish. The PPID page shows it as a card.
var yearPage = page{path: "/ppid/tahun", name: "year", view: (*Server).year}

// yearView is what templates/year.html shows.
type yearView struct {
	Region string
	Year   int
	AsOf   string
	Rows   []yearRow
	Total  yearRow
}

// yearRow is one month of the year, or all of them.
type yearRow struct {
	Month                                                                    string
	Received, OnTime, Late, Pending, Excluded, Extended, Refused, Objections int

	links rowLinks // of the month, or of all of them
}

// Drill is a count that leads to its requests, or objections.
func (r yearRow) Drill(kind, part string, n int) drill { return r.links.to(kind, part, "", n) }

// year measures the months of the chosen year up to the chosen month, all of
// them as they stood on the same day.
func (s *Server) year(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	m, instead, err := s.month(ctx, a, wants{})
	if err != nil || instead != nil {
		return instead, err
	}
	asOf, err := calendar.ParseDay(m.report.AsOf)
	if err != nil {
		return nil, err
	}
	same := m.sel.whole()
	same.AsOf, same.AsOfSet = asOf, true
	series, err := s.monthsTo(ctx, same, int(same.Month.Month))
	if err != nil {
		return nil, err
	}
	v := &yearView{Region: m.report.RegionName, Year: same.Month.Year, AsOf: figures.AsOf(lang, m.report), Total: yearRow{Month: lang.T("Jumlah")}}
	v.Total.links = m.rows.in(same, calendar.Period{First: calendar.Month{Year: same.Month.Year, Month: time.January}.First(), Last: same.Month.Last()})
	for _, month := range series.Months {
		p, name := month.PPID, lang.MonthOf(month.Month)
		if figures.RunningOn(month.Month, month.AsOf, m.sel.today().String()) {
			name = lang.T("{1} (berjalan)", name)
		}
		links := rowLinks{}
		if day, err := calendar.ParseMonth(month.Month); err == nil {
			links = m.rows.in(same, day.Period())
		}
		v.Rows = append(v.Rows, yearRow{
			Month: name, Received: p.Received, OnTime: p.OnTime, Late: p.Late, Pending: p.Pending,
			Excluded: p.Excluded, Extended: p.Extended, Refused: p.Refused, Objections: p.Objections,
			links: links,
		})
		v.Total.Received += p.Received
		v.Total.OnTime += p.OnTime
		v.Total.Late += p.Late
		v.Total.Pending += p.Pending
		v.Total.Excluded += p.Excluded
		v.Total.Extended += p.Extended
		v.Total.Refused += p.Refused
		v.Total.Objections += p.Objections
	}
	return &screen{
		template: "year", selection: m.sel, months: true, body: v,
		title: lang.T("Layanan informasi {1} · {2}", strconv.Itoa(v.Year), v.Region),
	}, nil
}

package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// overviewPage is the month in one screen.
var overviewPage = page{path: "/", name: "overview", nav: "Ringkasan", view: (*Server).overview}

// overviewView is what templates/overview.html shows.
type overviewView struct {
	Region  string
	Month   string
	AsOf    string
	Through string
	Notices []string
	Query   string // "?month=…&region=…" for downloads of the same figures

	Figures    []figures.Figure
	NoArticles bool // nothing was ever pulled: silence of the OPD would be a lie
	Ranking    rankingView
	Chart      chartView
	PPID       ppidView
	Complaints complaintsView
	Quality    qualityView

	Generated string
}

// emptyView is what templates/empty.html shows: no data at all, or none of the
// chosen month.
type emptyView struct {
	Region string
	Month  string
	// Through is empty when there is no data of the region at all.
	Through string
	// LatestURL leads to the newest month with data, LatestMonth names it.
	LatestURL, LatestMonth string
}

// overview shows the chosen month of the chosen region.
func (s *Server) overview(ctx context.Context, a address) (*screen, error) {
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		// A month that metrics refuses is refused here too, data or not.
		if !sel.NoData {
			if _, err := s.reports.Report(ctx, sel.metricsQuery()); err != nil {
				return nil, fmt.Errorf("dashboard: report: %w", err)
			}
		}
		return s.emptyScreen(sel), nil
	}
	report, previous, err := s.reportWithPrevious(ctx, sel)
	if err != nil {
		return nil, err
	}
	view, err := newOverview(report, previous, sel)
	if err != nil {
		return nil, err
	}
	return &screen{
		template:  "overview",
		title:     "Ringkasan " + view.Month + " · " + view.Region,
		selection: sel,
		body:      view,
	}, nil
}

// emptyScreen says what to do while there is nothing to show.
func (s *Server) emptyScreen(sel *selection) *screen {
	view := &emptyView{Region: sel.Region.Name, Month: wording.Month(sel.Month.Year, sel.Month.Month)}
	sc := &screen{template: "empty", title: "Belum ada data", body: view}
	if len(sel.Regions) > 0 {
		sc.selection = sel
	}
	if !sel.NoData {
		latest := defaultMonth(sel.Through.Months, sel.today())
		view.Through = dataThrough(sel)
		view.LatestURL = address{Region: sel.Region.Code, Month: latest.String()}.query()
		view.LatestMonth = wording.Month(latest.Year, latest.Month)
	}
	return sc
}

// reportWithPrevious measures the chosen month and, beside it, the month
// before at the same point of its life. The second only serves comparison: when
// it cannot be had, the page does without.
func (s *Server) reportWithPrevious(ctx context.Context, sel *selection) (report, previous *metrics.Report, err error) {
	report, err = s.reports.Report(ctx, sel.metricsQuery())
	if err != nil {
		return nil, nil, fmt.Errorf("dashboard: report of %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	asOf, err := calendar.ParseDay(report.AsOf)
	if err != nil {
		return nil, nil, fmt.Errorf("dashboard: as-of day of the report: %w", err)
	}
	before := *sel
	before.Month = sel.Month.Add(-1)
	if !before.hasMonth() {
		return report, nil, nil
	}
	before.AsOf, before.AsOfSet = samePoint(sel.Month, before.Month, asOf), true
	previous, err = s.reports.Report(ctx, before.metricsQuery())
	if err != nil {
		s.log.Warn("dashboard: report of the month before", "region", sel.Region.Code, "month", before.Month.String(), "error", err)
		return report, nil, nil
	}
	return report, previous, nil
}

// samePoint is the day at which the earlier month was as old as month is at
// asOf: the same day of the month while it runs, the same number of days after
// its end later.
func samePoint(month, earlier calendar.Month, asOf calendar.Day) calendar.Day {
	if asOf <= month.Last() {
		return min(earlier.First().Add(asOf.Sub(month.First())), earlier.Last())
	}
	return earlier.Last().Add(asOf.Sub(month.Last()))
}

// newOverview turns a report into the page; previous may be nil.
func newOverview(r, previous *metrics.Report, sel *selection) (*overviewView, error) {
	chart, err := storiesChart(r)
	if err != nil {
		return nil, err
	}
	view := &overviewView{
		Region:     r.RegionName,
		Month:      wording.MonthOf(r.Month),
		AsOf:       figures.AsOf(r),
		Through:    dataThrough(sel),
		Notices:    notices(r, sel),
		Query:      sel.query(),
		Figures:    figures.Key(r, previous),
		Ranking:    newRanking(r),
		Chart:      chart,
		PPID:       newPPID(r),
		Complaints: newComplaints(r),
		Quality:    newQuality(r, sel.Region.Zone),
		Generated:  wording.Instant(r.GeneratedAt, sel.Region.Zone),
	}
	if sel.Through.LastArticle.IsZero() {
		view.NoArticles = true
		view.Figures = slices.DeleteFunc(view.Figures, func(f figures.Figure) bool { return f.ID == "stories" || f.ID == "targets" })
	}
	return view, nil
}

// dataThrough says how fresh the data is.
func dataThrough(sel *selection) string {
	t, zone := sel.Through, sel.Region.Zone
	text := "Artikel terakhir " + wording.Instant(t.LastArticle, zone) +
		", tarikan terakhir " + wording.Instant(t.LastPoll, zone)
	if !t.LastImport.IsZero() {
		text += ", impor terakhir " + wording.Instant(t.LastImport, zone)
	}
	return text
}

// notices says in sentences what a reader must know before quoting a figure.
func notices(r *metrics.Report, sel *selection) []string {
	var list []string
	if figures.Running(r) {
		list = append(list, "Bulan ini belum selesai: angkanya baru sampai "+wording.Day(r.AsOf)+
			" dan dibandingkan dengan hari yang sama bulan sebelumnya.")
	}
	if sel.AsOfSet {
		list = append(list, "Keadaan yang ditampilkan dipilih sendiri: "+figures.AsOf(r)+".")
	}
	if r.Closed != nil {
		list = append(list, "Bulan ini sudah tutup buku pada "+
			wording.Instant(r.Closed.ClosedAt.In(sel.Region.Zone), sel.Region.Zone)+"; angkanya tidak berubah lagi (edisi "+r.Closed.ID+").")
	}
	return list
}

// chartView is a chart with everything a reader needs without seeing it.
type chartView struct {
	ID      string
	Title   string // the finding
	Caption string // measure, period, source
	Summary string // the chart in one sentence
	Option  json.RawMessage
	Rows    []chartRow
}

// chartRow is a bar as a row of the table under the chart.
type chartRow struct {
	Name   string
	Value  wording.Cell
	Target string
	State  string
}

// sinceText writes when something began, short.
func sinceText(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return wording.Date(t.In(zone))
}

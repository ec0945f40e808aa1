package dashboard

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"gaung/dashboard/cards"
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// monthly is what a page about one month stands on.
type monthly struct {
	sel    *selection
	search string
	report *metrics.Report
	// previous is the month before at the same point of its life; nil when it
	// was not asked for or cannot be had.
	previous *metrics.Report
	// due is what is due and overdue; nil when it was not asked for or could
	// not be read in time.
	due *metrics.DueList
	// revisions is what would be different today in a closed month.
	revisions []metrics.Revision
	// files says that zip files of the month are offered, closable that the
	// visitor may close it.
	files, closable bool
}

// wants says what a page needs beside the report of its month.
type wants struct{ previous, due bool }

// monthPage makes the view of a page about one month: it resolves the address,
// measures the month, and hands on to view. A month without data gets the page
// that says so instead.
func monthPage(title, template string, need wants, view func(s *Server, m *monthly) (any, error)) viewFunc {
	return func(s *Server, ctx context.Context, a address) (*screen, error) {
		m, instead, err := s.month(ctx, a, need)
		if err != nil || instead != nil {
			return instead, err
		}
		body, err := view(s, m)
		if err != nil {
			return nil, err
		}
		return &screen{
			template: template, selection: m.sel, body: body,
			title: title + " " + wording.MonthOf(m.report.Month) + " · " + m.report.RegionName,
		}, nil
	}
}

// month measures the month of an address. Where there is no data, it gives the
// screen to show instead.
func (s *Server) month(ctx context.Context, a address, need wants) (*monthly, *screen, error) {
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		// A month that metrics refuses is refused here too, data or not.
		if !sel.NoData {
			if _, err := s.reports.Report(ctx, sel.metricsQuery()); err != nil {
				return nil, nil, fmt.Errorf("dashboard: report: %w", err)
			}
		}
		return nil, s.emptyScreen(sel), nil
	}
	m := &monthly{sel: sel, search: a.Search}
	if s.books != nil {
		m.files, m.closable = true, visitorOf(ctx).may(closeMonths)
	}
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return guarded(func() error { return s.measure(ctx, m, need) }) })
	if need.due {
		work.Go(func() error {
			s.part(ctx, "due list", func(ctx context.Context) (err error) {
				m.due, err = s.reports.DueList(ctx, sel.metricsQuery())
				return err
			})
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return nil, nil, err
	}
	return m, nil, nil
}

// measure fills in the report of the month, and of the one before if wanted.
func (s *Server) measure(ctx context.Context, m *monthly, need wants) (err error) {
	if m.report, err = s.reports.Report(ctx, m.sel.metricsQuery()); err != nil {
		return fmt.Errorf("dashboard: report of %s %s: %w", m.sel.Region.Code, m.sel.Month, err)
	}
	m.revisions = s.revisions(ctx, m.sel.metricsQuery(), m.report)
	if need.previous {
		m.previous, err = s.previousOf(ctx, m.sel, m.report)
	}
	return err
}

// partTimeout bounds one part of a page that the page can do without.
const partTimeout = 5 * time.Second

// part reads a part of a page within its own limit. A failure is logged, and
// the page says so in the part's place; the rest of it stands.
func (s *Server) part(ctx context.Context, name string, read func(context.Context) error) (ok bool) {
	ctx, cancel := context.WithTimeout(ctx, partTimeout)
	defer cancel()
	if err := guarded(func() error { return read(ctx) }); err != nil {
		s.log.Warn("dashboard: part of a page", "part", name, "error", err)
		return false
	}
	return true
}

// monthBefore measures the month before at the same point of its life. It only
// serves comparison: when it cannot be had, the page does without.
func (s *Server) monthBefore(ctx context.Context, sel *selection, report *metrics.Report) (*metrics.Report, error) {
	asOf, err := calendar.ParseDay(report.AsOf)
	if err != nil {
		return nil, fmt.Errorf("dashboard: as-of day of the report: %w", err)
	}
	before := *sel
	before.Month = sel.Month.Add(-1)
	if !before.hasMonth() {
		return nil, nil
	}
	before.AsOf, before.AsOfSet = samePoint(sel.Month, before.Month, asOf), true
	previous, err := s.reports.Report(ctx, before.metricsQuery())
	if err != nil {
		s.log.Warn("dashboard: report of the month before", "region", sel.Region.Code, "month", before.Month.String(), "error", err)
		return nil, nil
	}
	return previous, nil
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

// head is the head of a page about one month.
type head struct {
	Title   string
	Period  string
	AsOf    string
	Through string
	Notices []string
	// Query is "?month=…&region=…", for links to the same month.
	Query string
	// CSV names the table that "Unduh CSV" gives; empty offers none.
	CSV string
	// Card names the card of the page; empty offers none.
	Card string
	// Packs offers the zip files of the month, Closable its closing.
	Packs, Closable bool
	// Files offers the workbook of the month.
	Files     bool
	Generated string
}

// newHead words the head of a page; an empty title stands for the region.
func newHead(m *monthly, title, csv string) head {
	r, zone := m.report, m.sel.Region.Zone
	h := head{
		Title:     title,
		Period:    r.RegionName + ", " + wording.MonthOf(r.Month),
		AsOf:      figures.AsOf(r),
		Through:   dataThrough(m.sel),
		Notices:   append(notices(r, m.sel), revisionNotices(m.revisions)...),
		Card:      cardOf(csv),
		Query:     m.sel.query(),
		CSV:       csv,
		Files:     true,
		Packs:     m.files,
		Closable:  m.closable,
		Generated: wording.Instant(r.GeneratedAt, zone),
	}
	if title == "" {
		h.Title, h.Period = r.RegionName, wording.MonthOf(r.Month)
	}
	return h
}

// cardOf is the card that shows what a page with a CSV table is about.
func cardOf(csv string) string {
	switch csv {
	case "publikasi":
		return string(cards.Ranking)
	case "ppid":
		return string(cards.Requests)
	case "pengaduan":
		return string(cards.Complaints)
	}
	return string(cards.Summary)
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

// hides reports whether a search leaves out a row whose words are text: every
// word of the search has to occur in it, in any case.
func hides(search, text string) bool {
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(search)) {
		if !strings.Contains(text, word) {
			return true
		}
	}
	return false
}

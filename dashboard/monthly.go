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
	// sort and descending are the order that the address asks for.
	sort       string
	descending bool
	report     *metrics.Report
	// previous is the month before at the same point of its life; nil when it
	// was not asked for or cannot be had.
	previous *metrics.Report
	// due is what is due and overdue; nil when it was not asked for or could
	// not be read in time.
	due *metrics.DueList
	// edition is the code of the edition that a closed month has but the page does
	// not show, since it asks for something else; empty for none.
	edition string
	// revisions is what would be different today in a closed month.
	revisions []metrics.Revision
	// rows leads to the rows behind the figures.
	rows rowLinks
	// files says that zip files of the month are offered, closable that the
	// visitor may close it.
	files, closable bool
}

// wants says what a page needs beside the report of its period; one marks a
// page about one OPD or person, which filters by OPD do not restrict.
type wants struct{ previous, due, one bool }

// monthPage makes the view of a page about one month: it resolves the address,
// measures the month, and hands on to view. A month without data gets the page
// that says so instead.
func monthPage(title, template string, need wants, view func(s *Server, m *monthly) (any, error)) viewFunc {
	return func(s *Server, ctx context.Context, a address) (*screen, error) {
		lang := wording.From(ctx)
		m, instead, err := s.month(ctx, a, need)
		if err != nil || instead != nil {
			return instead, err
		}
		body, err := view(s, m)
		if err != nil {
			return nil, err
		}
		return &screen{
			template: template, selection: m.sel, body: body, report: m.report, revisions: m.revisions,
			title: lang.T(title) + " " + m.period() + " · " + m.report.RegionName,
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
	if need.one {
		sel.unrestrict()
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
	sort, err := a.order()
	if err != nil {
		return nil, nil, err
	}
	m := &monthly{sel: sel, search: a.Search, sort: sort, descending: sort != "" && a.Descending}
	m.rows = newRowLinks(ctx, sel)
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
	m.edition = s.editionBeside(ctx, m.sel)
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

// monthBefore measures the period compared with at the same point of its life. It only
// serves comparison: when it cannot be had, the page does without.
func (s *Server) monthBefore(ctx context.Context, sel *selection, report *metrics.Report) (*metrics.Report, error) {
	q := sel.metricsQuery()
	var err error
	if q.AsOf, err = calendar.ParseDay(report.AsOf); err != nil {
		return nil, fmt.Errorf("dashboard: as-of day of the report: %w", err)
	}
	q.AsOfSet = true
	if q, err = q.Earlier(); err != nil {
		return nil, fmt.Errorf("dashboard: period to compare with: %w", err)
	}
	before := *sel
	if before.show(q.Period()); !before.hasMonth() {
		return nil, nil
	}
	previous, err := s.reports.Report(ctx, q)
	if err != nil {
		s.log.Warn("dashboard: report of the period before", "region", sel.Region.Code, "period", q.Period().String(), "error", err)
		return nil, nil
	}
	return previous, nil
}

// head is the head of a page about one month.
type head struct {
	Title   string
	Period  string
	AsOf    string
	Through string
	// Finished leads from days to the newest month that has ended; nil on the
	// page of a month.
	Finished *navItem
	Notices  []string
	// Query is "?month=…&region=…", for links to the same period.
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
	lang := m.sel.Lang
	r, zone := m.report, m.sel.Region.Zone
	h := head{
		Title:     title,
		Period:    r.RegionName + ", " + m.period(),
		AsOf:      figures.AsOf(lang, r),
		Through:   dataThrough(m.sel),
		Notices:   append(append(notices(r, m.sel), m.closedNotices()...), lang.RevisionNotes(m.revisions)...),
		Card:      cardOf(csv),
		Query:     m.sel.query(),
		CSV:       csv,
		Files:     true,
		Packs:     m.files,
		Closable:  m.closable && m.sel.metricsQuery().Unfiltered(),
		Generated: lang.Instant(r.GeneratedAt, zone),
	}
	if title == "" {
		h.Title, h.Period = r.RegionName, m.period()
	}
	if month, ok := m.sel.finished(); ok && r.Month == "" {
		a := m.sel.address()
		a.narrowing, a.Sort, a.Descending = a.at(month.Period()), m.sort, m.descending
		h.Finished = &navItem{Label: lang.Month(month.Year, month.Month), URL: a.sortedQuery()}
	}
	return h
}

// period names what the page is about: its month or days, and what it is
// restricted to.
func (m *monthly) period() string {
	text := m.sel.span()
	if only := m.sel.Lang.Restricted(m.report.Filters); only != "" {
		text += " · " + only
	}
	return text
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
	lang := sel.Lang
	t, zone := sel.Through, sel.Region.Zone
	text := lang.T("Artikel terakhir {1}, tarikan terakhir {2}", lang.Instant(t.LastArticle, zone), lang.Instant(t.LastPoll, zone))
	if !t.LastImport.IsZero() {
		text += lang.T(", impor terakhir {1}", lang.Instant(t.LastImport, zone))
	}
	return text
}

// notices says in sentences what a reader must know before quoting a figure.
func notices(r *metrics.Report, sel *selection) []string {
	lang := sel.Lang
	var list []string
	if figures.Running(r) {
		text := "Bulan ini belum selesai: angkanya baru sampai {1} dan dibandingkan dengan hari yang sama bulan sebelumnya."
		if !sel.metricsQuery().Unfiltered() {
			text = "Periode ini belum selesai: angkanya baru sampai {1}, dan pembandingnya dilihat pada umur yang sama."
		}
		list = append(list, lang.T(text, lang.Day(r.AsOf)))
	}
	if sel.Instead {
		list = append(list, lang.T("Tidak ada yang tercatat dalam {1} hari sampai kemarin; yang ditampilkan bulan terbaru yang berisi data.", openingDays))
	}
	if sel.AsOfSet {
		list = append(list, lang.T("Keadaan yang ditampilkan dipilih sendiri: {1}.", figures.AsOf(lang, r)))
	}
	list = append(list, filterNotices(r, lang)...)
	if r.Closed != nil {
		list = append(list, lang.T("Bulan ini sudah tutup buku pada {1}; angkanya tidak berubah lagi (edisi {2}).", lang.Instant(r.Closed.ClosedAt.In(sel.Region.Zone), sel.Region.Zone), r.Closed.ID))
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
	lang := sel.Lang
	view := &emptyView{Region: sel.Region.Name, Month: lang.Span(sel.Period)}
	sc := &screen{template: "empty", title: lang.T("Belum ada data"), body: view}
	if len(sel.Regions) > 0 {
		sc.selection = sel
	}
	if !sel.NoData {
		latest := defaultMonth(sel.Through.Months, sel.today())
		view.Through = dataThrough(sel)
		view.LatestURL = address{Region: sel.Region.Code, narrowing: narrowing{Month: latest.String()}, Lang: lang}.query()
		view.LatestMonth = lang.Month(latest.Year, latest.Month)
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

package dashboard

import (
	"context"
	"strconv"
	"time"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// qualityPage is what stands between the figures and the truth.
var qualityPage = page{path: qualityPath, name: "quality", nav: "Mutu data", view: (*Server).quality}

const qualityPath = "/mutu-data"

// rejectsPerPage is how many rejects a page lists, reviewRows how many names.
const (
	rejectsPerPage = 50
	reviewRows     = 60
)

// qualityView is what templates/quality.html shows.
type qualityView struct {
	Head    head
	Counts  []qualityCount
	Rejects rejectsView
	Review  reviewView
}

// qualityCount is one number and what to do about it.
type qualityCount struct {
	ID    string
	N     drill
	Words string
	Hint  string
}

// rejectsView is one page of the cells that could not be used.
type rejectsView struct {
	Failed         bool // could not be read in time
	Rows           []rejectRow
	Cells          int
	Page, Pages    int
	Previous, Next string // addresses; empty where there is no such page
}

type rejectRow struct {
	Source, Kind, Column, Value, Reason, When string
	Row                                       int
}

// reviewView is the names that wait for a decision.
type reviewView struct {
	Failed bool
	Rows   []reviewRow
	More   int
}

type reviewRow struct {
	Kind, Text, Last, Near, Evidence string
	Uses                             drill
}

// quality shows the month's counts, and the rejects and names of all time.
func (s *Server) quality(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	m, instead, err := s.month(ctx, a, wants{})
	if err != nil || instead != nil {
		return instead, err
	}
	v := &qualityView{Head: newHead(m, lang.T("Mutu data"), ""), Counts: newQualityCounts(m)}
	v.Rejects.Failed = !s.part(ctx, "rejects", func(ctx context.Context) error {
		p, err := s.reports.DataProblems(ctx, m.sel.Region, a.Page, rejectsPerPage)
		if err == nil {
			v.Rejects = newRejects(lang, p, m.sel.query(), m.sel.Region.Zone)
			v.leadRejected(m.rows, p)
		}
		return err
	})
	v.Review.Failed = !s.part(ctx, "review queue", func(ctx context.Context) error {
		queue, err := s.reports.ReviewQueue(ctx, m.sel.Region)
		if err == nil {
			v.Review = newReview(lang, m.rows, queue)
		}
		return err
	})
	return &screen{
		template: "quality", selection: m.sel, body: v, report: m.report, revisions: m.revisions,
		title: lang.T("Mutu data {1} · {2}", figures.Period(lang, m.report), m.report.RegionName),
	}, nil
}

func newQualityCounts(m *monthly) []qualityCount {
	lang, q := m.sel.Lang, m.report.DataQuality
	doubts := func(kind metrics.DoubtKind, n int) drill { return m.rows.to(doubtRows, string(kind), "", n) }
	return []qualityCount{
		{"unmatched-opd", doubts(metrics.DoubtUnmatchedOPD, q.UnmatchedOPD), lang.T("artikel atau kasus tanpa OPD yang dikenal"), lang.T("tambahkan alias OPD")},
		{"unmatched-people", doubts(metrics.DoubtUnmatchedPeople, q.UnmatchedPeople), lang.T("nama penulis yang belum dikenal"), lang.T("tambahkan alias pranata humas")},
		{"undated", doubts(metrics.DoubtUndated, q.UndatedArticles), lang.T("artikel tanpa tanggal yang dapat dipakai"), lang.T("periksa tanggal di situs asal")},
		{"inconsistent", doubts(metrics.DoubtInconsistent, q.InconsistentDates), lang.T("kasus dengan tanggal selesai sebelum tanggal mulai"), lang.T("betulkan di register")},
		{"rejected", drill{N: q.RejectedRows, Text: lang.Count(q.RejectedRows)}, lang.T("baris ditolak saat impor atau tarikan terakhir"), lang.T("lihat alasannya di bawah")},
		{"failed-sources", m.rows.to(failedSourceRows, allRows, "", len(q.FailedSources)), lang.T("sumber gagal"), lang.T("lihat halaman Kesehatan sumber")},
	}
}

// leadRejected makes the count of rejected rows lead to them. A closed month
// keeps its count, while the rows are those of the last runs.
func (v *qualityView) leadRejected(links rowLinks, p *metrics.DataProblems) {
	for i, c := range v.Counts {
		if c.ID == "rejected" && c.N.N == p.RejectedRows {
			v.Counts[i].N = links.to(rejectRows, allRows, "", p.RejectedRows)
		}
	}
}

func newRejects(lang wording.Language, p *metrics.DataProblems, query string, zone *time.Location) rejectsView {
	v := rejectsView{Cells: p.RejectedCells, Page: p.Page, Pages: p.Pages}
	for _, c := range p.Rejects {
		v.Rows = append(v.Rows, rejectRow{
			Source: c.Source, Kind: c.Kind, Row: c.Row, Column: c.Column, Value: shorten(c.Value), Reason: sentence(c.Reason),
			When: lang.Instant(c.RejectedAt, zone),
		})
	}
	if p.Page > 1 {
		v.Previous = qualityPath + query + "&page=" + strconv.Itoa(min(p.Page-1, max(p.Pages, 1)))
	}
	if p.Page < p.Pages {
		v.Next = qualityPath + query + "&page=" + strconv.Itoa(p.Page+1)
	}
	return v
}

func newReview(lang wording.Language, links rowLinks, queue []metrics.ReviewItem) reviewView {
	var v reviewView
	for _, item := range queue {
		if len(v.Rows) == reviewRows {
			v.More = len(queue) - reviewRows
			break
		}
		row := reviewRow{Kind: "OPD", Text: shortenTo(item.Text, 120), Uses: links.uses(item), Last: lang.ShortDay(item.LastDay)}
		if item.Kind == metrics.ReviewPerson {
			row.Kind = lang.T("Orang")
		}
		if len(item.Suggestions) > 0 {
			row.Near, row.Evidence = item.Suggestions[0].Name, lang.Evidence(item.Suggestions[0].Evidence)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

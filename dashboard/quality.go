package dashboard

import (
	"context"
	"strconv"
	"time"

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
	N     int
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
	Uses                             int
}

// quality shows the month's counts, and the rejects and names of all time.
func (s *Server) quality(ctx context.Context, a address) (*screen, error) {
	m, instead, err := s.month(ctx, a, wants{})
	if err != nil || instead != nil {
		return instead, err
	}
	v := &qualityView{Head: newHead(m, "Mutu data", ""), Counts: newQualityCounts(m.report.DataQuality)}
	v.Rejects.Failed = !s.part(ctx, "rejects", func(ctx context.Context) error {
		p, err := s.reports.DataProblems(ctx, m.sel.Region, a.Page, rejectsPerPage)
		if err == nil {
			v.Rejects = newRejects(p, m.sel.query(), m.sel.Region.Zone)
		}
		return err
	})
	v.Review.Failed = !s.part(ctx, "review queue", func(ctx context.Context) error {
		queue, err := s.reports.ReviewQueue(ctx, m.sel.Region)
		if err == nil {
			v.Review = newReview(queue)
		}
		return err
	})
	return &screen{
		template: "quality", selection: m.sel, body: v,
		title: "Mutu data " + wording.MonthOf(m.report.Month) + " · " + m.report.RegionName,
	}, nil
}

func newQualityCounts(q metrics.DataQuality) []qualityCount {
	return []qualityCount{
		{"unmatched-opd", q.UnmatchedOPD, "artikel atau kasus tanpa OPD yang dikenal", "tambahkan alias OPD"},
		{"unmatched-people", q.UnmatchedPeople, "nama penulis yang belum dikenal", "tambahkan alias pranata humas"},
		{"undated", q.UndatedArticles, "artikel tanpa tanggal yang dapat dipakai", "periksa tanggal di situs asal"},
		{"inconsistent", q.InconsistentDates, "kasus dengan tanggal selesai sebelum tanggal mulai", "betulkan di register"},
		{"rejected", q.RejectedRows, "baris ditolak saat impor atau tarikan terakhir", "lihat alasannya di bawah"},
		{"failed-sources", len(q.FailedSources), "sumber gagal", "lihat halaman Kesehatan sumber"},
	}
}

func newRejects(p *metrics.DataProblems, query string, zone *time.Location) rejectsView {
	v := rejectsView{Cells: p.RejectedCells, Page: p.Page, Pages: p.Pages}
	for _, c := range p.Rejects {
		v.Rows = append(v.Rows, rejectRow{
			Source: c.Source, Kind: c.Kind, Row: c.Row, Column: c.Column, Value: shorten(c.Value), Reason: sentence(c.Reason),
			When: wording.Instant(c.RejectedAt, zone),
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

func newReview(queue []metrics.ReviewItem) reviewView {
	var v reviewView
	for _, item := range queue {
		if len(v.Rows) == reviewRows {
			v.More = len(queue) - reviewRows
			break
		}
		row := reviewRow{Kind: "OPD", Text: shortenTo(item.Text, 120), Uses: item.Uses, Last: wording.ShortDay(item.LastDay)}
		if item.Kind == metrics.ReviewPerson {
			row.Kind = "Orang"
		}
		if len(item.Suggestions) > 0 {
			row.Near, row.Evidence = item.Suggestions[0].Name, item.Suggestions[0].Evidence
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

package dashboard

import (
	"context"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// agencyPage is everything about one OPD.
var agencyPage = page{path: agencyPath, name: "agency", view: (*Server).agency}

// agencyView is what templates/agency.html shows.
type agencyView struct {
	Head        head
	Code        string
	Facts       []fact
	Figures     []figures.Figure
	Due         dueView
	Publication []fact
	Shift       shift
	Chart       *chartView // nil while there is no month to draw
	ChartFailed bool
	Index       *indexRow // nil for an OPD that no ranking has
	IndexParts  []indexPart
	Cases       []agencyCases
	Rows        agencyRows
	Drafts      *draftRow
	People      personGroup
	WithPeople  bool // persons may be seen
}

// indexPart is one component of an OPD's index.
type indexPart struct {
	Words  string
	Points wording.Cell
}

// agencyCases is one clock of an OPD beside those it is compared with.
type agencyCases struct {
	caseRow
	Clock   string
	Others  wording.Cell // the others' restricted mean wait
	Group   string
	Verdict string
}

// agency shows one OPD's month.
func (s *Server) agency(ctx context.Context, a address) (*screen, error) {
	m, instead, err := s.month(ctx, a, wants{previous: true, due: true})
	if err != nil || instead != nil {
		return instead, err
	}
	i := slices.IndexFunc(m.report.Publication.OPD, func(o metrics.PublicationOPD) bool { return o.OPD == a.Key })
	if i < 0 {
		return nil, &failure{
			Status: fiber.StatusNotFound, Code: "not_found", Title: "OPD tidak ditemukan",
			Words: fmt.Sprintf("OPD %q tidak ada di %s pada %s. Cari namanya di kotak pencarian.", shorten(a.Key), m.report.RegionName, wording.MonthOf(m.report.Month)),
		}
	}
	o := m.report.Publication.OPD[i]
	query := m.sel.query()
	v := &agencyView{
		Head: newHead(m, o.Name, ""), Code: o.OPD, WithPeople: a.People,
		Figures:     figures.Agency(m.report, m.previous, o.OPD),
		Due:         agencyDue(m, o.OPD),
		Publication: publicationFacts(m.report, o),
		Shift:       newShift(o.Movement),
		Cases:       newAgencyCases(m.report, o.OPD, query),
	}
	v.addIndex(m.report, o.OPD)
	if r := m.report.Submissions; r != nil {
		for _, d := range newDrafts(m.report, "").Rows {
			if d.OPD == o.OPD {
				v.Drafts = &d
			}
		}
	}
	if a.People {
		v.People = personGroup{ID: "orang", Name: "Orang", Query: query}
		names := agencyNames(m.report)
		for _, p := range m.report.People {
			if p.OPD == o.OPD {
				v.People.Rows = append(v.People.Rows, newPersonRow(p, names, query, ""))
			}
		}
	}
	s.addAgencyRows(ctx, m, v)
	return &screen{template: "agency", selection: m.sel, body: v, title: o.Name + " " + wording.MonthOf(m.report.Month) + " · " + m.report.RegionName}, nil
}

// addAgencyRows reads what the report does not hold: the rows behind the
// figures, and the chart of the months. The page stands without either.
func (s *Server) addAgencyRows(ctx context.Context, m *monthly, v *agencyView) {
	q := reportQuery(m)
	v.Rows.Failed = !s.part(ctx, "rows of an OPD", func(ctx context.Context) error {
		d, err := s.reports.OPDDetail(ctx, q, v.Code)
		if err == nil {
			v.Rows = newAgencyRows(d, m.sel)
			if v.Rows.Closed = !visitorOf(ctx).mayOPD(m.sel.Region.Code, v.Code); v.Rows.Closed {
				v.Rows.Cases = nil
			}
			v.Facts = agencyFacts(d)
		}
		return err
	})
	v.ChartFailed = !s.part(ctx, "changes of an OPD", func(ctx context.Context) error {
		c, err := s.reports.Changes(ctx, q)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(c.OPD, func(o metrics.ChangeOPD) bool { return o.OPD == v.Code }); i >= 0 {
			v.Chart, err = changeChart(c, c.OPD[i])
		}
		return err
	})
}

// reportQuery asks about the day the report of the month looks at, so that
// rows and figures are those of the same day, closed months included.
func reportQuery(m *monthly) metrics.Query {
	q := m.sel.metricsQuery()
	if day, err := calendar.ParseDay(m.report.AsOf); err == nil {
		q.AsOf, q.AsOfSet = day, true
	}
	return q
}

// agencyDue is the part of the due list that one OPD has to act on.
func agencyDue(m *monthly, code string) dueView {
	if m.due == nil {
		return dueView{Failed: true}
	}
	own := *m
	mine := func(c metrics.DueCase) bool { return c.OPD != code }
	list := *m.due
	list.Overdue = slices.DeleteFunc(slices.Clone(list.Overdue), mine)
	list.Soon = slices.DeleteFunc(slices.Clone(list.Soon), mine)
	list.Unknown = slices.DeleteFunc(slices.Clone(list.Unknown), func(c metrics.UnknownCase) bool { return c.OPD != code })
	own.due, own.search = &list, ""
	v := newDue(&own, slices.Concat(requestRules, complaintRules))
	v.Own = true
	return v
}

// publicationFacts are an OPD's figures of publication that no card shows.
func publicationFacts(r *metrics.Report, o metrics.PublicationOPD) []fact {
	status := wording.Value(wording.Status(o.Status))
	if reason := wording.StatusReason(o.Status); reason != "" {
		status = wording.Cell{State: wording.Absent, Text: wording.Status(o.Status) + ": " + reason}
	}
	facts := []fact{
		{Term: "Status", Value: status},
		{Term: "Capaian disesuaikan", Value: wording.Missing("tidak diperingkat")},
		{Term: "Capaian mentah", Value: percentOf(figures.Raw(o), "belum ada minggu yang selesai")},
		{Term: "Capaian " + othersWords(o.PeerGroup), Value: percentOf(o.OthersAttainment, "tidak ada yang lain untuk dibandingkan")},
		{Term: "Hari aktif", Value: wording.Value(wording.Count(o.ActiveDays))},
		{Term: "Hari sejak berita terakhir", Value: since(o)},
		{Term: "Tayang ulang di portal", Value: wording.Value(wording.Count(o.Republished))},
		{Term: "Perlu dilihat lagi", Value: wording.Value(flagWords(o.Flags))},
	}
	if o.Score != nil {
		facts[1].Value = wording.Value(wording.Percent(*o.Score, 0))
	}
	if places := wording.Range(o.RankLow, o.RankHigh); places != "" {
		text := places + " dari " + wording.Count(rankedOPD(r))
		if tier := wording.Tier(o.Tier); tier != "" {
			text = "tingkat " + tier + ", tempat " + text
		}
		facts = slices.Insert(facts, 1, fact{Term: "Tempat", Value: wording.Value(text)})
	}
	return facts
}

// rankedOPD counts the OPD with a place in the league table.
func rankedOPD(r *metrics.Report) int {
	n := 0
	for _, o := range r.Publication.OPD {
		if o.Score != nil {
			n++
		}
	}
	return n
}

// percentOf is a share that may be unknown.
func percentOf(share *float64, whenNil string) wording.Cell {
	if share == nil {
		return wording.Missing(whenNil)
	}
	return wording.Value(wording.Percent(*share, 0))
}

// othersWords names whom an OPD is compared with, itself left out.
func othersWords(group *string) string {
	if group == nil {
		return "OPD lain se-wilayah"
	}
	return "OPD lain di kelompok " + *group
}

// flagWords says which stories deserve a second look.
func flagWords(f metrics.PublicationFlags) string {
	if f == (metrics.PublicationFlags{}) {
		return "tidak ada"
	}
	return wording.Count(f.Bursts) + " terbit beruntun, " + wording.Count(f.Backdated) + " bertanggal mundur, " + wording.Count(f.NearCopies) + " salinan hampir sama"
}

// addIndex puts the OPD's index beside what it is made of.
func (v *agencyView) addIndex(r *metrics.Report, code string) {
	for _, o := range r.Index.OPD {
		if o.OPD != code {
			continue
		}
		row := newIndexRow(o, r.Index.Weights, "")
		v.Index = &row
		for i, w := range r.Index.Weights {
			v.IndexParts = append(v.IndexParts, indexPart{Words: rankingWords[w.Component].Words, Points: row.Points[i]})
		}
	}
}

// newAgencyCases sets the clocks of an OPD beside the others' waits.
func newAgencyCases(r *metrics.Report, code, query string) []agencyCases {
	var list []agencyCases
	for _, t := range []struct {
		clock string
		rows  []metrics.CaseOPD
	}{{"Permohonan PPID", r.PPID.OPD}, {"Tanggapan pertama", r.Complaints.FirstResponse.OPD}, {"Penyelesaian", r.Complaints.Resolve.OPD}} {
		c := figures.CasesOf(t.rows, code)
		if c == nil {
			continue
		}
		row := agencyCases{
			caseRow: newCaseTable("", "", []metrics.CaseOPD{*c}, "", "", query).Rows[0], Clock: t.clock,
			Others: wording.OptionalNumber(c.OthersRMSTWD, 1, "tidak ada yang lain untuk dibandingkan"), Group: othersWords(c.PeerGroup),
		}
		if c.Funnel != nil {
			row.Verdict = verdictWords[c.Funnel.Verdict]
		}
		list = append(list, row)
	}
	return list
}

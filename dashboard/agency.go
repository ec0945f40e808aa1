package dashboard

import (
	"context"
	"slices"
	"strconv"

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
	Waits       []waitLine // empty for an OPD without a case in two years
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

// agency shows one OPD's month.
func (s *Server) agency(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	m, instead, err := s.month(ctx, a, wants{previous: true, due: true, one: true})
	if err != nil || instead != nil {
		return instead, err
	}
	i := slices.IndexFunc(m.report.Publication.OPD, func(o metrics.PublicationOPD) bool { return o.OPD == a.Key })
	if i < 0 {
		return nil, &failure{
			Status: fiber.StatusNotFound, Code: "not_found", Title: "OPD tidak ditemukan",
			Words: "OPD {1} tidak ada di {2} pada {3}. Cari namanya di kotak pencarian.",
			Args:  []any{strconv.Quote(shorten(a.Key)), m.report.RegionName, figures.Period(lang, m.report)},
		}
	}
	o := m.report.Publication.OPD[i]
	query := m.sel.query()
	v := &agencyView{
		Head: newHead(m, o.Name, ""), Code: o.OPD, WithPeople: a.People,
		Figures:     m.rows.figures(figures.Agency(lang, m.report, m.previous, o.OPD), m.report, o.OPD),
		Due:         agencyDue(m, o.OPD),
		Publication: publicationFacts(lang, m.report, o),
		Shift:       newShift(lang, o.Movement),
		Cases:       newAgencyCases(m, o.OPD, query),
	}
	v.addIndex(lang, m.report, o.OPD)
	if r := m.report.Submissions; r != nil {
		for _, d := range newDrafts(lang, m.report, "").Rows {
			if d.OPD == o.OPD {
				v.Drafts = &d
			}
		}
	}
	if a.People {
		v.People = personGroup{ID: "orang", Name: lang.T("Orang"), Query: query}
		names := agencyNames(m.report)
		for _, p := range m.report.People {
			if p.OPD == o.OPD {
				v.People.Rows = append(v.People.Rows, newPersonRow(m, p, names, ""))
			}
		}
	}
	s.addAgencyRows(ctx, m, v)
	return &screen{template: "agency", selection: m.sel, body: v, report: m.report, revisions: m.revisions, title: o.Name + " " + m.period() + " · " + m.report.RegionName}, nil
}

// addAgencyRows reads what the report does not hold: the rows behind the
// figures, and the chart of the months. The page stands without either.
func (s *Server) addAgencyRows(ctx context.Context, m *monthly, v *agencyView) {
	lang := m.sel.Lang
	v.Rows.Failed = !s.part(ctx, "rows of an OPD", func(ctx context.Context) error {
		d, err := s.reports.OPDDetail(ctx, reportQuery(m, m.sel), v.Code)
		if err == nil {
			v.Rows = newAgencyRows(d, m.sel, m.rows)
			if v.Rows.Closed = !visitorOf(ctx).mayOPD(m.sel.Region.Code, v.Code); v.Rows.Closed {
				v.Rows.Cases = nil
			}
			v.Facts = agencyFacts(lang, d)
		}
		return err
	})
	s.part(ctx, "changes of an OPD's waits", func(ctx context.Context) error {
		c, err := s.reports.CaseChanges(ctx, reportQuery(m, m.sel.whole()))
		if err == nil {
			v.Waits = newWaitLines(lang, c, v.Code, m.sel.query())
		}
		return err
	})
	v.ChartFailed = !s.part(ctx, "changes of an OPD", func(ctx context.Context) error {
		c, err := s.reports.Changes(ctx, reportQuery(m, m.sel.whole()))
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(c.OPD, func(o metrics.ChangeOPD) bool { return o.OPD == v.Code }); i >= 0 {
			v.Chart, err = changeChart(lang, c, c.OPD[i])
		}
		return err
	})
}

// reportQuery asks about a selection on the day that the report of the page
// looks at, so that rows and figures are those of the same day, closed months
// included.
func reportQuery(m *monthly, sel *selection) metrics.Query {
	q := sel.metricsQuery()
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
	v.addAll(&own, requestDueRows, requestRules, code)
	v.addAll(&own, complaintDueRows, complaintRules, code)
	return v
}

// publicationFacts are an OPD's figures of publication that no card shows.
func publicationFacts(lang wording.Language, r *metrics.Report, o metrics.PublicationOPD) []fact {
	status := wording.Value(lang.Status(o.Status))
	if reason := lang.StatusReason(o); reason != "" {
		status = wording.Cell{State: wording.Absent, Text: lang.Status(o.Status) + ": " + reason}
	}
	facts := []fact{
		{Term: lang.T("Status"), Value: status},
		{Term: lang.MetricName("publication.opd.score"), Value: lang.Missing("tidak diperingkat")},
		{Term: lang.T("Capaian mentah"), Value: percentOf(lang, figures.Raw(o), "belum ada minggu yang selesai")},
		{Term: lang.T("Capaian {1}", othersWords(lang, o.PeerGroup)), Value: percentOf(lang, o.OthersAttainment, "tidak ada yang lain untuk dibandingkan")},
		{Term: lang.MetricHead("publication.opd.active_days"), Value: wording.Value(lang.Count(o.ActiveDays))},
		{Term: lang.MetricName("publication.opd.days_since_last"), Value: since(lang, o)},
		{Term: lang.MetricName("publication.opd.republished"), Value: wording.Value(lang.Count(o.Republished))},
		{Term: lang.T("Perlu dilihat lagi"), Value: wording.Value(flagWords(lang, o.Flags))},
	}
	if o.Score != nil {
		facts[1].Value = wording.Value(lang.Percent(*o.Score, 0))
	}
	if places := wording.Range(o.RankLow, o.RankHigh); places != "" {
		text := lang.T("{1} dari {2}", places, lang.Count(rankedOPD(r)))
		if tier := wording.Tier(o.Tier); tier != "" {
			text = lang.T("tingkat {1}, tempat {2}", tier, text)
			if chance := topTier(lang, o.PTopTier); chance != "" {
				text += " (" + chance + ")"
			}
		}
		facts = slices.Insert(facts, 1, fact{Term: lang.T("Tempat"), Value: wording.Value(text)})
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
func percentOf(lang wording.Language, share *float64, whenNil string) wording.Cell {
	if share == nil {
		return lang.Missing(whenNil)
	}
	return wording.Value(lang.Percent(*share, 0))
}

// othersWords names whom an OPD is compared with, itself left out.
func othersWords(lang wording.Language, group *string) string {
	if group == nil {
		return lang.T("OPD lain se-wilayah")
	}
	return lang.T("OPD lain di kelompok {1}", *group)
}

// flagWords says which stories deserve a second look.
func flagWords(lang wording.Language, f metrics.PublicationFlags) string {
	if f == (metrics.PublicationFlags{}) {
		return lang.T("tidak ada")
	}
	return lang.T("{1} terbit beruntun, {2} bertanggal mundur, {3} salinan hampir sama", lang.Count(f.Bursts), lang.Count(f.Backdated), lang.Count(f.NearCopies))
}

// addIndex puts the OPD's index beside what it is made of.
func (v *agencyView) addIndex(lang wording.Language, r *metrics.Report, code string) {
	for _, o := range r.Index.OPD {
		if o.OPD != code {
			continue
		}
		row := newIndexRow(lang, o, r.Index.Weights, "")
		v.Index = &row
		for i, w := range r.Index.Weights {
			v.IndexParts = append(v.IndexParts, indexPart{Words: lang.T(rankingWords[w.Component].Words), Points: row.Points[i]})
		}
	}
}

package dashboard

import (
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// publicationPage is the league table with everything behind it.
var publicationPage = page{path: "/publikasi", name: "publication", nav: "Publikasi", view: monthPage("Publikasi", "publication", wants{previous: true}, newPublication)}

// publicationView is what templates/publication.html shows.
type publicationView struct {
	Head       head
	Figures    []figures.Figure
	NoArticles bool
	Search     string
	Ranking    rankingView
	Chart      chartView
	Places     []placeRow
	Agenda     agendaView
	Drafts     *draftsView // nil until drafts are measured
	Fairness   fairnessView
}

// placeRow is one place of the coverage table.
type placeRow struct {
	Place   string
	Stories drill
	Span    span
}

// agendaView is the agenda of the month beside its coverage.
type agendaView struct {
	Summary string
	Rows    []agendaRow
	All     drill // every event, in words
}

type agendaRow struct {
	OPD, Name string
	Hidden    bool
	Events    drill
	Covered   drill
	Days      wording.Cell
}

// draftsView is what the OPD sent to the editors.
type draftsView struct {
	Rows []draftRow
}

type draftRow struct {
	OPD, Name                          string
	Hidden                             bool
	Sent, Published, Returned, Refused int
	Accepted                           wording.Cell
	Hours                              wording.Cell
}

// newPublication turns a month into the page.
func newPublication(_ *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	r := m.ordered()
	chart, err := storiesChart(lang, r, m.sorted())
	if err != nil {
		return nil, err
	}
	ranking := newRanking(lang, r, m.search, m.sel.query())
	ranking.leadTo(m)
	if ranking.Sort = m.sorting(); m.sorted() {
		for i := range ranking.Ranked {
			ranking.Ranked[i].NewTier = false // tiers stand together in their own order only
		}
	}
	return &publicationView{
		Head:       newHead(m, lang.T("Publikasi"), "publikasi"),
		Figures:    m.rows.figures(figures.Publication(lang, r, m.previous), r, ""),
		NoArticles: m.sel.Through.LastArticle.IsZero(),
		Search:     m.search,
		Ranking:    ranking,
		Chart:      chart,
		Places:     newPlaces(m),
		Agenda:     newAgenda(m, r),
		Drafts:     newDrafts(lang, r, m.search),
		Fairness:   newFairness(lang, r, m.sel.query(), "publication", "index"),
	}, nil
}

// newPlaces draws the stories of every place beside the one with the most.
func newPlaces(m *monthly) []placeRow {
	r := m.report
	most := 0
	for _, p := range r.Places {
		most = max(most, p.Stories)
	}
	var rows []placeRow
	for _, p := range r.Places {
		rows = append(rows, placeRow{Place: p.Place, Stories: m.rows.to(storyRows, placePrefix+p.Place, "", p.Stories), Span: span{
			Show: true, From: coordinate(0), Width: coordinate(100 * float64(p.Stories) / float64(max(most, 1))),
		}})
	}
	return rows
}

func newAgenda(m *monthly, r *metrics.Report) agendaView {
	lang, search := m.sel.Lang, m.search
	v := agendaView{Summary: lang.T("{1} acara diumumkan", lang.Count(r.Agenda.Events))}
	if r.Agenda.Covered != nil {
		v.Summary += lang.T(", {1} menjadi berita.", lang.Count(*r.Agenda.Covered))
	} else {
		v.Summary += lang.T("; kecocokannya dengan berita belum dihitung.")
	}
	v.All = m.rows.to(eventRows, allRows, "", r.Agenda.Events)
	v.All.Text = lang.T("Semua acara ({1})", lang.Count(r.Agenda.Events))
	for _, a := range r.Agenda.OPD {
		v.Rows = append(v.Rows, agendaRow{
			OPD: a.OPD, Name: a.Name, Hidden: hides(search, a.Name+" "+a.OPD), Events: m.rows.to(eventRows, allRows, a.OPD, a.Events),
			Covered: m.rows.cell(eventRows, coveredPart, a.OPD, orZero(a.Covered), lang.OptionalCount(a.Covered, "kecocokan belum dihitung")),
			Days:    lang.OptionalNumber(a.MedianDaysToPublish, 0, "belum ada yang terbit"),
		})
	}
	return v
}

func newDrafts(lang wording.Language, r *metrics.Report, search string) *draftsView {
	if r.Submissions == nil {
		return nil
	}
	v := &draftsView{}
	for _, d := range r.Submissions.OPD {
		row := draftRow{
			OPD: d.OPD, Name: d.Name, Hidden: hides(search, d.Name+" "+d.OPD),
			Sent: d.Sent, Published: d.Published, Returned: d.Returned, Refused: d.Rejected,
			Accepted: lang.Missing("belum ada yang diputuskan"),
			Hours:    lang.OptionalNumber(d.MedianHoursToDecision, 0, "belum ada yang diputuskan"),
		}
		if d.Acceptance != nil {
			row.Accepted = wording.Value(lang.Percent(*d.Acceptance, d.Published+d.Returned+d.Rejected))
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

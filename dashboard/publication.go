package dashboard

import (
	"gaung/dashboard/figures"
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
	Channels   channelsView
	Drafts     *draftsView // nil until drafts are measured
	News       []fact      // empty without false news
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
	Days      drill
}

// newPublication turns a month into the page.
func newPublication(_ *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	r := m.ordered()
	chart, err := storiesChart(lang, r, m.sorted(), m.rows)
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
		Channels:   newChannels(m, r),
		News:       newNews(lang, r.Clarifications, m.rows),
		Drafts:     newDrafts(lang, r, m.search, m.rows),
		Fairness:   newFairness(m, "publication", "index"),
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
			Days:    m.rows.basis(eventRows, coveredPart, a.OPD, orZero(a.Covered), lang.OptionalNumber(a.MedianDaysToPublish, 0, "belum ada yang terbit")),
		})
	}
	return v
}

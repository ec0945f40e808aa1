package dashboard

import (
	"strconv"
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// agencyRows are the rows behind an OPD's figures.
type agencyRows struct {
	Failed  bool // could not be read in time
	Stories []storyRow
	// Articles counts all that are listed: those of the stories and the others.
	Articles int
	Others   []articleLink
	Agenda   []eventRow
	Covered  wording.Cell
	Cases    []detailCase
	Closed   bool // cases are not for this visitor
	Sources  []sourceRow
}

// storyRow is one story with the places it stands in.
type storyRow struct {
	Date, Title, URL, Place string
	Articles                []articleLink
}

// articleLink is one article: its channel leads to it.
type articleLink struct{ Date, Title, URL, Channel string }

// eventRow is one announced event and whether a story tells of it.
type eventRow struct {
	Date, Title, Venue string
	Covered            bool
	Judged             bool // stories have been matched with the agenda
	Stories            int
	StoryTitle, URL    string
	StoryDate          string
}

// detailCase is one case under one clock.
type detailCase struct {
	ID, URL, Kind, From, Ended string
	Wait                       wording.Cell
	State, Class               string
}

// newAgencyRows words the rows of an OPD.
func newAgencyRows(d *metrics.OPDDetail, sel *selection) agencyRows {
	v := agencyRows{Covered: wording.Missing("kecocokan dengan berita belum dihitung")}
	for _, st := range d.Stories {
		row := storyRow{Date: wording.ShortDay(st.Date), Title: st.Title, URL: sourceLink(st.URL), Place: st.Place}
		for _, a := range st.Articles {
			row.Articles = append(row.Articles, newArticleLink(a))
		}
		v.Articles += len(row.Articles)
		v.Stories = append(v.Stories, row)
	}
	for _, a := range d.Others {
		v.Others = append(v.Others, newArticleLink(a))
	}
	v.Articles += len(v.Others)
	covered, judged := 0, false
	for _, e := range d.Agenda {
		row := eventRow{Date: wording.ShortDay(e.Date), Title: e.Title, Venue: e.Venue, Judged: e.Stories != nil}
		if e.Stories != nil {
			judged, row.Stories, row.Covered = true, *e.Stories, *e.Stories > 0
		}
		if row.Covered {
			covered++
		}
		if e.First != nil {
			row.StoryTitle, row.URL, row.StoryDate = e.First.Title, sourceLink(e.First.URL), wording.ShortDay(e.First.Date)
		}
		v.Agenda = append(v.Agenda, row)
	}
	if judged {
		v.Covered = wording.Value(wording.Count(covered))
	}
	for _, c := range d.Cases {
		v.Cases = append(v.Cases, newDetailCase(c, sel.query()))
	}
	for _, h := range d.Sources {
		v.Sources = append(v.Sources, newSourceRow(h, sel.Region.Zone, ""))
	}
	return v
}

func newArticleLink(a metrics.OPDArticle) articleLink {
	return articleLink{Date: wording.ShortDay(a.Date), Title: a.Title, URL: sourceLink(a.URL), Channel: a.Channel}
}

func newDetailCase(d metrics.Detail, query string) detailCase {
	sort := metrics.CaseComplaint
	switch d.Kind {
	case metrics.DetailRequest:
		sort = metrics.CasePPID
	case metrics.DetailObjection:
		sort = metrics.CaseObjection
	}
	row := detailCase{
		ID: d.ID, URL: caseURL(sort, d.ID, d.OPD, query), Kind: wording.DetailKind(d.Kind), From: wording.ShortDay(d.Day.String()),
		Ended: "masih terbuka", State: wording.DetailState(d), Class: string(wording.Absent), Wait: wording.Missing("tidak dihitung bulan ini"),
	}
	if d.Kind == metrics.DetailComplaint {
		row.Kind = "verifikasi pengaduan"
	}
	if d.Ended != nil {
		row.Ended = wording.ShortDay(d.Ended.String())
	}
	if d.WaitWD != nil && d.LimitWD != nil {
		row.Wait = wording.Value(strconv.Itoa(*d.WaitWD) + " dari " + strconv.Itoa(*d.LimitWD))
	}
	switch d.State {
	case metrics.DetailLate:
		row.Class = string(wording.Failed)
		if d.Ended == nil {
			row.State = "lewat batas"
		}
	case metrics.DetailOnTime:
		row.Class = string(wording.Measured)
	case metrics.DetailPending:
		row.Class = string(wording.Immature)
	}
	return row
}

// agencyFacts say who the OPD is.
func agencyFacts(d *metrics.OPDDetail) []fact {
	facts := []fact{{Term: "Kode", Value: wording.Value(d.OPD)}}
	add := func(term, text string) {
		if text != "" {
			facts = append(facts, fact{Term: term, Value: wording.Value(text)})
		}
	}
	add("Nama pendek", d.ShortName)
	add("Nama lain", strings.Join(d.Aliases, ", "))
	add("Kelompok sebanding", d.PeerGroup)
	if d.From != nil {
		add("Berdiri", wording.Day(*d.From))
	}
	if d.Until != nil {
		add("Berakhir", wording.Day(*d.Until))
	}
	return facts
}

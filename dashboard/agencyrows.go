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
	OPD                string
	OPDName            wording.Cell
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
	// What a list of many OPD says beside it.
	OPD                    string
	OPDName                wording.Cell
	Type, Progress, Reason string
}

// newAgencyRows words the rows of an OPD.
func newAgencyRows(d *metrics.OPDDetail, sel *selection, links rowLinks) agencyRows {
	lang := sel.Lang
	v := agencyRows{Covered: lang.Missing("kecocokan dengan berita belum dihitung")}
	for _, st := range d.Stories {
		row := storyRow{Date: lang.ShortDay(st.Date), Title: st.Title, URL: sourceLink(st.URL), Place: st.Place}
		for _, a := range st.Articles {
			row.Articles = append(row.Articles, newArticleLink(lang, a))
		}
		v.Articles += len(row.Articles)
		v.Stories = append(v.Stories, row)
	}
	for _, a := range d.Others {
		v.Others = append(v.Others, newArticleLink(lang, a))
	}
	v.Articles += len(v.Others)
	covered, judged := 0, false
	for _, e := range d.Agenda {
		row := eventRow{Date: lang.ShortDay(e.Date), Title: e.Title, Venue: e.Venue, Judged: e.Stories != nil}
		if e.Stories != nil {
			judged, row.Stories, row.Covered = true, *e.Stories, *e.Stories > 0
		}
		if row.Covered {
			covered++
		}
		if e.First != nil {
			row.StoryTitle, row.URL, row.StoryDate = e.First.Title, sourceLink(e.First.URL), lang.ShortDay(e.First.Date)
		}
		v.Agenda = append(v.Agenda, row)
	}
	if judged {
		v.Covered = wording.Value(lang.Count(covered))
	}
	for _, c := range d.Cases {
		v.Cases = append(v.Cases, newDetailCase(lang, c, sel.query()))
	}
	for _, h := range d.Sources {
		v.Sources = append(v.Sources, newSourceRow(lang, links, h, sel.Region.Zone, "", sel.Now))
	}
	return v
}

func newArticleLink(lang wording.Language, a metrics.OPDArticle) articleLink {
	return articleLink{Date: lang.ShortDay(a.Date), Title: a.Title, URL: sourceLink(a.URL), Channel: a.Channel}
}

func newDetailCase(lang wording.Language, d metrics.Detail, query string) detailCase {
	row := detailCase{
		ID: d.ID, URL: caseURL(caseSort(d.Kind), d.ID, d.OPD, query), Kind: lang.DetailKind(d.Kind), From: lang.ShortDay(d.Day.String()),
		Ended: lang.T("masih terbuka"), State: lang.DetailState(d), Class: string(wording.Absent), Wait: lang.Missing("tidak dihitung periode ini"),
	}
	if d.Kind == metrics.DetailComplaint {
		row.Kind = lang.T("verifikasi pengaduan")
	}
	if d.Ended != nil {
		row.Ended = lang.ShortDay(d.Ended.String())
	}
	if d.WaitWD != nil && d.LimitWD != nil {
		row.Wait = wording.Value(lang.T("{1} dari {2}", strconv.Itoa(*d.WaitWD), strconv.Itoa(*d.LimitWD)))
	}
	switch d.State {
	case metrics.DetailLate:
		row.Class = string(wording.Failed)
		if d.Ended == nil {
			row.State = lang.T("lewat batas")
		}
	case metrics.DetailOnTime:
		row.Class = string(wording.Measured)
	case metrics.DetailPending:
		row.Class = string(wording.Immature)
	}
	return row
}

// agencyFacts say who the OPD is.
func agencyFacts(lang wording.Language, d *metrics.OPDDetail) []fact {
	facts := []fact{{Term: lang.T("Kode"), Value: wording.Value(d.OPD)}}
	add := func(term, text string) {
		if text != "" {
			facts = append(facts, fact{Term: term, Value: wording.Value(text)})
		}
	}
	add(lang.T("Nama pendek"), d.ShortName)
	add(lang.T("Nama lain"), strings.Join(d.Aliases, ", "))
	add(lang.T("Kelompok sebanding"), d.PeerGroup)
	if d.From != nil {
		add(lang.T("Berdiri"), lang.Day(*d.From))
	}
	if d.Until != nil {
		add(lang.T("Berakhir"), lang.Day(*d.Until))
	}
	return facts
}

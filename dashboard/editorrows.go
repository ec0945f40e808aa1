package dashboard

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// weekRow is one week of an OPD beside its target.
type weekRow struct {
	Week    string // its days
	OPD     string
	OPDName wording.Cell
	Stories drill
	Target  string
	Met     bool
}

// draftPiece is one draft that was sent to the editors.
type draftPiece struct {
	ID, Title, URL, OPD string
	OPDName             wording.Cell
	Sent, Decided       string
	State, Class        string
	Hours               wording.Cell
}

// newsPiece is one piece of false news and how long it stood.
type newsPiece struct {
	ID, Title, URL, OPD string
	OPDName             wording.Cell
	Spotted, Answered   string
	State, Class        string
	Wait                wording.Cell
}

// addWeek takes in a week; its stories are those of all its days, also where
// they lie outside the period.
func (l *rowList) addWeek(d metrics.Detail, name wording.Cell) {
	lang, week := l.sel.Lang, calendar.Period{First: d.Day, Last: d.Day.Add(6)}
	l.view.Weeks = append(l.view.Weeks, weekRow{
		Week: lang.ShortSpan(week), OPD: d.OPD, OPDName: name, Target: lang.Trim(d.Target, 1), Met: d.State == metrics.DetailMet,
		Stories: l.links.in(l.sel, week).to(storyRows, allRows, d.OPD, d.Stories),
	})
}

// addDraft takes in a draft.
func (l *rowList) addDraft(d metrics.Detail, name wording.Cell) {
	lang := l.sel.Lang
	row := draftPiece{
		ID: d.ID, Title: d.Title, URL: sourceLink(d.URL), OPD: d.OPD, OPDName: name, Sent: lang.ShortDay(d.Day.String()),
		State: lang.DetailState(d), Class: string(wording.Absent), Hours: lang.OptionalNumber(d.Hours, 1, "belum ada waktu putusannya"),
	}
	if d.Ended != nil {
		row.Decided = lang.ShortDay(d.Ended.String())
	}
	switch d.State {
	case metrics.DetailPublished:
		row.Class = string(wording.Measured)
	case metrics.DetailWaiting:
		row.Class = string(wording.Immature)
	}
	l.view.Drafts = append(l.view.Drafts, row)
}

// addNews takes in a piece of false news.
func (l *rowList) addNews(d metrics.Detail, name wording.Cell) {
	lang := l.sel.Lang
	row := newsPiece{
		ID: d.ID, Title: d.Title, URL: sourceLink(d.URL), OPD: d.OPD, OPDName: name, Spotted: lang.ShortDay(d.Day.String()),
		State: lang.DetailState(d), Class: string(wording.Immature), Wait: lang.OptionalCount(d.WaitWD, "tidak dihitung periode ini"),
	}
	if d.Ended != nil {
		row.Answered, row.Class = lang.ShortDay(d.Ended.String()), string(wording.Measured)
	}
	l.view.News = append(l.view.News, row)
}

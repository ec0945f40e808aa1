package dashboard

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// rowList collects one page of a list of rows and counts them all.
type rowList struct {
	view  *rowsView
	links rowLinks
	sel   *selection
	ask   rowAsk
	from  int // rows before the page
	most  int // rows on it; 0 for all
	// listing is how rows with columns of their own are read, at the instant
	// that polls are counted at, and sourceOPD the OPD they were booked for: nil
	// for the polls that the health of a source counts. more is the end of the
	// address that says so.
	listing   listing
	at        time.Time
	sourceOPD *string
	more      string
	// rankedOver is the period whose ranking the rows are restricted by.
	rankedOver *calendar.Period
	file       *rowFile // takes the rows instead of the page; nil for the page

	days    []calendar.Day
	stories map[calendar.Day]int
	due     []metrics.DueCase // beside view.Due
}

// sortedDays are the days with a row, in order.
func (l *rowList) sortedDays() []calendar.Day {
	slices.Sort(l.days)
	return l.days
}

// room counts a row, and reports whether it stands on this page.
func (l *rowList) room() bool {
	l.view.Count++
	return l.view.Count > l.from && (l.most == 0 || l.view.Count <= l.from+l.most)
}

// failed words an error of reading the rows.
func (l *rowList) failed(err error) error {
	return fmt.Errorf("dashboard: rows of %s: %w", l.sel.Region.Code, err)
}

// add takes in one row.
func (l *rowList) add(d metrics.Detail) error {
	v, lang := l.view, l.sel.Lang
	if d.Name != "" && d.OPD == l.ask.opd {
		v.OPD = d.Name
	}
	if l.ask.part.days {
		if l.stories == nil {
			l.stories = map[calendar.Day]int{}
		}
		if l.stories[d.Day]++; l.stories[d.Day] == 1 {
			l.days = append(l.days, d.Day)
		}
		return nil
	}
	if l.file != nil {
		return l.file.detail(d, l.shows(d), l.ask.kind.ofPerson())
	}
	if !l.room() {
		return nil
	}
	name := wording.Value(d.Name)
	if d.OPD == "" {
		name = lang.Missing("OPD tidak dikenal")
	}
	switch l.ask.kind.table {
	case pieceTable:
		v.Pieces = append(v.Pieces, pieceRow{
			Date: lang.ShortDay(d.Day.String()), Title: d.Title, URL: sourceLink(d.URL), OPD: d.OPD, OPDName: name,
			Place: d.Category, Channel: d.Channel, Roles: lang.Roles(d.Roles),
		})
	case eventTable:
		row := eventRow{Date: lang.ShortDay(d.Day.String()), Title: d.Title, OPD: d.OPD, OPDName: name, Judged: d.State != "", Covered: d.State == metrics.DetailCovered}
		row.URL = sourceLink(d.URL)
		v.Events = append(v.Events, row)
	default:
		row := newDetailCase(lang, d, v.Query)
		row.OPD, row.OPDName, row.Reason = d.OPD, name, d.Reason
		if d.Kind == metrics.DetailComplaint {
			row.Progress = lang.Progress(d)
		}
		row.Type = lang.KindWords(d.Type)
		if !l.shows(d) {
			row.ID, row.URL = "", ""
		}
		v.Reasons = v.Reasons || d.Reason != ""
		v.Types = v.Types || d.Type != "" && d.Kind != metrics.DetailObjection
		v.Cases = append(v.Cases, row)
	}
	return nil
}

// shows reports whether the visitor may see which case a row is: somebody's own
// figures count cases of OPD whose rows are not for them.
func (l *rowList) shows(d metrics.Detail) bool {
	return !l.ask.kind.ofPerson() || !l.ask.kind.closed() || l.links.visitor.mayOPD(l.sel.Region.Code, d.OPD)
}

// dayRow is one day and its stories.
func (l *rowList) dayRow(day calendar.Day) dayRow {
	links := l.links.in(l.sel, calendar.Period{First: day, Last: day})
	return dayRow{Date: l.sel.Lang.ShortDay(day.String()), Stories: links.to(l.ask.kind.name, allRows, l.ask.key, l.stories[day])}
}

// addDue takes in the cases of a due list, each once: under its most pressing
// clock, the others named behind it.
func (l *rowList) addDue(due *metrics.DueList) {
	rules := requestRules
	if l.ask.kind.name == complaintDueRows {
		rules = complaintRules
	}
	for i, list := range [][]metrics.DueCase{due.Overdue, due.Soon} {
		if i == 0 && l.ask.part.name == soonPart || i == 1 && l.ask.part.name == overduePart {
			continue
		}
		seen := map[string]int{} // where on the page a case stands, -1 for another page
		for _, c := range list {
			if !slices.Contains(rules, c.Rule) || !l.ask.ofOPD(c.OPD) {
				continue
			}
			key := c.OPD + "\x00" + c.ID
			row := newDueRow(l.sel.Lang, c, i == 0, "", l.view.Query)
			if at, known := seen[key]; known {
				if at >= 0 && !strings.Contains(l.view.Due[at].Clock, row.Clock) {
					l.view.Due[at].Clock += ", " + row.Clock
				}
				continue
			}
			if seen[key] = -1; l.room() {
				seen[key] = len(l.view.Due)
				l.view.Due, l.due = append(l.view.Due, row), append(l.due, c)
			}
			if c.OPD == l.ask.opd && c.Name != "" {
				l.view.OPD = c.Name
			}
		}
	}
}

// addAgency takes in one OPD.
func (l *rowList) addAgency(o metrics.PublicationOPD) error {
	if l.file != nil {
		return l.file.agency(o)
	}
	if !l.room() {
		return nil
	}
	lang := l.sel.Lang
	row := agencyRow{OPD: o.OPD, Name: o.Name, Status: lang.Status(o.Status), Reason: lang.StatusReason(o), Stories: wording.Value(lang.Count(o.Stories))}
	if figures.Judged(o) {
		row.WeeksMet = lang.T("{1} dari {2}", lang.Count(o.WeeksMet), lang.Count(o.Weeks))
	}
	l.view.Agencies = append(l.view.Agencies, row)
	return nil
}

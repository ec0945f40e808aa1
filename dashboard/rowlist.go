package dashboard

import (
	"slices"
	"strings"

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
	from  int

	days    []calendar.Day
	stories map[calendar.Day]int
	newest  *metrics.Detail // of a part that is the last row alone
}

// room counts a row, and reports whether it stands on this page.
func (l *rowList) room() bool {
	l.view.Count++
	return l.view.Count > l.from && l.view.Count <= l.from+rowsPerPage
}

// add takes in one row.
func (l *rowList) add(d metrics.Detail) {
	v := l.view
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
		return
	}
	if l.ask.part.last {
		l.newest = &d
		return
	}
	if l.room() {
		l.put(d)
	}
}

// put shows a row on this page.
func (l *rowList) put(d metrics.Detail) {
	v, lang := l.view, l.sel.Lang
	name := wording.Value(d.Name)
	if d.OPD == "" {
		name = lang.Missing("OPD tidak dikenal")
	}
	switch l.ask.kind.table {
	case pieceTable:
		v.Flagged = v.Flagged || len(d.Flags) > 0
		v.Pieces = append(v.Pieces, pieceRow{
			Date: lang.ShortDay(d.Day.String()), Title: d.Title, URL: sourceLink(d.URL), OPD: d.OPD, OPDName: name,
			Place: d.Category, Channel: d.Channel, Signs: flagList(lang, d.Flags),
		})
	case eventTable:
		row := eventRow{Date: lang.ShortDay(d.Day.String()), Title: d.Title, OPD: d.OPD, OPDName: name, Judged: d.State != "", Covered: d.State == metrics.DetailCovered}
		row.URL = sourceLink(d.URL)
		v.Events = append(v.Events, row)
	case weekTable:
		l.addWeek(d, name)
	case draftTable:
		l.addDraft(d, name)
	case newsTable:
		l.addNews(d, name)
	default:
		row := newDetailCase(lang, d, v.Query)
		row.OPD, row.OPDName, row.Reason = d.OPD, name, d.Reason
		if d.Kind == metrics.DetailComplaint {
			row.Progress = lang.Progress(d)
		}
		row.Type = lang.KindWords(d.Type)
		v.Reasons = v.Reasons || d.Reason != ""
		v.Types = v.Types || d.Type != "" && d.Kind != metrics.DetailObjection
		v.Cases = append(v.Cases, row)
	}
}

// dayRow is one day and its stories.
func (l *rowList) dayRow(day calendar.Day) dayRow {
	links := l.links.in(l.sel, calendar.Period{First: day, Last: day})
	return dayRow{Date: l.sel.Lang.ShortDay(day.String()), Stories: links.to(storyRows, allRows, l.ask.opd, l.stories[day])}
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
				l.view.Due = append(l.view.Due, row)
			}
			if c.OPD == l.ask.opd && c.Name != "" {
				l.view.OPD = c.Name
			}
		}
	}
}

// addAgency takes in one OPD.
func (l *rowList) addAgency(o metrics.PublicationOPD) {
	if !l.room() {
		return
	}
	lang := l.sel.Lang
	row := agencyRow{OPD: o.OPD, Name: o.Name, Status: lang.Status(o.Status), Reason: lang.StatusReason(o), Stories: wording.Value(lang.Count(o.Stories))}
	if figures.Judged(o) {
		row.WeeksMet = lang.T("{1} dari {2}", lang.Count(o.WeeksMet), lang.Count(o.Weeks))
	}
	l.view.Agencies = append(l.view.Agencies, row)
}

// flagNames words what is odd about a piece.
var flagNames = map[string]string{
	metrics.FlagBurst:       "terbit beruntun",
	metrics.FlagBackdated:   "bertanggal mundur",
	metrics.FlagNearCopy:    "salinan hampir sama",
	metrics.FlagRepublished: "juga di portal",
}

// flagList says what is odd about a piece.
func flagList(lang wording.Language, flags []string) string {
	words := make([]string, len(flags))
	for i, flag := range flags {
		words[i] = lang.T(flagNames[flag])
	}
	return strings.Join(words, ", ")
}

package dashboard

import (
	"strconv"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// rankingView is the league table, and apart from it the OPD that have no
// place in it.
type rankingView struct {
	Sort     *sorting // nil where the order is fixed
	Tiers    bool     // the ranking is sure enough for tiers
	Ranked   []rankRow
	Unranked []unrankedRow
	lang     wording.Language
}

// rankRow is one ranked OPD.
type rankRow struct {
	OPD      string
	URL      string // of the page about it
	Name     string
	Hidden   bool
	Tier     string
	TopTier  string // how probable tier A is; empty without tiers
	NewTier  bool   // the first row of its tier
	Places   string
	Span     span // the places as a bar over all ranked OPD
	Status   wording.Cell
	Stories  int
	Articles int
	WeeksMet string
	AllWeeks bool
	Active   int
	Since    wording.Cell
	Previous wording.Cell
	Move     move
	Shift    shift
	Score    wording.Cell
	Raw      string // the attainment before shrinkage; empty when there is none

	weeks int  // those that were judged
	last  last // when the last story was

	links rowLinks
	// of is the OPD whose rows they are; empty for those of a region.
	of string
	// before leads to the rows of the period compared with.
	before rowLinks
	// previous is the number of stories before, 0 where it is not known.
	previous int
}

// DrillStories are the stories, which lead to themselves.
func (r rankRow) DrillStories() drill { return r.links.to(storyRows, allRows, r.of, r.Stories) }

// DrillArticles are the articles.
func (r rankRow) DrillArticles() drill { return r.links.to(articleRows, allRows, r.of, r.Articles) }

// DrillDays are the days with a story.
func (r rankRow) DrillDays() drill { return r.links.to(storyRows, daysPart, r.of, r.Active) }

// DrillWeeks are the weeks that met the target among those judged; they lead to
// all of these.
func (r rankRow) DrillWeeks() drill { return r.links.weeks(r.of, r.weeks, wording.Value(r.WeeksMet)) }

// DrillScore is the attainment; it leads to the weeks it is of.
func (r rankRow) DrillScore() drill { return r.links.weeks(r.of, r.weeks, r.Score) }

// DrillSince are the days since the last story; they lead to it.
func (r rankRow) DrillSince() drill { return r.last.drill(r.of, r.Since) }

// DrillPrevious are the stories of the period compared with.
func (r rankRow) DrillPrevious() drill {
	return r.before.cell(storyRows, allRows, r.of, r.previous, r.Previous)
}

// leadTo makes the figures of the table lead to their rows.
func (v *rankingView) leadTo(m *monthly) {
	before := m.rows.earlier(m.sel)
	for i := range v.Ranked {
		r := &v.Ranked[i]
		r.links, r.before, r.of = m.rows, before, r.OPD
		r.last.links = m.rows.lastStory(m, r.last.days)
	}
	for i := range v.Unranked {
		v.Unranked[i].links = m.rows
		v.Unranked[i].last.links = m.rows.lastStory(m, v.Unranked[i].last.days)
	}
}

// unrankedRow is one OPD that is listed and not ranked, with the reason why.
type unrankedRow struct {
	OPD     string
	URL     string
	Name    string
	Hidden  bool
	Status  string
	Class   string // of the badge: the state of the figures
	Reason  string
	Stories wording.Cell
	Since   wording.Cell

	links rowLinks
	n     int
	last  last
}

// DrillSince are the days since the last story; they lead to it.
func (r unrankedRow) DrillSince() drill { return r.last.drill(r.OPD, r.Since) }

// last says how long ago an OPD's last story was, and leads to it.
type last struct {
	days  *int
	links rowLinks // to the rows of its day
}

func (l last) drill(opd string, c wording.Cell) drill {
	if l.days == nil {
		return plain(c)
	}
	return l.links.basis(storyRows, newestPart, opd, 1, c)
}

// lastStory are the links to the stories of the day so many days before the day
// that a report looks at.
func (l rowLinks) lastStory(m *monthly, days *int) rowLinks {
	asOf, err := calendar.ParseDay(m.report.AsOf)
	if err != nil || days == nil {
		return rowLinks{}
	}
	day := asOf.Add(-*days)
	return l.in(m.sel, calendar.Period{First: day, Last: day})
}

// weeks is a figure of the judged weeks of an OPD. Of a region there are none
// to lead to.
func (l rowLinks) weeks(opd string, n int, c wording.Cell) drill {
	if opd == "" || c.State != wording.Measured {
		return plain(c)
	}
	return l.basis(weekRows, allRows, opd, n, c)
}

// DrillStories are the stories seen, which lead to themselves.
func (r unrankedRow) DrillStories() drill {
	return r.links.cell(storyRows, allRows, r.OPD, r.n, r.Stories)
}

// move is the difference from the month before.
type move struct {
	Direction figures.Movement
	Text      string // signed: +3, −2, 0
	Words     string // for those who do not see the sign: "naik 3"
}

// span is a bar and a point on a scale from 0 to 100. All zero means none.
type span struct {
	From, Width, Point string
	Show               bool
}

// newRanking splits the OPD of a report into those with a place and those
// without. Both keep the report's order. Rows that a search leaves out are
// there, and hidden: the page can show them again by itself.
func newRanking(lang wording.Language, r *metrics.Report, search, query string) rankingView {
	v := rankingView{lang: lang}
	ranked := 0
	for _, o := range r.Publication.OPD {
		if o.Score != nil {
			ranked++
		}
	}
	tier := ""
	for _, o := range r.Publication.OPD {
		if o.Score == nil {
			v.Unranked = append(v.Unranked, newUnrankedRow(lang, o, search, query))
			continue
		}
		row := newRankRow(lang, o, ranked, search, query)
		v.Tiers = v.Tiers || row.Tier != ""
		row.NewTier = len(v.Ranked) > 0 && row.Tier != tier
		tier = row.Tier
		v.Ranked = append(v.Ranked, row)
	}
	return v
}

func newRankRow(lang wording.Language, o metrics.PublicationOPD, ranked int, search, query string) rankRow {
	row := rankRow{
		OPD:      o.OPD,
		URL:      agencyURL(o.OPD, query),
		Name:     o.Name,
		Hidden:   hides(search, o.Name+" "+o.OPD),
		Tier:     wording.Tier(o.Tier),
		TopTier:  topTier(lang, o.PTopTier),
		Places:   wording.Range(o.RankLow, o.RankHigh),
		Span:     placeSpan(o.RankLow, o.RankHigh, o.RankMean, ranked),
		Status:   wording.Value(lang.Status(o.Status)),
		Stories:  o.Stories,
		Articles: o.Articles,
		WeeksMet: strconv.Itoa(o.WeeksMet) + "/" + strconv.Itoa(o.Weeks),
		AllWeeks: figures.MetTarget(o),
		Active:   o.ActiveDays,
		Since:    since(lang, o),
		weeks:    o.Weeks,
		last:     last{days: o.DaysSinceLast},
		previous: orZero(o.PreviousStories),
		Previous: lang.OptionalCount(o.PreviousStories, "periode pembanding tidak diketahui"),
		Move:     newMove(lang, o),
		Shift:    newShift(lang, o.Movement),
		Score:    wording.Value(lang.Percent(*o.Score, 0)),
	}
	if raw := figures.Raw(o); raw != nil {
		row.Raw = lang.Percent(*raw, 0)
	}
	if o.Weeks == 0 {
		row.WeeksMet = lang.T(wording.ImmatureWords)
	}
	return row
}

// orZero is a count, 0 where there is none.
func orZero(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// topTier words how probable it is to belong to tier A.
func topTier(lang wording.Language, p *float64) string {
	if p == nil {
		return ""
	}
	return lang.T("peluang berada di tingkat A {1}", lang.Percent(*p, 0))
}

// since is how many calendar days ago the last story was.
func since(lang wording.Language, o metrics.PublicationOPD) wording.Cell {
	return lang.OptionalCount(o.DaysSinceLast, "belum pernah ada berita")
}

func newMove(lang wording.Language, o metrics.PublicationOPD) move {
	if o.PreviousStories == nil {
		return move{}
	}
	d := o.Stories - *o.PreviousStories
	switch {
	case d > 0:
		return move{Direction: figures.Up, Text: lang.Signed(d), Words: lang.T("naik {1}", lang.Count(d))}
	case d < 0:
		return move{Direction: figures.Down, Text: lang.Signed(d), Words: lang.T("turun {1}", lang.Count(-d))}
	}
	return move{Direction: figures.Same, Text: "0", Words: lang.T("tetap")}
}

func newUnrankedRow(lang wording.Language, o metrics.PublicationOPD, search, query string) unrankedRow {
	row := unrankedRow{
		OPD:     o.OPD,
		URL:     agencyURL(o.OPD, query),
		Name:    o.Name,
		Hidden:  hides(search, o.Name+" "+o.OPD),
		Status:  lang.Status(o.Status),
		Class:   string(wording.Absent),
		Reason:  lang.StatusReason(o),
		Stories: wording.Value(lang.Count(o.Stories)),
		n:       o.Stories,
		last:    last{days: o.DaysSinceLast},
		Since:   since(lang, o),
	}
	switch o.Status {
	case metrics.StatusSourceFailed:
		row.Class = string(wording.Failed)
		row.Stories = wording.Cell{State: wording.Failed, Text: wording.Unknown, Note: lang.T(wording.FailedWords + "|satu")}
		if o.Stories > 0 {
			row.Stories.Text, row.Stories.Note = "≥ "+lang.Count(o.Stories), lang.T("batas bawah: sebagian tarikan gagal")
		}
	case metrics.StatusNoSource:
		if o.Stories == 0 {
			row.Stories = lang.Missing("tanpa sumber")
		}
	case metrics.StatusNew:
		row.Class = string(wording.Immature)
	}
	if row.Reason == "" {
		row.Class, row.Reason = string(wording.Immature), lang.T("Belum ada minggu yang selesai untuk dinilai.")
	}
	return row
}

// placeSpan draws a range of places on a scale of all n ranked OPD.
func placeSpan(low, high *int, mean *float64, n int) span {
	if low == nil || high == nil || n < 1 {
		return span{}
	}
	step := 100 / float64(n)
	s := span{
		Show:  true,
		From:  coordinate(float64(*low-1) * step),
		Width: coordinate(float64(*high-*low+1) * step),
	}
	if mean != nil {
		s.Point = coordinate((*mean - 0.5) * step)
	}
	return s
}

// shareSpan draws an interval of shares on a scale from 0 to 1.
func shareSpan(low, high, point *float64) span {
	if low == nil || high == nil || point == nil {
		return span{}
	}
	return span{
		Show:  true,
		From:  coordinate(*low * 100),
		Width: coordinate(max(*high-*low, 0) * 100),
		Point: coordinate(*point * 100),
	}
}

// coordinate writes a position for SVG, which reads a decimal point in every
// language.
func coordinate(v float64) string { return strconv.FormatFloat(min(max(v, 0), 100), 'f', 1, 64) }

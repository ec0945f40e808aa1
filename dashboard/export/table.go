// Package export writes a monthly report as files: a CSV table for programs
// and an Excel workbook for people. Both are made from the same tables, whose
// values are those of the report, unrounded.
package export

import (
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// kind says how a column's values are shown in a workbook.
type kind int

const (
	text    kind = iota
	count        // whole number
	decimal      // one decimal
	percent      // 0–1, shown in whole per cent
	share        // 0–1, shown in per cent with one decimal
	date         // a day as spreadsheets count them
)

// column is one column of a table.
type column struct {
	key   string // the JSON key of the report, used as the CSV header
	title string // the Indonesian header of the workbook
	kind  kind
	width float64 // in characters
}

// metric is the column of a figure of the registry, by its path in the report.
func metric(path string, kind kind, width float64) column {
	key := path[strings.LastIndexByte(path, '.')+1:]
	return column{key: key, title: wording.Indonesian.MetricHead(path), kind: kind, width: width}
}

// cell is one value. value is what the report holds: string, int, float64,
// bool, or nil when it is not known. words, when set, is what a workbook shows
// in its place, because the bare value would be misread. kind, when set, takes
// the place of the column's.
type cell struct {
	value any
	words string
	kind  kind
}

// table is one table of a report.
type table struct {
	name    string // in file names
	title   string
	columns []column
	rows    [][]cell
}

// codeTitle is the title of a column of codes, which are never broken.
const codeTitle = "Kode"

func plain(v any) cell { return cell{value: v} }

// optional is the value behind p, or the words for not having one.
func optional[T any](p *T, words string) cell {
	if p == nil {
		return cell{words: words}
	}
	return cell{value: *p}
}

// shareOf is a share of n cases, shown as precisely as on the pages.
func shareOf(p *float64, n int, words string) cell {
	c := optional(p, words)
	if c.kind = percent; wording.ShareDecimals(n) > 0 {
		c.kind = share
	}
	return c
}

// ranking is the league table of publication, every OPD in the report's order.
func ranking(r *metrics.Report) table {
	t := table{name: "publikasi", title: "Peringkat publikasi OPD", columns: []column{
		{"tier", "Tingkat", text, 9},
		metric("publication.opd.rank_low", count, 9),
		metric("publication.opd.rank_high", count, 9),
		{"opd", codeTitle, text, 9},
		{"name", "OPD", text, 46},
		{"status", "Status", text, 14},
		metric("publication.opd.stories", count, 13),
		metric("publication.opd.articles", count, 9),
		metric("publication.opd.weeks_met", count, 10),
		metric("publication.opd.weeks", count, 9),
		metric("publication.opd.target_per_week", decimal, 9),
		metric("publication.opd.active_days", count, 8),
		metric("publication.opd.days_since_last", count, 13),
		metric("publication.opd.previous_stories", count, 10),
		metric("publication.opd.score", percent, 12),
		metric("publication.opd.rank_mean", decimal, 10),
		metric("publication.opd.p_top_tier", percent, 12),
	}}
	for _, o := range r.Publication.OPD {
		stories := plain(o.Stories)
		if o.Stories == 0 && (o.Status == metrics.StatusSourceFailed || o.Status == metrics.StatusNoSource) {
			stories.words = wording.Indonesian.Status(o.Status)
		}
		unranked := wording.Unknown
		t.rows = append(t.rows, []cell{
			tierCell(o.Tier, o.Score, unranked),
			optional(o.RankLow, unranked), optional(o.RankHigh, unranked),
			plain(o.OPD), plain(o.Name), worded(string(o.Status), wording.Indonesian.Status(o.Status)),
			stories, plain(o.Articles), plain(o.WeeksMet), plain(o.Weeks), plain(o.TargetPerWeek),
			plain(o.ActiveDays), optional(o.DaysSinceLast, "belum pernah"), optional(o.PreviousStories, wording.Unknown),
			optional(o.Score, unranked), optional(o.RankMean, unranked), topTier(o.PTopTier, o.Score, unranked),
		})
	}
	return t
}

// worded is a value that a workbook shows in words.
func worded(v any, words string) cell { return cell{value: v, words: words} }

// noTiers says of a ranked OPD that the ranking shows no tiers: nobody differs
// from the first beyond chance.
const noTiers = "setara"

// tierCell is a tier by its name. Without one it says so for an OPD that is
// ranked, by its score, and gives the words for one that is not.
func tierCell(tier *string, score *float64, words string) cell {
	switch {
	case tier != nil:
		return plain(*tier)
	case score != nil:
		return cell{words: noTiers}
	}
	return cell{words: words}
}

// topTier is the probability to belong to the top tier. Without one it says so, as tierCell does.
func topTier(p, score *float64, words string) cell {
	if p == nil && score != nil {
		words = noTiers
	}
	return optional(p, words)
}

// caseColumns are the columns of every table of response times.
var caseColumns = []column{
	{"opd", codeTitle, text, 9},
	{"name", "OPD", text, 46},
	metric("ppid.opd.n", count, 8),
	metric("ppid.opd.on_time", count, 8),
	metric("ppid.opd.late", count, 10),
	metric("ppid.opd.pending", count, 10),
	metric("ppid.opd.excluded", count, 11),
	metric("ppid.opd.on_time_share", percent, 13),
	metric("ppid.opd.on_time_low", percent, 10),
	metric("ppid.opd.on_time_high", percent, 10),
	metric("ppid.opd.median_wd", count, 11),
	metric("ppid.opd.rmst_wd", decimal, 14),
	{"rmst_is_bound", "Batas atas", text, 10},
	metric("ppid.opd.mean_closed_wd", decimal, 14),
	{"tier", "Tingkat", text, 12},
	metric("ppid.opd.rank_low", count, 8),
	metric("ppid.opd.rank_high", count, 8),
	metric("ppid.opd.p_top_tier", percent, 12),
}

func caseCells(c metrics.CaseOPD) []cell {
	decided := c.OnTime + c.Late
	undecided := wording.Indonesian.OnTimeShare(nil, c.CaseCounts).Text
	noCases := wording.Unknown
	bound := cell{words: noCases}
	if c.RMSTIsBound != nil {
		bound = worded(*c.RMSTIsBound, "tidak")
		if *c.RMSTIsBound {
			bound.words = "ya (≤)"
		}
	}
	return []cell{
		plain(c.OPD), plain(c.Name), plain(c.N),
		plain(c.OnTime), plain(c.Late), plain(c.Pending), plain(c.Excluded),
		shareOf(c.OnTimeShare, decided, undecided), shareOf(c.OnTimeLow, decided, wording.Unknown), shareOf(c.OnTimeHigh, decided, wording.Unknown),
		optional(c.MedianWD, "belum tercapai"), optional(c.RMSTWD, noCases), bound, optional(c.MeanClosedWD, wording.Unknown),
		tierCell(c.Tier, c.Score, wording.ScarceWords), optional(c.RankLow, wording.Unknown), optional(c.RankHigh, wording.Unknown),
		topTier(c.PTopTier, c.Score, wording.ScarceWords),
	}
}

// requests is the table of PPID response times.
func requests(r *metrics.Report) table {
	t := table{name: "ppid", title: "Permohonan informasi PPID", columns: caseColumns}
	for _, c := range r.PPID.OPD {
		t.rows = append(t.rows, caseCells(c))
	}
	return t
}

// The clocks of a complaint as the CSV names them, and their Indonesian words.
const (
	firstResponse = "first_response"
	resolve       = "resolve"
)

var clockWords = map[string]string{firstResponse: "Tanggapan pertama", resolve: "Penyelesaian"}

// complaints is the table of complaint response times under both clocks.
func complaints(r *metrics.Report) table {
	t := table{
		name: "pengaduan", title: "Pengaduan SP4N-LAPOR!",
		columns: append([]column{{"clock", "Tahap", text, 19}}, caseColumns...),
	}
	add := func(clock string, rows []metrics.CaseOPD) {
		for _, c := range rows {
			t.rows = append(t.rows, append([]cell{worded(clock, clockWords[clock])}, caseCells(c)...))
		}
	}
	add(firstResponse, r.Complaints.FirstResponse.OPD)
	add(resolve, r.Complaints.Resolve.OPD)
	return t
}

// people is the table of works; the roles stand apart and are never added up.
func people(r *metrics.Report) table {
	t := table{name: "pranata-humas", title: "Karya pranata humas", columns: []column{
		{"person_id", "Nomor", text, 20},
		{"name", "Nama", text, 34},
		{"group", "Kelompok", text, 16},
		{"jenjang", "Jenjang", text, 16},
		{"opd", "OPD", text, 40},
		metric("people.as_author", count, 10),
		metric("people.as_editor", count, 11),
		metric("people.as_photographer", count, 11),
		metric("people.ppid_handled", count, 10),
		metric("people.complaints_handled", count, 11),
		metric("people.active_days", count, 8),
		metric("people.agenda_covered", count, 9),
	}}
	names := opdNames(r)
	for _, p := range r.People {
		opd := worded(p.OPD, names[p.OPD])
		t.rows = append(t.rows, []cell{
			plain(p.PersonID), plain(p.Name), plain(p.Group), plain(p.Jenjang), opd,
			plain(p.AsAuthor), plain(p.AsEditor), plain(p.AsPhotographer),
			plain(p.PPIDHandled), plain(p.ComplaintsHandled), plain(p.ActiveDays),
			optional(p.AgendaCovered, wording.Unknown),
		})
	}
	return t
}

// opdNames maps the codes of a report's OPD to their names.
func opdNames(r *metrics.Report) map[string]string {
	names := make(map[string]string, len(r.Publication.OPD))
	for _, o := range r.Publication.OPD {
		names[o.OPD] = o.Name
	}
	return names
}

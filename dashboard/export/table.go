// Package export writes a monthly report as files: a CSV table for programs
// and an Excel workbook for people. Both are made from the same tables, whose
// values are those of the report, unrounded.
package export

import (
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
		{"rank_low", "Tempat dari", count, 9},
		{"rank_high", "Tempat sampai", count, 9},
		{"opd", codeTitle, text, 9},
		{"name", "OPD", text, 46},
		{"status", "Status", text, 14},
		{"stories", "Berita", count, 13},
		{"articles", "Artikel", count, 9},
		{"weeks_met", "Minggu terpenuhi", count, 10},
		{"weeks", "Minggu dinilai", count, 9},
		{"target_per_week", "Target per minggu", decimal, 9},
		{"active_days", "Hari aktif", count, 8},
		{"days_since_last", "Hari sejak terakhir", count, 13},
		{"previous_stories", "Berita bulan lalu", count, 10},
		{"score", "Capaian disesuaikan", percent, 12},
		{"rank_mean", "Rata-rata tempat", decimal, 10},
		{"p_top_tier", topTierTitle, percent, 12},
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

// topTierTitle heads the probability to belong to the top tier.
const topTierTitle = "Peluang papan atas"

// topTier is that probability. Without one it says so, as tierCell does.
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
	{"n", "Kasus", count, 8},
	{"on_time", "Tepat waktu", count, 8},
	{"late", "Terlambat", count, 10},
	{"pending", "Menunggu", count, 10},
	{"excluded", "Dikeluarkan", count, 11},
	{"on_time_share", "Tepat waktu (%)", percent, 13},
	{"on_time_low", "Selang 95% dari", percent, 10},
	{"on_time_high", "Selang 95% sampai", percent, 10},
	{"median_wd", "Median (hari kerja)", count, 11},
	{"rmst_wd", "Rata-rata tunggu s.d. 30 hari kerja", decimal, 14},
	{"rmst_is_bound", "Batas atas", text, 10},
	{"mean_closed_wd", "Rata-rata yang selesai (hari kerja)", decimal, 14},
	{"tier", "Tingkat", text, 12},
	{"rank_low", "Tempat dari", count, 8},
	{"rank_high", "Tempat sampai", count, 8},
	{"p_top_tier", topTierTitle, percent, 12},
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
		{"as_author", "Sebagai penulis", count, 10},
		{"as_editor", "Sebagai penyunting", count, 11},
		{"as_photographer", "Sebagai fotografer", count, 11},
		{"ppid_handled", "PPID ditangani", count, 10},
		{"complaints_handled", "Pengaduan ditangani", count, 11},
		{"active_days", "Hari aktif", count, 8},
		{"agenda_covered", "Agenda diliput", count, 9},
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

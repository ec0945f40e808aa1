package dashboard

import (
	"math"
	"slices"
	"strings"

	"gaung/dashboard/figures"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// rowKind is one sort of rows behind figures, as the address of the page of
// rows names it.
type rowKind struct {
	name, words string
	detail      metrics.DetailKind // empty where the rows are not [metrics.Detail]
	table       rowTable
	// parts are the figures that count only some of the rows.
	parts []rowPart
}

// rowTable is the shape of a table of rows.
type rowTable int

// The tables of the page of rows.
const (
	pieceTable rowTable = iota
	eventTable
	caseRows // what only those may see who may see the rows of an OPD
	dueTable // as caseRows
	opdTable
	listTable // rows with columns of their own; see [listing]
)

// closed reports whether rows are for those only who may see the rows of an OPD.
func (k rowKind) closed() bool { return k.table == caseRows || k.table == dueTable }

// admits reports whether a visitor may see a part of the rows about an OPD, a
// person or whatever else the key of the rows is.
func (k rowKind) admits(v visitor, region, part, key string) bool {
	switch {
	case k.name == personRows || k.name == staffedRows:
		return v.may(seePersons)
	case k.name == doubtRows && holdsCases(part):
		return v.may(seeRows)
	case k.ofPerson():
		return key != "" && v.mayPerson(key)
	case k.closed():
		return v.mayOPD(region, key)
	}
	return true
}

// rowPart is a part of the rows of a kind: those that a figure counts.
type rowPart struct {
	name, words string
	keeps       func(metrics.Detail, calendar.Period) bool
	agencies    func(metrics.PublicationOPD) bool // of opdTable
	days        bool                              // the figure counts the days of the rows
}

// The names of the kinds of rows in addresses.
const (
	storyRows         = "berita"
	articleRows       = "artikel"
	requestRows       = "permohonan"
	objectionRows     = "keberatan"
	complaintRows     = "pengaduan"
	responseRows      = "tanggapan"
	resolveRows       = "penyelesaian"
	eventRows         = "agenda"
	requestDueRows    = "tenggat-ppid"
	complaintDueRows  = "tenggat-pengaduan"
	opdRows           = "opd"
	allRows           = "semua"
	kindPrefix        = "jenis-"  // a part of complaints: those of a kind
	placePrefix       = "tempat-" // a part of stories: those of a place
	unknownOPD        = "-"       // stands for the OPD nobody could name
	overduePart       = "lewat"
	soonPart          = "segera"
	onTimePart        = "tepat-waktu"
	latePart          = "terlambat"
	pendingPart       = "menunggu"
	excludedPart      = "dikeluarkan"
	judgedPart        = "dinilai"
	cohortPart        = "dihitung"
	receivedPart      = "masuk"
	extendedPart      = "diperpanjang"
	refusedPart       = "ditolak"
	followedUpPart    = "ditindaklanjuti"
	resolvedPart      = "selesai"
	daysPart          = "hari"
	coveredPart       = "diliput"
	metPart           = "memenuhi"
	quietPart         = "diam"
	sourceFailedPart  = "sumber-gagal"
	noSourcePart      = "tanpa-sumber"
	publicationJudged = "dapat-dinilai"
	heardPart         = "dapat-didengar"
)

func ofState(states ...metrics.DetailState) func(metrics.Detail, calendar.Period) bool {
	return func(d metrics.Detail, _ calendar.Period) bool { return slices.Contains(states, d.State) }
}

func ofProgress(stages ...metrics.Progress) func(metrics.Detail, calendar.Period) bool {
	return func(d metrics.Detail, _ calendar.Period) bool { return slices.Contains(stages, d.Progress) }
}

func ofStatus(status metrics.OPDStatus) func(metrics.PublicationOPD) bool {
	return func(o metrics.PublicationOPD) bool { return o.Status == status }
}

// caseParts are the parts of the cases under a clock.
var caseParts = []rowPart{
	{name: cohortPart, words: "yang dihitung periode ini", keeps: func(d metrics.Detail, _ calendar.Period) bool { return d.State != "" }},
	{name: onTimePart, words: "tepat waktu", keeps: ofState(metrics.DetailOnTime)},
	{name: latePart, words: "terlambat", keeps: ofState(metrics.DetailLate)},
	{name: pendingPart, words: "menunggu dalam batas", keeps: ofState(metrics.DetailPending)},
	{name: excludedPart, words: "dikeluarkan", keeps: ofState(metrics.DetailExcluded)},
	{name: judgedPart, words: "tepat waktu atau terlambat", keeps: ofState(metrics.DetailOnTime, metrics.DetailLate)},
}

// duePart are the two halves of the list of due days.
var dueParts = []rowPart{{name: overduePart, words: "lewat batas"}, {name: soonPart, words: "jatuh tempo dalam 7 hari"}}

// rowKinds lists the kinds of rows.
var rowKinds = slices.Concat([]rowKind{
	{storyRows, "Berita", metrics.DetailStory, pieceTable, []rowPart{{name: daysPart, words: "menurut hari", days: true}}},
	{articleRows, "Artikel", metrics.DetailArticle, pieceTable, nil},
	{requestRows, "Permohonan PPID", metrics.DetailRequest, caseRows, append([]rowPart{
		{name: receivedPart, words: "yang masuk periode ini", keeps: func(d metrics.Detail, p calendar.Period) bool {
			return d.Received != nil && *d.Received >= p.First && *d.Received <= p.Last
		}},
		{name: extendedPart, words: "diperpanjang", keeps: func(d metrics.Detail, _ calendar.Period) bool { return d.State != "" && d.Extended }},
		{name: refusedPart, words: "ditolak", keeps: func(d metrics.Detail, _ calendar.Period) bool { return d.State != "" && d.Refused }},
	}, caseParts...)},
	{objectionRows, "Keberatan|jam", metrics.DetailObjection, caseRows, caseParts},
	{complaintRows, "Pengaduan", metrics.DetailComplaint, caseRows, append([]rowPart{
		{name: followedUpPart, words: "ditindaklanjuti", keeps: ofProgress(metrics.ProgressFollowedUp, metrics.ProgressResolved)},
		{name: resolvedPart, words: "selesai", keeps: ofProgress(metrics.ProgressResolved)},
	}, caseParts...)},
	{responseRows, "Tanggapan pertama", metrics.DetailFirstResponse, caseRows, caseParts},
	{resolveRows, "Penyelesaian", metrics.DetailResolve, caseRows, caseParts},
	{eventRows, "Agenda", metrics.DetailEvent, eventTable, []rowPart{{name: coveredPart, words: "menjadi berita", keeps: ofState(metrics.DetailCovered)}}},
	{requestDueRows, "Tenggat PPID", "", dueTable, dueParts},
	{complaintDueRows, "Tenggat pengaduan", "", dueTable, dueParts},
	{opdRows, "OPD", "", opdTable, []rowPart{
		{name: metPart, words: "memenuhi target tiap minggu", agencies: figures.MetTarget},
		{name: publicationJudged, words: "yang dapat dinilai", agencies: figures.Judged},
		{name: heardPart, words: "yang suaranya dapat dinilai", agencies: metrics.PublicationOPD.Heard},
		{name: quietPart, words: "tanpa berita sepanjang periode", agencies: ofStatus(metrics.StatusQuiet)},
		{name: sourceFailedPart, words: "dengan sumber gagal", agencies: ofStatus(metrics.StatusSourceFailed)},
		{name: noSourcePart, words: "tanpa sumber", agencies: ofStatus(metrics.StatusNoSource)},
	}},
}, personRowKinds, listKinds)

// rowKindOf finds a kind by its name in an address.
func rowKindOf(name string) (rowKind, bool) {
	i := slices.IndexFunc(rowKinds, func(k rowKind) bool { return k.name == name })
	if i < 0 {
		return rowKind{}, false
	}
	return rowKinds[i], true
}

// part finds a part of the rows by its name in an address. Parts by the kind of
// a complaint or the place of a story are named after it.
func (k rowKind) part(name string) (rowPart, bool) {
	if name == allRows || name == "" {
		return rowPart{name: allRows}, true
	}
	if kind, ok := strings.CutPrefix(name, kindPrefix); ok && k.detail == metrics.DetailComplaint {
		return rowPart{name: name, words: kind, keeps: func(d metrics.Detail, _ calendar.Period) bool { return d.Type == kind }}, true
	}
	if place, ok := strings.CutPrefix(name, placePrefix); ok && k.detail == metrics.DetailStory {
		return rowPart{name: name, words: place, keeps: func(d metrics.Detail, _ calendar.Period) bool { return d.Category == place }}, true
	}
	i := slices.IndexFunc(k.parts, func(p rowPart) bool { return p.name == name })
	if i < 0 {
		return rowPart{}, false
	}
	return k.parts[i], true
}

// shareCount is how many a share of n is.
func shareCount(share *float64, n int) int {
	if share == nil {
		return 0
	}
	return int(math.Round(*share * float64(n)))
}

package dashboard

import (
	"slices"

	"gaung/metrics"
	"gaung/metrics/calendar"
)

// The names in addresses of the rows behind the figures of one person; their
// key is the person.
const (
	workRows            = "karya"
	personEventRows     = "agenda-orang"
	personRequestRows   = "permohonan-orang"
	personComplaintRows = "pengaduan-orang"
)

// The parts of a person's works: what the person did for them.
const (
	authorPart       = "penulis"
	editorPart       = "penyunting"
	photographerPart = "fotografer"
)

func asRole(role string) func(metrics.Detail, calendar.Period) bool {
	return func(d metrics.Detail, _ calendar.Period) bool { return slices.Contains(d.Roles, role) }
}

// personRowKinds are the rows of one person, for those only who may see that
// person's page.
var personRowKinds = []rowKind{
	{workRows, "Karya", metrics.DetailStory, pieceTable, []rowPart{
		{name: authorPart, words: "sebagai penulis", keeps: asRole("author")},
		{name: editorPart, words: "sebagai penyunting", keeps: asRole("editor")},
		{name: photographerPart, words: "sebagai fotografer", keeps: asRole("photographer")},
		{name: daysPart, words: "menurut hari", days: true},
	}},
	{personEventRows, "Agenda menjadi berita", metrics.DetailEvent, eventTable, nil},
	{personRequestRows, "Permohonan PPID ditangani", metrics.DetailRequest, caseRows, caseParts},
	{personComplaintRows, "Pengaduan ditangani", metrics.DetailFirstResponse, caseRows, caseParts},
}

// ofPerson reports whether the rows are those of one person.
func (k rowKind) ofPerson() bool {
	return k.name == workRows || k.name == personEventRows || k.name == personRequestRows || k.name == personComplaintRows
}

// monthOf are the links to the rows of a month as they stood on a day, both as
// a report writes them; to nowhere where they cannot be read.
func (l rowLinks) monthOf(sel *selection, month, asOf string) rowLinks {
	m, err := calendar.ParseMonth(month)
	day, err2 := calendar.ParseDay(asOf)
	if err != nil || err2 != nil {
		return rowLinks{}
	}
	return l.at(sel, m.Period(), day)
}

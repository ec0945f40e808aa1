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

// workParts name the parts of a person's works by role.
var workParts = map[string]string{"author": authorPart, "editor": editorPart, "photographer": photographerPart}

package ingest

import (
	"slices"
	"strings"
)

// kind is one kind of rows that can be imported: its columns, the table its
// facts go to, and how a row becomes a fact. A new kind is one file
// kind_….go and one line in [kinds].
type kind struct {
	name    string
	table   string
	columns []column
	// fields are the table's columns in the order of fact.values, without the
	// region and the version columns.
	fields []string
	// parse reads one row. Problems it reports on the record make the row a
	// reject; the fact is then not used.
	parse func(*record) fact
	// forms are official register layouts recognised without a map file.
	forms []*form
	// anyRegion lets rows stand without a region.
	anyRegion bool
}

// column is a canonical import column.
type column struct {
	name     string
	required bool
}

// kinds lists what can be imported, in the order of the contract.
var kinds = []*kind{
	opdKind,
	peopleKind,
	articlesKind,
	ppidKind,
	objectionsKind,
	complaintsKind,
	agendaKind,
	submissionsKind,
	clarificationsKind,
	holidaysKind,
	targetsKind,
}

// Kinds lists the names of what can be imported.
func Kinds() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

func kindNamed(name string) (*kind, error) {
	for _, k := range kinds {
		if k.name == name {
			return k, nil
		}
	}
	return nil, usagef("jenis %q tidak dikenal; pakai salah satu dari %s", name, strings.Join(Kinds(), ", "))
}

// required and optional make column lists readable as the contract prints
// them: bold columns first.
func required(names ...string) []column { return columnList(true, names) }

func optional(names ...string) []column { return columnList(false, names) }

func columnList(required bool, names []string) []column {
	list := make([]column, len(names))
	for i, name := range names {
		list[i] = column{name: name, required: required}
	}
	return list
}

func (k *kind) column(name string) (column, bool) {
	i := slices.IndexFunc(k.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return column{}, false
	}
	return k.columns[i], true
}

func (k *kind) has(name string) bool {
	_, ok := k.column(name)
	return ok
}

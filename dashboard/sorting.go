package dashboard

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gaung/metrics"
)

// sorting is the order of the tables of a page: a column of one of the page's
// tables, or none for the order of the ranking. It stands in the address, so
// that it works without scripts and a copied link keeps it.
type sorting struct {
	key        string
	descending bool
	at         address // of the page, without the order
}

// sorting is the order that the address of the page asks for.
func (m *monthly) sorting() *sorting {
	return &sorting{key: m.sort, descending: m.descending, at: m.sel.address()}
}

// sorted reports whether the rows stand in another order than the ranking's.
func (m *monthly) sorted() bool { return m.sort != "" }

// sortedQuery is the address with the order of its tables; never empty, so
// that it leads to the page itself.
func (a address) sortedQuery() string {
	query := a.query()
	for _, f := range a.kept() {
		if query == "" {
			query = "?"
		} else {
			query += "&"
		}
		query += f.Name + "=" + f.Value
	}
	if query == "" {
		return "?"
	}
	return query
}

// number is what a row is ordered by; ok is false for a value that is not
// known, which stands last either way.
type number struct {
	value float64
	ok    bool
}

// numberOf reads a number that may be missing.
func numberOf(v reflect.Value) number {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return number{}
		}
		v = v.Elem()
	}
	switch {
	case v.CanInt():
		return number{float64(v.Int()), true}
	case v.CanFloat():
		return number{v.Float(), true}
	}
	return number{}
}

// columnKey is what the address calls a column: the last part of its path.
func columnKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// hasColumn reports whether one of the columns goes by the key.
func hasColumn(columns []string, key string) bool {
	return slices.ContainsFunc(columns, func(path string) bool { return columnKey(path) == key })
}

// fieldOf finds the field that the report's JSON calls by the key.
func fieldOf[T any](key string) (index []int, ok bool) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == key {
			return f.Index, true
		}
	}
	return nil, false
}

// sortRows orders a copy of rows by one of the columns or by name; those that
// are equal stand by name, whichever the direction.
func sortRows[T any](s *sorting, rows []T, name func(T) string, columns []string) []T {
	type keyed struct {
		row  T
		by   number
		name string
	}
	index, known := fieldOf[T](s.key)
	if known = known && hasColumn(columns, s.key); !known && s.key != "name" {
		return rows
	}
	list := make([]keyed, len(rows))
	for i, row := range rows {
		list[i] = keyed{row: row, name: strings.ToLower(name(row))}
		if known {
			list[i].by = numberOf(reflect.ValueOf(row).FieldByIndex(index))
		}
	}
	turn := 1
	if s.descending {
		turn = -1
	}
	slices.SortStableFunc(list, func(a, b keyed) int {
		names := cmp.Compare(a.name, b.name)
		switch {
		case !known:
			return turn * names
		case a.by.ok != b.by.ok && a.by.ok:
			return -1
		case a.by.ok != b.by.ok:
			return 1
		}
		return cmp.Or(turn*cmp.Compare(a.by.value, b.by.value), names)
	})
	out := make([]T, len(list))
	for i, k := range list {
		out[i] = k.row
	}
	return out
}

// ordered is the report with its rows in the order of the page; everything that
// shows rows (tables and charts) reads it, so that they agree.
func (m *monthly) ordered() *metrics.Report {
	s := m.sorting()
	if s.key == "" {
		return m.report
	}
	r := *m.report
	name := func(o metrics.CaseOPD) string { return o.Name }
	r.Publication.OPD = sortRows(s, r.Publication.OPD, func(o metrics.PublicationOPD) string { return o.Name }, leagueColumns)
	r.PPID.OPD = sortRows(s, r.PPID.OPD, name, caseColumns)
	r.Complaints.FirstResponse.OPD = sortRows(s, r.Complaints.FirstResponse.OPD, name, caseColumns)
	r.Complaints.Resolve.OPD = sortRows(s, r.Complaints.Resolve.OPD, name, caseColumns)
	return &r
}

// order is the column that the address asks tables to be ordered by; a column
// that no table has is refused.
func (a address) order() (string, error) {
	if a.Sort == "" || a.Sort == "name" || hasColumn(leagueColumns, a.Sort) || hasColumn(caseColumns, a.Sort) {
		return a.Sort, nil
	}
	return "", badValue("Kolom {1} tidak dapat diurutkan; pilih lewat kepala tabel.", nil, strconv.Quote(a.Sort))
}

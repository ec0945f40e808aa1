package source

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// RowReader pulls a source of rows: a table of an application rather than
// articles.
type RowReader interface {
	// ReadRows first calls bind with the names of all columns; bind says, in
	// the same order, which of them are wanted, or refuses. Columns that are
	// not wanted never leave the database server. It then calls emit for
	// every page of rows, in the order of the mark, and returns when there
	// are no more or enough for one poll. Everything that is the source's
	// fault is a *Failure; errors of bind and emit are returned wrapped, a
	// cancelled context as such.
	ReadRows(ctx context.Context, state RowState, bind func(columns []string) (wanted []bool, err error), emit func(RowPage) error) (RowAnswer, error)
}

// RowPage is some rows with the wanted columns as text: NULL is empty, a
// stamp is 2026-01-31 08:00:00 (in the source's zone) or has an offset.
type RowPage struct {
	Columns []string
	Rows    [][]string
	// State is the one to keep when these rows are stored.
	State RowState
}

// RowState is what the next poll of a source of rows needs to know. The zero
// RowState means: never polled. It is plain data, to be kept as JSON, and
// holds no text of the rows.
type RowState struct {
	// Mark is the highest mark that was delivered, as the database writes
	// it, and Class what sort of value it is: time, number or text.
	Mark  string `json:"mark,omitempty"`
	Class string `json:"class,omitempty"`
	// Seen are digests of the delivered rows that the next poll will read
	// again because their mark is too near to Mark to be past for good.
	Seen []string `json:"seen,omitempty"`
}

// RowAnswer is the outcome of one poll of a source of rows.
type RowAnswer struct {
	// Rows counts the rows handed to emit.
	Rows int
	// More says that the poll ended at its limit.
	More bool
	// Notes are Indonesian lines for whoever looks after the sources.
	Notes []string
}

// Rows says that the source brings rows, read by [OpenRows] or
// [ScanRegister], and no articles to be interpreted.
func (s Source) Rows() bool { return s.Kind == kindDatabase || s.Kind == kindRegister }

// Imports is the kind of the rows of a source of rows, else "".
func (s Source) Imports() string {
	switch {
	case s.Kind == kindDatabase && s.Database != nil:
		return s.Database.Import
	case s.Kind == kindRegister && s.Register != nil:
		return s.Register.Import
	}
	return ""
}

// SiteOPD is the OPD that is silent when the source gives nothing: the source's
// own where articles come from, and none where other rows do.
func (s Source) SiteOPD() string {
	if s.Rows() && s.Imports() != "articles" {
		return ""
	}
	return s.OPD
}

const (
	kindDatabase = "database"
	kindRegister = "register"
)

// validateRows checks the sections of sources of rows.
func (s *Source) validateRows() []Problem {
	var problems []Problem
	section := func(kind string, given bool, validate func() []Problem) {
		switch {
		case s.Kind == kind && !given:
			problems = append(problems, Problem{Key: kind, Words: fmt.Sprintf("wajib diisi untuk kind: %s; lihat docs/DATA.md", kind)})
		case s.Kind != kind && given:
			problems = append(problems, Problem{Key: kind, Words: fmt.Sprintf("hanya untuk kind: %s; hapus bagian ini atau ganti kind", kind)})
		case given:
			for _, p := range validate() {
				p.Key = joinKey(kind, p.Key)
				problems = append(problems, p)
			}
		}
	}
	if s.Rows() && strings.TrimSpace(s.URL) != "" {
		problems = append(problems, Problem{Key: "url", Words: fmt.Sprintf("tidak dipakai untuk kind: %s; hapus barisnya", s.Kind)})
	}
	section(kindDatabase, s.Database != nil, func() []Problem { return s.Database.validate() })
	section(kindRegister, s.Register != nil, func() []Problem { return s.Register.validate() })
	return problems
}

// OpenRows returns the reader of a source of the kind database that went
// through validation. zone is the region's; it connects to nothing yet.
func OpenRows(s Source, zone *time.Location, now func() time.Time) (RowReader, error) {
	if s.Kind != kindDatabase || s.Database == nil {
		return nil, fmt.Errorf("source: %s is no database", s.Name)
	}
	if s.Database.Zone != "" {
		named, err := namedZone(s.Database.Zone)
		if err != nil {
			return nil, err
		}
		return &databaseReader{source: s, config: *s.Database, zone: named, convert: named.String() != zone.String(), now: now}, nil
	}
	return &databaseReader{source: s, config: *s.Database, zone: zone, now: now}, nil
}

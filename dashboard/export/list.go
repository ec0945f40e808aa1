package export

import (
	"encoding/csv"
	"io"
	"regexp"
)

// negative is a number below 0, which no spreadsheet runs.
var negative = regexp.MustCompile(`^-\d+(\.\d+)?$`)

// Origin is where rows come from, written on every one of them: the code of the
// region, the month (or both days of another period) and the as-of day.
type Origin struct{ Region, Period, AsOf string }

// List is a CSV file of rows in the form of [CSV], written row by row.
type List struct {
	out    *csv.Writer
	origin []string
}

// NewList begins a file with its columns, region, month and as-of day before
// them.
func NewList(w io.Writer, o Origin, keys []string) (*List, error) {
	out, err := newCSV(w, append([]string{"region", "month", "as_of"}, keys...))
	if err != nil {
		return nil, err
	}
	return &List{out, []string{inert(o.Region), o.Period, o.AsOf}}, nil
}

// Write adds a row with a value for every column. A text that a spreadsheet
// would run as a formula gets an apostrophe in front.
func (l *List) Write(values ...string) error {
	record := append(make([]string, 0, len(l.origin)+len(values)), l.origin...)
	for _, v := range values {
		if !negative.MatchString(v) {
			v = inert(v)
		}
		record = append(record, v)
	}
	return l.out.Write(record)
}

// Close writes what is left.
func (l *List) Close() error { return flush(l.out) }

package metrics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/warehouse/region"
)

// maxPerPage bounds one page of rejects.
const maxPerPage = 500

// DataProblems is what stands between the data of a region and its figures.
type DataProblems struct {
	// RejectedRows is how many rows the last run of every file and source
	// could not use, the number of data_quality.rejected_rows. Rejects are
	// their unusable cells, the latest first: page Page of Pages.
	RejectedRows  int            `json:"rejected_rows"`
	RejectedCells int            `json:"rejected_cells"`
	Page          int            `json:"page"`
	Pages         int            `json:"pages"`
	Rejects       []RejectedCell `json:"rejects"`
	// UnmatchedOPD and UnmatchedPeople are printed names that nobody could
	// resolve, the most frequent first, over all time.
	UnmatchedOPD    []UnmatchedText `json:"unmatched_opd"`
	UnmatchedPeople []UnmatchedText `json:"unmatched_people"`
}

// RejectedCell is one unusable cell of a row or item.
type RejectedCell struct {
	Kind string `json:"kind"`
	// Source is the file, with the sheet behind # when it has several, or the
	// name of the source.
	Source string `json:"source"`
	// Row is the row of the file, or the number of the item in the answer.
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	// Reason is Indonesian: what is wrong and how to put it right.
	Reason     string    `json:"reason"`
	RejectedAt time.Time `json:"rejected_at"`
}

// UnmatchedText is a printed name nobody could resolve.
type UnmatchedText struct {
	Text string `json:"text"`
	// Uses counts the rows it stands in; LastDay is the local day of the
	// latest.
	Uses    int    `json:"uses"`
	LastDay string `json:"last_day"`
	// Places are where it stands: sumber, byline, source (the OPD configured
	// for a source or given in a file), ppid, complaints, agenda.
	Places []string `json:"places"`
	// Example is the address of an article or the number of a case.
	Example string `json:"example"`
}

// DataProblems lists what could not be used or resolved. page counts from 1;
// perPage is how many rejects a page holds, 1 to 500. A value out of range is
// a *UserError; a page behind the last is empty.
func (m *Metrics) DataProblems(ctx context.Context, reg region.Region, page, perPage int) (*DataProblems, error) {
	if page < 1 || page > 1_000_000 {
		return nil, userError(BadValue, "halaman {1} tidak ada; mulai dari 1", page)
	}
	if perPage < 1 || perPage > maxPerPage {
		return nil, userError(BadValue, "{1} baris per halaman di luar 1 sampai {2}", perPage, maxPerPage)
	}
	d := &DataProblems{Page: page, Rejects: []RejectedCell{}, UnmatchedOPD: []UnmatchedText{}, UnmatchedPeople: []UnmatchedText{}}
	if err := m.rejectedCells(ctx, d, reg, page, perPage); err != nil {
		return nil, err
	}
	queue, err := m.ReviewQueue(ctx, reg)
	if err != nil {
		return nil, err
	}
	for _, item := range queue {
		if item.Kind == ReviewOPD {
			d.UnmatchedOPD = append(d.UnmatchedOPD, item.UnmatchedText)
		} else {
			d.UnmatchedPeople = append(d.UnmatchedPeople, item.UnmatchedText)
		}
	}
	return d, nil
}

func (m *Metrics) rejectedCells(ctx context.Context, d *DataProblems, reg region.Region, page, perPage int) error {
	err := each(ctx, m.conn, "rejectedTotals", func(r driver.Rows) error {
		var rows, cells uint64
		err := r.Scan(&rows, &cells)
		d.RejectedRows, d.RejectedCells = int(rows), int(cells)
		return err
	}, named("region", reg.Code))
	if err != nil {
		return err
	}
	d.Pages = (d.RejectedCells + perPage - 1) / perPage
	return each(ctx, m.conn, "rejectedCells", func(r driver.Rows) error {
		var c RejectedCell
		var row uint64
		if err := r.Scan(&c.Kind, &c.Source, &row, &c.Column, &c.Value, &c.Reason, &c.RejectedAt); err != nil {
			return err
		}
		c.Row, c.RejectedAt = int(row), c.RejectedAt.UTC()
		d.Rejects = append(d.Rejects, c)
		return nil
	}, named("region", reg.Code), named("most", uint32(perPage)), named("skipped", uint64(page-1)*uint64(perPage)))
}

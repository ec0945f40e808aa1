package metrics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// Regions lists the codes of the regions that have OPD or data, in order.
func (m *Metrics) Regions(ctx context.Context) ([]string, error) {
	codes := []string{}
	err := each(ctx, m.conn, "regions", func(r driver.Rows) error {
		var code string
		err := r.Scan(&code)
		codes = append(codes, code)
		return err
	})
	return codes, err
}

// DataThrough says how far the data of a region reaches.
type DataThrough struct {
	// Months are the months with a story, a PPID request or a complaint,
	// newest first. A misdated row can put a month in the future here.
	Months []calendar.Month
	// LastArticle is when the latest article was published, LastPoll when a
	// source was last asked, LastImport when a file or pull last finished. All
	// are UTC; zero means never.
	LastArticle time.Time
	LastPoll    time.Time
	LastImport  time.Time
}

// DataThrough says how far the data of a region reaches.
func (m *Metrics) DataThrough(ctx context.Context, r region.Region) (DataThrough, error) {
	d := DataThrough{Months: []calendar.Month{}}
	generations, err := m.generations(ctx, r.Code)
	if err != nil {
		return d, err
	}
	params := []any{
		named("region", r.Code),
		named("articles", generations[rollupArticles]),
		named("ppid", generations[rollupPPID]),
		named("complaints", generations[rollupComplaints]),
	}
	if err := m.dataMonths(ctx, &d, params); err != nil {
		return d, err
	}
	return d, each(ctx, m.conn, "dataThrough", func(rows driver.Rows) error {
		var article, poll, imported *time.Time
		if err := rows.Scan(&article, &poll, &imported); err != nil {
			return err
		}
		d.LastArticle, d.LastPoll, d.LastImport = orZero(article), orZero(poll), orZero(imported)
		return nil
	}, params...)
}

func (m *Metrics) dataMonths(ctx context.Context, d *DataThrough, params []any) error {
	return each(ctx, m.conn, "dataMonths", func(rows driver.Rows) error {
		var year, month int32
		err := rows.Scan(&year, &month)
		d.Months = append(d.Months, calendar.Month{Year: int(year), Month: time.Month(month)})
		return err
	}, params...)
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

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
	// newest first. Those that had not begun when data last came in are left
	// out: only a misdated row can be of them.
	Months []calendar.Month
	// Days reaches from the first day of those months that has a story, a request
	// or a complaint to the last one; the zero value without any.
	Days calendar.Period
	// LastArticle is when the latest article was published, among those not
	// dated after data last came in: such a one is misdated. LastPoll is when a
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
	err = each(ctx, m.conn, "dataThrough", func(rows driver.Rows) error {
		var article, poll, imported *time.Time
		if err := rows.Scan(&article, &poll, &imported); err != nil {
			return err
		}
		d.LastArticle, d.LastPoll, d.LastImport = orZero(article), orZero(poll), orZero(imported)
		return nil
	}, params...)
	if err != nil {
		return d, err
	}
	return d, m.dataMonths(ctx, &d, r.Zone, params)
}

// begun reports whether a month had begun when data last came in. Nothing is
// said against a month while it is not known when that was.
func (d DataThrough) begun(month calendar.Month, zone *time.Location) bool {
	last := d.LastPoll
	if d.LastImport.After(last) {
		last = d.LastImport
	}
	return last.IsZero() || zone == nil || month.First() <= calendar.DayOf(last, zone)
}

// dataMonths reads the months with data that had begun, and their days.
func (m *Metrics) dataMonths(ctx context.Context, d *DataThrough, zone *time.Location, params []any) error {
	return each(ctx, m.conn, "dataMonths", func(rows driver.Rows) error {
		var year, month, first, last int32
		if err := rows.Scan(&year, &month, &first, &last); err != nil {
			return err
		}
		of := calendar.Month{Year: int(year), Month: time.Month(month)}
		if !d.begun(of, zone) {
			return nil
		}
		if len(d.Months) == 0 {
			d.Days.Last = calendar.Day(last)
		}
		d.Months, d.Days.First = append(d.Months, of), calendar.Day(first)
		return nil
	}, params...)
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// detailsSubmissions are the drafts sent in the month, by day. They name
// neither their author nor their editor.
func (d *details) detailsSubmissions(ctx context.Context) error {
	return d.each(ctx, "detailsSubmissions", rollupSubmissions, func(r driver.Rows) error {
		row := Detail{Kind: DetailSubmission}
		var decision string
		var day int32
		var decidedDay *int32
		var sent, decided int64
		var known bool
		if err := r.Scan(&row.OPD, &row.ID, &row.Title, &row.URL, &day, &decidedDay, &decision, &sent, &decided, &known); err != nil {
			return err
		}
		row.Day = calendar.Day(day)
		decision, decided = settled(decision, decided, known)
		if row.State = decidedState(decision); row.State != DetailWaiting {
			row.Hours, row.Ended = editingHours(sent, decided), optionalDay(decidedDay)
		}
		return d.give(row)
	})
}

// detailsClarifications are the false news spotted in the month, by day.
func (d *details) detailsClarifications(ctx context.Context) error {
	return d.each(ctx, "detailsClarifications", rollupClarifications, func(r driver.Rows) error {
		if d.clock.unknown != nil {
			return d.clock.unknown
		}
		row := Detail{Kind: DetailClarification, State: DetailOpen}
		var spotted, answered int32
		if err := r.Scan(&row.OPD, &row.ID, &row.Title, &row.URL, &spotted, &answered); err != nil {
			return err
		}
		row.Day = calendar.Day(spotted)
		what := d.follow(row.Day, calendar.Day(answered), never)
		if what.outcome == stopped {
			row.State, row.Ended = DetailAnswered, &what.stop
		}
		days := d.clock.between(what.start, what.until)
		row.WaitWD = &days
		return d.give(row)
	})
}

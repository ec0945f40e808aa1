package delivery

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// statements holds one file per question, named after the method that asks it.
//
//go:embed sql/*.sql
var statements embed.FS

// ledger is the table deliveries.
type ledger struct{ conn driver.Conn }

// strictly makes what is written visible to whoever reads afterwards, on a
// cluster too: a claim must be seen by every other process. Where nothing is
// replicated the settings change nothing.
func strictly(ctx context.Context) context.Context {
	return clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{
		"async_insert": 0, "insert_quorum": "auto", "insert_quorum_parallel": 0,
		"select_sequential_consistency": 1, "distributed_foreground_insert": 1,
	}))
}

// write appends rows.
func (l ledger) write(ctx context.Context, rows []row) error {
	batch, err := l.conn.PrepareBatch(strictly(ctx),
		"INSERT INTO deliveries (region, schedule, period, channel, recipient, attempt, owner, id, kind, status, error, next_at, lease_until, at, version)")
	if err != nil {
		return fmt.Errorf("delivery: record: %w", err)
	}
	defer func() { _ = batch.Close() }()
	for _, r := range rows {
		err := batch.Append(r.Region, r.Schedule, r.Period, r.Channel, r.Recipient, r.Attempt, r.Owner, r.ID(), string(r.Kind),
			string(r.Status), r.Error, stamp(r.NextAt), stamp(r.Lease), stamp(r.At), r.Version)
		if err != nil {
			return fmt.Errorf("delivery: record: %w", err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("delivery: record: %w", err)
	}
	return nil
}

// stamp writes an instant; the zero time is stored as the epoch.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return t.UTC()
}

// rows reads the newest rows of some periods of one recipient, by key. The
// keys share everything but the period.
func (l ledger) rows(ctx context.Context, keys []Key) (map[Key][]row, error) {
	if len(keys) == 0 {
		return map[Key][]row{}, nil
	}
	periods := make([]string, len(keys))
	for i, k := range keys {
		periods[i] = k.Period
	}
	k := keys[0]
	return l.read(ctx, "rows", named("region", k.Region), named("schedule", k.Schedule), named("channel", k.Channel),
		named("recipient", k.Recipient), named("periods", periods))
}

// recent reads the deliveries touched since some time.
func (l ledger) recent(ctx context.Context, regions []string, since time.Time) (map[Key][]row, error) {
	return l.touched(ctx, regions, since, "")
}

// find reads the rows of one delivery.
func (l ledger) find(ctx context.Context, regions []string, id string) (map[Key][]row, error) {
	return l.touched(ctx, regions, time.Time{}, id)
}

func (l ledger) touched(ctx context.Context, regions []string, since time.Time, id string) (map[Key][]row, error) {
	return l.read(ctx, "recent", named("regions", regions), named("id", id), named("since", stamp(since).Format("2006-01-02 15:04:05.000")))
}

func named(name string, value any) any { return clickhouse.Named(name, value) }

func (l ledger) read(ctx context.Context, statement string, params ...any) (out map[Key][]row, err error) {
	text, err := statements.ReadFile("sql/" + statement + ".sql")
	if err != nil {
		return nil, fmt.Errorf("delivery: %s: %w", statement, err)
	}
	rows, err := l.conn.Query(strictly(ctx), string(text), params...)
	if err != nil {
		return nil, fmt.Errorf("delivery: %s: %w", statement, err)
	}
	defer func() {
		if cerr := rows.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("delivery: %s: %w", statement, cerr)
		}
	}()
	var all []row
	for rows.Next() {
		var r row
		var kind, status string
		if err := rows.Scan(&r.Region, &r.Schedule, &r.Period, &r.Channel, &r.Recipient, &r.Attempt, &r.Owner, &kind, &status,
			&r.Error, &r.NextAt, &r.Lease, &r.At, &r.Version); err != nil {
			return nil, fmt.Errorf("delivery: %s: read row: %w", statement, err)
		}
		r.Kind, r.Status = ScheduleKind(kind), Status(status)
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("delivery: %s: %w", statement, err)
	}
	out = map[Key][]row{}
	for _, r := range newest(all) {
		out[r.Key] = append(out[r.Key], r)
	}
	return out, nil
}

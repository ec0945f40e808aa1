package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func rebuildClarifications(ctx context.Context, job *rebuild) error {
	out := job.into("clarification_cases", "opd", "opd_raw", "clarification_id", "spotted_day", "answered_day", "topic", "url")
	err := each(ctx, job.in.conn, "rebuild_clarifications", named("region", job.region.Code), func(rows driver.Rows) error {
		var id, opdRaw, topic, url string
		var spotted time.Time
		var answered *time.Time
		if err := rows.Scan(&id, &opdRaw, &spotted, &answered, &topic, &url); err != nil {
			return err
		}
		return out.add(ctx, job, job.names.opd.resolve(opdRaw, job.local(spotted)), opdRaw, id, job.day(spotted), job.optionalDay(answered), topic, url)
	})
	if err != nil {
		return err
	}
	return out.flush(ctx)
}

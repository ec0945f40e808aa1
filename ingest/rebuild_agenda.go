package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func rebuildAgenda(ctx context.Context, job *rebuild) error {
	out := job.into("agenda_items", "agenda_id", "day", "opd", "opd_raw", "title", "venue")
	err := each(ctx, job.in.conn, "rebuild_agenda", named("region", job.region.Code), func(rows driver.Rows) error {
		var id, opdRaw, title, venue string
		var day time.Time
		if err := rows.Scan(&id, &day, &opdRaw, &title, &venue); err != nil {
			return err
		}
		return out.add(ctx, job, id, day, job.names.opd.resolve(opdRaw, day), opdRaw, title, venue)
	})
	if err != nil {
		return err
	}
	return out.flush(ctx)
}

package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func rebuildSubmissions(ctx context.Context, job *rebuild) error {
	out := job.into("submission_cases", "opd", "opd_raw", "submission_id", "submitted_at", "submitted_day", "decided_at", "decided_day",
		"decision", "title", "author", "editor", "url")
	err := each(ctx, job.in.conn, "rebuild_submissions", named("region", job.region.Code), func(rows driver.Rows) error {
		var id, opdRaw, title, author, editor, decision, url string
		var submitted time.Time
		var decided *time.Time
		if err := rows.Scan(&id, &opdRaw, &submitted, &title, &author, &editor, &decided, &decision, &url); err != nil {
			return err
		}
		on := job.local(submitted)
		return out.add(ctx, job, job.names.opd.resolve(opdRaw, on), opdRaw, id, submitted, job.day(submitted), decided,
			job.optionalDay(decided), decision, title, job.names.people.resolve(author, on), job.names.people.resolve(editor, on), url)
	})
	if err != nil {
		return err
	}
	return out.flush(ctx)
}

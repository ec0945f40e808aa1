package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func rebuildComplaints(ctx context.Context, job *rebuild) error {
	out := job.into("complaint_cases", "opd", "opd_raw", "tracking_id", "kind", "submitted_day", "verified_day", "assigned_day",
		"first_response_day", "resolved_day", "misrouted_day", "status_raw", "category", "channel", "rating", "officer", "officer_raw")
	err := each(ctx, job.in.conn, "rebuild_complaints", named("region", job.region.Code), func(rows driver.Rows) error {
		var id, kind, opdRaw, status, category, channel, officer string
		var submitted time.Time
		var verified, assigned, responded, resolved, misrouted *time.Time
		var rating *float64
		if err := rows.Scan(&id, &kind, &opdRaw, &submitted, &verified, &assigned, &responded, &resolved, &misrouted,
			&status, &category, &channel, &rating, &officer); err != nil {
			return err
		}
		on := job.local(submitted)
		return out.add(ctx, job, job.names.opd.resolve(opdRaw, on), opdRaw, id, kind, job.day(submitted), job.optionalDay(verified),
			job.optionalDay(assigned), job.optionalDay(responded), job.optionalDay(resolved), job.optionalDay(misrouted),
			status, category, channel, rating, job.names.people.resolve(officer, on), officer)
	})
	if err != nil {
		return err
	}
	return out.flush(ctx)
}

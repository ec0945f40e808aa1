package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// requestsByNumber says which OPD received a request of a number, and on
// which day; "" where several OPD use the number.
type requestsByNumber map[string]numbered

type numbered struct {
	opd string
	day time.Time
}

func rebuildObjections(ctx context.Context, job *rebuild) error {
	requests, err := job.requestsByNumber(ctx)
	if err != nil {
		return err
	}
	out := job.into("objection_cases", "opd", "objection_no", "registration_no", "received_day", "answered_day", "reason", "decision")
	err = each(ctx, job.in.conn, "rebuild_objections", named("region", job.region.Code), func(rows driver.Rows) error {
		var no, registration, reason, decision string
		var received time.Time
		var answered *time.Time
		if err := rows.Scan(&no, &registration, &received, &answered, &reason, &decision); err != nil {
			return err
		}
		day := job.day(received)
		return out.add(ctx, job, requests.opd(registration, day), no, registration, day, job.optionalDay(answered), reason, decision)
	})
	if err != nil {
		return err
	}
	return out.flush(ctx)
}

func (job *rebuild) requestsByNumber(ctx context.Context) (requestsByNumber, error) {
	generation, err := job.in.generation(ctx, job.region, "ppid")
	if err != nil {
		return nil, err
	}
	requests := requestsByNumber{}
	err = each(ctx, job.in.conn, "request_opd", named("region", job.region.Code, "generation", generation), func(rows driver.Rows) error {
		var no string
		var n numbered
		if err := rows.Scan(&no, &n.opd, &n.day); err != nil {
			return err
		}
		if _, twice := requests[no]; twice {
			n.opd = ""
		}
		requests[no] = n
		return nil
	})
	return requests, err
}

// opd finds the OPD of the request that an objection of the day is about. A
// bare running number is also looked for under the year of the objection and
// the year before, as register forms are stored (see withYear).
func (r requestsByNumber) opd(registration string, day time.Time) string {
	if n, ok := r[registration]; ok {
		return n.opd
	}
	for _, year := range []int{day.Year(), day.Year() - 1} {
		no := withYear(registration, year)
		if n, ok := r[no]; ok && !n.day.After(day) {
			return n.opd
		}
	}
	return ""
}

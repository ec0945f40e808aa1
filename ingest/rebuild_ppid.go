package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// request is one row of rebuild_ppid.sql.
type request struct {
	version                                   uint64
	no, opdRaw                                string
	received                                  time.Time
	completed, notified, delivered, withdrawn *time.Time
	category, topic, channel, status          string
	extended                                  bool
	decision                                  string
	refused                                   bool
	refusalReason, officerRaw                 string
	opd                                       string
}

// requestKey is what makes two register rows the same request: the number
// within the OPD, whatever the spelling of its name.
type requestKey struct{ opd, no string }

func rebuildPPID(ctx context.Context, job *rebuild) error {
	newest := map[requestKey]*request{}
	err := each(ctx, job.in.conn, "rebuild_ppid", named("region", job.region.Code), func(rows driver.Rows) error {
		var r request
		if err := rows.Scan(&r.version, &r.no, &r.opdRaw, &r.received, &r.completed, &r.notified, &r.delivered, &r.withdrawn,
			&r.category, &r.topic, &r.channel, &r.status, &r.extended, &r.decision, &r.refused, &r.refusalReason, &r.officerRaw); err != nil {
			return err
		}
		r.opd = job.names.opd.resolve(r.opdRaw, job.local(r.received))
		key := requestKey{opd: r.opd, no: r.no}
		if r.opd == "" {
			key.opd = "?" + r.opdRaw
		}
		if known, ok := newest[key]; !ok || known.version < r.version {
			newest[key] = &r
		}
		return nil
	})
	if err != nil {
		return err
	}
	out := job.into("ppid_cases", "opd", "opd_raw", "registration_no", "received_day", "completed_day", "notified_day",
		"delivered_day", "withdrawn_day", "withdrawn_before_notified", "extended", "status", "category", "topic", "channel",
		"decision", "refused", "refusal_reason", "officer", "officer_raw")
	for _, r := range newest {
		err := out.add(ctx, job, r.opd, r.opdRaw, r.no, job.day(r.received), job.optionalDay(r.completed), job.optionalDay(r.notified),
			job.optionalDay(r.delivered), job.optionalDay(r.withdrawnAt()), r.withdrawnFirst(), r.extended, r.status, r.category, r.topic, r.channel,
			r.decision, r.refused, r.refusalReason, job.names.people.resolve(r.officerRaw, job.local(r.received)), r.officerRaw)
		if err != nil {
			return err
		}
	}
	return out.flush(ctx)
}

// withdrawnAt is when the citizen withdrew the request. Where the status says
// so without a date, and nobody has answered, the day of receipt stands for the
// one that is not known: the request leaves the count on every as-of day, and
// the applicant's own choice is never told as a late answer.
func (r *request) withdrawnAt() *time.Time {
	if r.withdrawn == nil && r.notified == nil && r.status == ppidWithdrawn {
		return &r.received
	}
	return r.withdrawn
}

// withdrawnFirst reports a request the citizen withdrew before the written
// notice, which excludes it from the count of answers.
func (r *request) withdrawnFirst() bool {
	at := r.withdrawnAt()
	return at != nil && (r.notified == nil || at.Before(*r.notified))
}

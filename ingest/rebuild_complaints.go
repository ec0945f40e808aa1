package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// complaint is one version of a complaint with its OPD resolved.
type complaint struct {
	id, kind, opd, opdRaw                              string
	submitted                                          time.Time
	verified, assigned, responded, resolved, misrouted *time.Time
	status, category, channel                          string
	rating                                             *float64
	officer, officerRaw                                string
}

// rebuildComplaints writes two tables: the newest version of every complaint,
// and the spells its history falls into.
func rebuildComplaints(ctx context.Context, job *rebuild) error {
	out := &complaintRollup{
		cases: job.into("complaint_cases", "opd", "opd_raw", "tracking_id", "kind", "submitted_day", "verified_day", "assigned_day",
			"first_response_day", "resolved_day", "misrouted_day", "status_raw", "category", "channel", "rating", "officer", "officer_raw"),
		spells: job.into("complaint_spells", "opd", "opd_raw", "tracking_id", "spell", "kind", "submitted_day", "verified_day",
			"assigned_day", "first_response_day", "resolved_day", "left_day", "next_day", "status_raw", "category", "channel", "rating",
			"officer", "officer_raw"),
	}
	var history []complaint
	var current uint64
	err := each(ctx, job.in.conn, "rebuild_complaints", named("region", job.region.Code), func(rows driver.Rows) error {
		var key uint64
		var deleted bool
		var c complaint
		if err := rows.Scan(&key, &deleted, &c.id, &c.kind, &c.opdRaw, &c.submitted, &c.verified, &c.assigned, &c.responded, &c.resolved,
			&c.misrouted, &c.status, &c.category, &c.channel, &c.rating, &c.officerRaw); err != nil {
			return err
		}
		if key != current {
			if err := out.add(ctx, job, history); err != nil {
				return err
			}
			history, current = history[:0], key
		}
		if deleted {
			// What was taken back never happened; a later version begins anew.
			history = history[:0]
			return nil
		}
		on := job.local(c.submitted)
		c.opd, c.officer = job.names.opd.resolve(c.opdRaw, on), job.names.people.resolve(c.officerRaw, on)
		history = append(history, c)
		return nil
	})
	if err != nil {
		return err
	}
	if err := out.add(ctx, job, history); err != nil {
		return err
	}
	if err := out.cases.flush(ctx); err != nil {
		return err
	}
	return out.spells.flush(ctx)
}

// complaintRollup writes the tables of the complaints rollup.
type complaintRollup struct{ cases, spells *rollupWriter }

func (o *complaintRollup) add(ctx context.Context, job *rebuild, history []complaint) error {
	if len(history) == 0 {
		return nil
	}
	c := history[len(history)-1]
	err := o.cases.add(ctx, job, c.opd, c.opdRaw, c.id, c.kind, job.day(c.submitted), job.optionalDay(c.verified), job.optionalDay(c.assigned),
		job.optionalDay(c.responded), job.optionalDay(c.resolved), job.optionalDay(c.misrouted), c.status, c.category, c.channel, c.rating,
		c.officer, c.officerRaw)
	if err != nil {
		return err
	}
	for i, s := range complaintSpells(history) {
		err := o.spells.add(ctx, job, s.opd, s.opdRaw, s.id, uint16(i+1), s.kind, job.day(s.submitted), job.optionalDay(s.verified),
			job.optionalDay(s.assigned), job.optionalDay(s.responded), job.optionalDay(s.resolved), job.optionalDay(s.misrouted),
			job.optionalDay(s.next), s.status, s.category, s.channel, s.rating, s.officer, s.officerRaw)
		if err != nil {
			return err
		}
	}
	return nil
}

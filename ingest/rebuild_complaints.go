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

// complaintVersion is a version as the warehouse gives it.
type complaintVersion struct {
	complaint
	key     uint64
	deleted bool
}

func (v *complaintVersion) scan(rows driver.Rows) error {
	return rows.Scan(&v.key, &v.deleted, &v.id, &v.kind, &v.opdRaw, &v.submitted, &v.verified, &v.assigned, &v.responded, &v.resolved,
		&v.misrouted, &v.status, &v.category, &v.channel, &v.rating, &v.officerRaw)
}

// rebuildComplaints writes two tables: the newest version of every complaint,
// and the spells its history falls into. There are many complaints and few
// names, so only names are resolved here and the engine does the rest. Most
// complaints are in one agency's hands from beginning to end, and their spell
// is the case.
func rebuildComplaints(ctx context.Context, job *rebuild) error {
	if err := job.meanings(ctx, "complaint_names"); err != nil {
		return err
	}
	args := named("region", job.region.Code, "generation", job.generation, "zone", job.region.Zone.String())
	if err := job.in.conn.Exec(ctx, query("complaint_cases"), args...); err != nil {
		return wrapQuery("complaint_cases", err)
	}
	if err := job.complaintSpells(ctx); err != nil {
		return err
	}
	args = named("region", job.region.Code, "generation", job.generation)
	return wrapQuery("copy_single_spells", job.in.conn.Exec(ctx, query("copy_single_spells"), args...))
}

// complaintSpells writes the spells of the complaints that changed hands.
func (job *rebuild) complaintSpells(ctx context.Context) error {
	out := job.into("complaint_spells", "opd", "opd_raw", "tracking_id", "spell", "kind", "submitted_day", "verified_day",
		"assigned_day", "first_response_day", "resolved_day", "left_day", "next_day", "status_raw", "category", "channel", "rating",
		"officer", "officer_raw")
	var history []complaint
	var current uint64
	scan := func(rows driver.Rows, v *complaintVersion) error { return v.scan(rows) }
	err := eachAhead(ctx, job.in.conn, "complaint_histories", named("region", job.region.Code), scan, func(v *complaintVersion) error {
		if v.key != current {
			if err := job.addSpells(ctx, out, history); err != nil {
				return err
			}
			history, current = history[:0], v.key
		}
		if v.deleted {
			// What was taken back never happened; a later version begins anew.
			history = history[:0]
			return nil
		}
		c := v.complaint
		on := job.local(c.submitted)
		c.opd, c.officer = job.names.opd.resolve(c.opdRaw, on), job.names.people.resolve(c.officerRaw, on)
		history = append(history, c)
		return nil
	})
	if err != nil {
		return err
	}
	if err := job.addSpells(ctx, out, history); err != nil {
		return err
	}
	return out.flush(ctx)
}

// addSpells writes the spells of a complaint that has more than one.
func (job *rebuild) addSpells(ctx context.Context, out *rollupWriter, history []complaint) error {
	if len(history) < 2 {
		return nil
	}
	spells := complaintSpells(history)
	if len(spells) == 1 {
		return nil // copied from the cases, all at once
	}
	for i, s := range spells {
		err := out.add(ctx, job, s.opd, s.opdRaw, s.id, uint16(i+1), s.kind, job.day(s.submitted), job.optionalDay(s.verified),
			job.optionalDay(s.assigned), job.optionalDay(s.responded), job.optionalDay(s.resolved), job.optionalDay(s.misrouted),
			job.optionalDay(s.next), s.status, s.category, s.channel, s.rating, s.officer, s.officerRaw)
		if err != nil {
			return err
		}
	}
	return nil
}

package ingest

import (
	"time"

	"gaung/ingest/identity"
)

// targetsKind is publication targets per OPD, in stories per week, from a day
// on; without a number the regular two hold again.
var targetsKind = &kind{
	name:    "targets",
	table:   "targets",
	columns: append(required("opd", "from"), optional("target_per_week")...),
	fields:  []string{"opd_raw", "from_date", "target_per_week"},
	parse:   parseTarget,
}

// defaultTarget is the number of stories a week an OPD without a target is
// measured by (contract, section 3).
const defaultTarget = 2.0

func parseTarget(r *record) fact {
	opd, from, target := r.name("opd"), r.mustDay("from"), defaultTarget
	if n := r.number("target_per_week"); n != nil {
		target = *n
	}
	return fact{
		key:    []string{identity.NormalizeOPD(opd), from.Format(time.DateOnly)},
		values: []any{opd, from, target},
		seen:   -1,
	}
}

package ingest

import (
	"context"
	"fmt"
	"time"

	"gaung/ingest/identity"
	"gaung/warehouse/region"
)

// aliasesTable takes human decisions; they are made in the program, not
// imported.
var aliasesTable = &kind{
	name:   "aliases",
	table:  "aliases",
	fields: []string{"kind", "alias", "target", "valid_from", "valid_to", "decided_by"},
}

// AliasDecision is a person's decision that a spelling means an OPD or a
// person between two days; zero days leave that side open.
type AliasDecision struct {
	// Kind is "opd" or "person".
	Kind string
	// Alias is the spelling as it was printed; Target the OPD's code or the
	// person's id.
	Alias, Target string
	From, To      time.Time
	// By names who decided.
	By string
}

// Decide keeps a decision about an alias and rebuilds the region's rollups, so
// that past articles and cases follow it. A later decision about the same
// spelling from the same day replaces the earlier.
func (in *Ingester) Decide(ctx context.Context, reg region.Region, d AliasDecision) error {
	normalize := identity.NormalizeOPD
	switch d.Kind {
	case aliasOPD:
	case aliasPerson:
		normalize = identity.NormalizePerson
	default:
		return usagef("jenis alias %q tidak dikenal; pakai %s atau %s", d.Kind, aliasOPD, aliasPerson)
	}
	alias := clean(d.Alias)
	if normalize(alias) == "" || clean(d.Target) == "" {
		return usagef("alias dan tujuannya tidak boleh kosong")
	}
	f := fact{
		region: reg.Code,
		key:    []string{d.Kind, normalize(alias), d.From.Format(time.DateOnly)},
		values: []any{d.Kind, alias, clean(d.Target), optionalDay(d.From), optionalDay(d.To), clean(d.By)},
		seen:   -1,
	}
	tally, err := newWriter(in, aliasesTable, seedRun).write(ctx, []fact{f})
	if err != nil {
		return fmt.Errorf("ingest: decide alias: %w", err)
	}
	if !tally.changed() {
		return nil
	}
	return in.Rebuild(ctx, reg, aliasesTable.name)
}

func optionalDay(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return &day
}

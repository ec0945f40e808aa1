package ingest

import (
	"context"
	"fmt"
	"time"

	"gaung/warehouse/region"
)

// aliasesTable takes human decisions; they are made in the program, not
// imported.
var aliasesTable = &kind{
	name:   "aliases",
	table:  "aliases",
	fields: []string{"kind", "alias", "target", "valid_from", "valid_to", "decided_by"},
}

// rejectionsTable takes the decisions against a suggestion.
var rejectionsTable = &kind{
	name:   "review_rejections",
	table:  "review_rejections",
	fields: []string{"kind", "alias", "target", "decided_by"},
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
	if err := checkAlias(d.Kind, d.Alias); err != nil {
		return err
	}
	if err := in.checkTarget(ctx, reg, d.Kind, d.Target); err != nil {
		return err
	}
	if !d.From.IsZero() && !d.To.IsZero() && d.To.Before(d.From) {
		return usagef("masa berlaku alias terbalik: %s sesudah %s", d.From.Format(time.DateOnly), d.To.Format(time.DateOnly))
	}
	alias := clean(d.Alias)
	f := fact{
		region: reg.Code,
		key:    []string{d.Kind, normalizer(d.Kind)(alias), d.From.Format(time.DateOnly)},
		values: []any{d.Kind, alias, clean(d.Target), optionalDay(d.From), optionalDay(d.To), clean(d.By)},
		seen:   -1,
	}
	return in.writeDecision(ctx, reg, aliasesTable, f)
}

// AliasRejection is a person's decision that a spelling does not mean an OPD
// or person, so that it is not suggested again. With an empty Target it means
// nobody on the lists, and leaves the review queue.
type AliasRejection struct {
	// Kind is "opd" or "person".
	Kind string
	// Alias is the spelling as it was printed.
	Alias, Target string
	// By names who decided.
	By string
}

// Refuse keeps a rejection and rebuilds the review queue. Credit does not
// change: near names are never credited without a decision. A later
// [Ingester.Decide] about the spelling prevails.
func (in *Ingester) Refuse(ctx context.Context, reg region.Region, r AliasRejection) error {
	if err := checkAlias(r.Kind, r.Alias); err != nil {
		return err
	}
	alias, target := clean(r.Alias), clean(r.Target)
	f := fact{
		region: reg.Code,
		key:    []string{r.Kind, normalizer(r.Kind)(alias), target},
		values: []any{r.Kind, alias, target, clean(r.By)},
		seen:   -1,
	}
	return in.writeDecision(ctx, reg, rejectionsTable, f)
}

func (in *Ingester) writeDecision(ctx context.Context, reg region.Region, table *kind, f fact) error {
	tally, err := newWriter(in, table, seedRun).write(ctx, []fact{f})
	if err != nil {
		return fmt.Errorf("ingest: keep a decision in %s: %w", table.name, err)
	}
	if !tally.changed() {
		return nil
	}
	return in.Rebuild(ctx, reg, table.name)
}

func checkAlias(kind, alias string) error {
	if kind != aliasOPD && kind != aliasPerson {
		return usagef("jenis alias %q tidak dikenal; pakai %s atau %s", kind, aliasOPD, aliasPerson)
	}
	if normalizer(kind)(clean(alias)) == "" {
		return usagef("alias dan tujuannya tidak boleh kosong")
	}
	return nil
}

// checkTarget refuses a decision for an OPD or person nobody has listed: it
// would credit a code that no report shows.
func (in *Ingester) checkTarget(ctx context.Context, reg region.Region, kind, target string) error {
	if clean(target) == "" {
		return usagef("alias dan tujuannya tidak boleh kosong")
	}
	names, err := in.names(ctx, reg)
	if err != nil {
		return err
	}
	if found, ok := names.of(kind).listed.Resolve(clean(target), time.Time{}); ok && found == clean(target) {
		return nil
	}
	if kind == aliasPerson {
		return usagef("orang dengan person_id %q tidak ada di daftar people wilayah %s; impor dulu dengan gaung import people", target, reg.Code)
	}
	return usagef("OPD dengan kode %q tidak ada di daftar opd wilayah %s; impor dulu dengan gaung import opd", target, reg.Code)
}

func optionalDay(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return &day
}

package ingest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"gaung/warehouse/region"
)

// rollup is one set of tables that is rebuilt and published together. A new
// rollup is one file rebuild_….go and one line in [rollups].
type rollup struct {
	name   string
	tables []string
	// facts are the tables it is made from, besides the lists of OPD, persons
	// and aliases that every rollup depends on.
	facts []string
	build func(context.Context, *rebuild) error
}

// rollups are in the order of rebuilding: objections look their OPD up in the
// requests, coverage matches stories with the agenda, and the review collects
// what the others could not resolve.
var rollups = []*rollup{
	{name: "articles", tables: []string{"stories", "story_articles", "person_days"}, facts: []string{"articles"}, build: rebuildArticles},
	{name: "ppid", tables: []string{"ppid_cases"}, facts: []string{"ppid"}, build: rebuildPPID},
	{name: "objections", tables: []string{"objection_cases"}, facts: []string{"objections", "ppid"}, build: rebuildObjections},
	{name: "complaints", tables: []string{"complaint_cases", "complaint_spells", "name_meanings"}, facts: []string{"complaints"}, build: rebuildComplaints},
	{name: "agenda", tables: []string{"agenda_items"}, facts: []string{"agenda"}, build: rebuildAgenda},
	{name: "coverage", tables: []string{"story_events"}, facts: []string{"agenda", "articles"}, build: rebuildCoverage},
	{name: "submissions", tables: []string{"submission_cases"}, facts: []string{"submissions"}, build: rebuildSubmissions},
	{name: "clarifications", tables: []string{"clarification_cases"}, facts: []string{"clarifications"}, build: rebuildClarifications},
	{
		name: "review", tables: []string{"review_queue"}, build: rebuildReview,
		facts: []string{"articles", "ppid", "complaints", "agenda", "review_rejections"},
	},
}

// masterData are the facts that decide what names mean.
var masterData = []string{"opd", "people", "aliases"}

func (r *rollup) dependsOn(table string) bool {
	return slices.Contains(r.facts, table) || slices.Contains(masterData, table)
}

// rebuild is one rollup of one region being written.
type rebuild struct {
	in         *Ingester
	region     region.Region
	names      *names
	generation uint64
}

// Rebuild writes the rollups that depend on the given kinds of facts (all of
// them when none is given) anew for the region and publishes them. Readers
// see the old state until the new one is whole. A rebuild is needed after
// facts were written by other means than an import or a pull, such as a
// decision about an alias (kind "aliases").
func (in *Ingester) Rebuild(ctx context.Context, reg region.Region, kinds ...string) error {
	var due []*rollup
	for _, r := range rollups {
		if len(kinds) == 0 || slices.ContainsFunc(kinds, r.dependsOn) {
			due = append(due, r)
		}
	}
	return in.rebuild(ctx, reg, due)
}

// refresh rebuilds what depends on the changed kinds, and every rollup that
// an interrupted run left behind its facts.
func (in *Ingester) refresh(ctx context.Context, reg region.Region, changed []string) error {
	var due []*rollup
	for _, r := range rollups {
		if slices.ContainsFunc(changed, r.dependsOn) {
			due = append(due, r)
			continue
		}
		stale, err := in.stale(ctx, reg, r)
		if err != nil {
			return err
		}
		if stale {
			due = append(due, r)
		}
	}
	return in.rebuild(ctx, reg, due)
}

func (in *Ingester) rebuild(ctx context.Context, reg region.Region, due []*rollup) error {
	if len(due) == 0 {
		return nil
	}
	// One rebuild at a time: two of one region would only do the work twice.
	in.rebuilding.Lock()
	defer in.rebuilding.Unlock()
	names, err := in.names(ctx, reg)
	if err != nil {
		return err
	}
	in.progress.Start("menyusun ringkasan "+reg.Name, len(due))
	for _, r := range due {
		start := time.Now()
		job := &rebuild{in: in, region: reg, names: names}
		if job.generation, err = in.nextGeneration(ctx, reg, r); err != nil {
			return err
		}
		if err := r.build(ctx, job); err != nil {
			return fmt.Errorf("ingest: rollup %s: %w", r.name, err)
		}
		if err := in.publish(ctx, reg, r, job.generation); err != nil {
			return err
		}
		if err := in.dropOld(ctx, reg, r, job.generation); err != nil {
			// The new state is published; what is left over costs only room.
			in.log.Warn("old rollup generations not dropped", "rollup", r.name, "region", reg.Code, "err", err)
		}
		in.progress.Add(1)
		in.log.Debug("rollup rebuilt", "rollup", r.name, "region", reg.Code, "generation", job.generation, "took", time.Since(start))
	}
	in.progress.Done("ringkasan " + reg.Name + " selesai")
	return nil
}

// versionUnit is how many generation numbers (nanoseconds) one fact version
// (a microsecond) spans.
const versionUnit = 1000

// nextGeneration is taken before the facts are read, and lies above every
// version they can have: a generation below a fact's version is stale.
func (in *Ingester) nextGeneration(ctx context.Context, reg region.Region, r *rollup) (uint64, error) {
	current, err := in.generation(ctx, reg, r.name)
	if err != nil {
		return 0, err
	}
	newest, err := in.newestVersion(ctx, reg, r)
	if err != nil {
		return 0, err
	}
	next := max(uint64(in.now().UnixNano()), current+1, (newest+1)*versionUnit)
	// Two processes that start in the same nanosecond must not share one.
	return next + rand.Uint64N(versionUnit), nil
}

func (in *Ingester) generation(ctx context.Context, reg region.Region, name string) (uint64, error) {
	return in.number(ctx, "generation", "region", reg.Code, "rollup", name)
}

func (in *Ingester) newestVersion(ctx context.Context, reg region.Region, r *rollup) (uint64, error) {
	var newest uint64
	for _, table := range append(append([]string{}, r.facts...), masterData...) {
		version, err := in.number(ctx, "newest_version", "table", table, "region", reg.Code)
		if err != nil {
			return 0, err
		}
		newest = max(newest, version)
	}
	return newest, nil
}

// number runs a query that gives one number.
func (in *Ingester) number(ctx context.Context, name string, parameters ...any) (uint64, error) {
	var n uint64
	if err := in.conn.QueryRow(ctx, query(name), named(parameters...)...).Scan(&n); err != nil {
		return 0, fmt.Errorf("ingest: %s: %w", name, err)
	}
	return n, nil
}

func (in *Ingester) stale(ctx context.Context, reg region.Region, r *rollup) (bool, error) {
	current, err := in.generation(ctx, reg, r.name)
	if err != nil {
		return false, err
	}
	newest, err := in.newestVersion(ctx, reg, r)
	return newest*versionUnit > current, err
}

var insertGeneration = insertInto("rollup_generations", "region", "rollup", "generation", "built_at")

func (in *Ingester) publish(ctx context.Context, reg region.Region, r *rollup, generation uint64) error {
	return insert(ctx, in.conn, insertGeneration, []any{reg.Code, r.name, generation, in.now().UTC()})
}

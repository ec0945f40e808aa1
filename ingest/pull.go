package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/source"
	"gaung/warehouse/region"
)

// pullsAtOnce is how many sources are read at the same time. The fetcher
// still asks one host only at that host's pace.
const pullsAtOnce = 8

// PullResult is what a pull did, source by source in the order of the
// configuration.
type PullResult struct {
	Sources []SourceResult `json:"sources"`
	Tally
}

// Failed counts the sources that did not answer.
func (r *PullResult) Failed() int {
	n := 0
	for _, s := range r.Sources {
		if s.Failure != nil {
			n++
		}
	}
	return n
}

// SourceResult is what became of one source's items.
type SourceResult struct {
	Source string `json:"source"`
	Region string `json:"region"`
	OPD    string `json:"opd"`
	Tally
	// Gone counts, among the updated, the articles that are there no longer.
	Gone int `json:"gone"`
	// NotModified says that the source answered that it has nothing new.
	NotModified bool `json:"not_modified"`
	// Failure is nil when the source answered.
	Failure *SourceFailure `json:"failure"`
	// Notes are Indonesian lines for whoever looks after the sources.
	Notes []string `json:"notes"`
	// Rejects are the first 100 unusable items; Row counts the items of the
	// answer from 1.
	Rejects []Reject `json:"rejects"`
	// Files are the files of a register that were looked at.
	Files []FileResult `json:"files,omitempty"`
}

func newSourceResult(s source.Source, reg region.Region) SourceResult {
	return SourceResult{Source: s.Name, Region: reg.Code, OPD: s.OPD, Notes: []string{}, Rejects: []Reject{}}
}

// SourceFailure says why a source could not be read: a stable reason for
// counting, and Indonesian words. RetryAfter is how long the server asked to
// be left alone.
type SourceFailure struct {
	Reason     string        `json:"reason"`
	Words      string        `json:"words"`
	RetryAfter time.Duration `json:"-"`
}

// Pull reads the configured sources now, all of them or the named ones, and
// rebuilds the articles once at the end. A source that fails is booked as a
// failed poll and stops no other; the error is only for a wrong name, the
// warehouse, or a cancelled context.
func (in *Ingester) Pull(ctx context.Context, config *source.Config, only []string) (*PullResult, error) {
	chosen, err := chooseSources(config.Sources, only)
	if err != nil {
		return nil, err
	}
	fetcher, done := in.fetcherFor(config)
	defer done()
	book := &pullBook{in: in}
	pulls, err := in.preparePulls(ctx, config.Table(), chosen)
	if err == nil {
		err = in.configured(ctx, config)
	}
	if err != nil {
		return nil, in.forPeople("ingest", err)
	}

	in.progress.Start("menarik sumber", len(pulls))
	failures := make([]error, len(pulls))
	places := make(chan struct{}, pullsAtOnce)
	var all sync.WaitGroup
	for i, p := range pulls {
		all.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			p.fetcher, p.book = fetcher, book
			failures[i] = p.poll(ctx)
			in.progress.Add(1)
		})
	}
	all.Wait()
	failures = append(failures, book.write(ctx))

	result := &PullResult{Sources: make([]SourceResult, len(pulls))}
	touched := touchedRegions{}
	for i, p := range pulls {
		result.Sources[i] = p.result
		result.add(p.result.Tally)
		kind := ""
		if p.result.changed() && !p.source.Rows() {
			kind = articlesKind.name
		}
		touched.add(p.region, kind)
	}
	in.progress.Done(fmt.Sprintf("%d sumber ditarik, %d gagal; %s", len(pulls), result.Failed(), result.Summary()))
	if err := errors.Join(failures...); err != nil {
		return result, in.forPeople("ingest", err)
	}
	return result, in.refreshAll(ctx, touched)
}

// preparePulls looks up, once for all sources, what a poll needs to know.
func (in *Ingester) preparePulls(ctx context.Context, regions *region.Table, chosen []source.Source) ([]*pull, error) {
	pulls := make([]*pull, len(chosen))
	known := map[string]*names{}
	states := map[regionSource]sourceState{}
	for i, s := range chosen {
		reg, err := sourceRegion(regions, s)
		if err != nil {
			return nil, err
		}
		if known[reg.Code] == nil {
			if known[reg.Code], err = in.names(ctx, reg); err != nil {
				return nil, err
			}
			if err := in.sourceStates(ctx, reg, states); err != nil {
				return nil, err
			}
		}
		state := states[regionSource{reg.Code, s.Name}]
		pulls[i] = &pull{
			in: in, source: s, region: reg, stateText: state.text, stateVersion: state.version,
			opd: cmp.Or(known[reg.Code].opd.resolve(s.OPD, in.now().In(reg.Zone)), s.OPD),
		}
	}
	return pulls, nil
}

type sourceState struct {
	text    string
	version uint64
}

func (in *Ingester) sourceStates(ctx context.Context, reg region.Region, into map[regionSource]sourceState) error {
	return each(ctx, in.conn, "source_states", named("region", reg.Code), func(rows driver.Rows) error {
		var name string
		var state sourceState
		err := rows.Scan(&name, &state.text, &state.version)
		into[regionSource{reg.Code, name}] = state
		return err
	})
}

// touchedRegions are the regions of a pull with the kinds of facts that
// changed in them.
type touchedRegions map[string]*touchedRegion

type touchedRegion struct {
	region region.Region
	kinds  []string
}

// add notes a region and, unless it is "", a changed kind.
func (t touchedRegions) add(reg region.Region, kind string) {
	if t[reg.Code] == nil {
		t[reg.Code] = &touchedRegion{region: reg}
	}
	if kind != "" {
		t[reg.Code].kinds = union(t[reg.Code].kinds, kind)
	}
}

// refreshAll renews the rollups of the touched regions that depend on what
// changed.
func (in *Ingester) refreshAll(ctx context.Context, touched touchedRegions) error {
	for _, code := range slices.Sorted(maps.Keys(touched)) {
		if err := in.refresh(ctx, touched[code].region, touched[code].kinds); err != nil {
			return in.forPeople("ingest", fmt.Errorf("ingest: rebuild %s: %w", code, err))
		}
	}
	return nil
}

// fetcherFor is the fetcher of a pull, and what to do with it afterwards.
func (in *Ingester) fetcherFor(config *source.Config) (fetcher *source.Fetcher, done func()) {
	if in.fetcher != nil {
		return in.fetcher, func() {}
	}
	fetcher = source.NewFetcher(source.FetcherOptions{
		Contact: config.Contact, Robots: source.StandardRobots(), Now: in.now, Logger: in.log,
	})
	return fetcher, fetcher.Close
}

func sourceRegion(regions *region.Table, s source.Source) (region.Region, error) {
	reg, err := regions.Find(s.Region)
	if err != nil {
		return region.Region{}, &Error{Kind: Usage, Words: fmt.Sprintf("sumber %s: %v", s.Name, err), Err: err}
	}
	return reg, nil
}

func chooseSources(all []source.Source, only []string) ([]source.Source, error) {
	if len(only) == 0 {
		if len(all) == 0 {
			return nil, usagef("belum ada sumber di konfigurasi; tambahkan di bagian sources")
		}
		return all, nil
	}
	var chosen []source.Source
	for _, name := range only {
		i := slices.IndexFunc(all, func(s source.Source) bool { return s.Name == name })
		if i < 0 {
			var known []string
			for _, s := range all {
				known = append(known, s.Name)
			}
			return nil, usagef("sumber %q tidak ada di konfigurasi; yang ada: %s", name, strings.Join(known, ", "))
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

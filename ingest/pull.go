package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

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
	// NotModified says that the source answered that it has nothing new.
	NotModified bool `json:"not_modified"`
	// Failure is nil when the source answered.
	Failure *SourceFailure `json:"failure"`
	// Notes are Indonesian lines for whoever looks after the sources.
	Notes []string `json:"notes"`
	// Rejects are the first 100 unusable items; Row counts the items of the
	// answer from 1.
	Rejects []Reject `json:"rejects"`
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
	fetcher := in.fetcher
	if fetcher == nil {
		fetcher = source.NewFetcher(source.FetcherOptions{
			Contact: config.Contact, Robots: source.StandardRobots(), Now: in.now, Logger: in.log,
		})
		defer fetcher.Close()
	}
	regions := config.Table()
	pulls := make([]*pull, len(chosen))
	for i, s := range chosen {
		reg, err := regions.Find(s.Region)
		if err != nil {
			return nil, &Error{Kind: Usage, Words: fmt.Sprintf("sumber %s: %v", s.Name, err), Err: err}
		}
		pulls[i] = &pull{in: in, source: s, region: reg, fetcher: fetcher}
	}

	in.progress.Start("menarik sumber", len(pulls))
	failures := make([]error, len(pulls))
	places := make(chan struct{}, pullsAtOnce)
	var all sync.WaitGroup
	for i, p := range pulls {
		all.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			failures[i] = p.run(ctx)
			in.progress.Add(1)
		})
	}
	all.Wait()

	result := &PullResult{Sources: make([]SourceResult, len(pulls))}
	touched, changed := map[string]region.Region{}, map[string]bool{}
	for i, p := range pulls {
		result.Sources[i] = p.result
		result.add(p.result.Tally)
		touched[p.region.Code] = p.region
		changed[p.region.Code] = changed[p.region.Code] || p.result.changed()
	}
	in.progress.Done(fmt.Sprintf("%d sumber ditarik, %d gagal; %s", len(pulls), result.Failed(), result.Summary()))
	if err := errors.Join(failures...); err != nil {
		return result, forPeople("ingest", err)
	}
	for _, code := range slices.Sorted(maps.Keys(touched)) {
		var kinds []string
		if changed[code] {
			kinds = []string{articlesKind.name}
		}
		if err := in.refresh(ctx, touched[code], kinds); err != nil {
			return result, forPeople("ingest", fmt.Errorf("ingest: rebuild %s: %w", code, err))
		}
	}
	return result, nil
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

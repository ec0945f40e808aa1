package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gaung/ingest/source"
	"gaung/warehouse/region"
)

// Replay reads what is kept raw of the configured sources and applications
// that push, all of them or the named ones, anew by today's rules, without
// asking any source, and rebuilds what depends on it once at the end. Only
// what now reads differently is written, so a second replay changes nothing.
// The error is for a wrong name, the warehouse, or a cancelled context.
func (in *Ingester) Replay(ctx context.Context, config *source.Config, only []string) (*PullResult, error) {
	chosen, err := chooseSources(replayable(config), only)
	if err != nil {
		return nil, err
	}
	regions := config.Table()
	in.progress.Start("membaca ulang simpanan mentah", len(chosen))
	result := &PullResult{Sources: []SourceResult{}}
	touched := touchedRegions{}
	for _, s := range chosen {
		reg, err := sourceRegion(regions, s)
		if err != nil {
			return nil, err
		}
		var of SourceResult
		if s.Rows() || s.Kind == kindPush {
			of, err = in.replayRows(ctx, s, reg, touched)
		} else {
			of, err = in.replay(ctx, s, reg)
			if of.changed() {
				touched.add(reg, articlesKind.name)
			}
		}
		if err != nil {
			return nil, in.forPeople("ingest --replay", err)
		}
		result.Sources = append(result.Sources, of)
		result.add(of.Tally)
		touched.add(reg, "")
		in.progress.Add(1)
	}
	in.progress.Done(fmt.Sprintf("%d sumber dibaca ulang; %s", len(chosen), result.Summary()))
	return result, in.refreshAll(ctx, touched)
}

// kindPush stands for an application that pushes, which is no configured
// source but whose rows are kept like those of one.
const kindPush = "push"

// replayable are the sources, and the applications that push.
func replayable(config *source.Config) []source.Source {
	all := slices.Clone(config.Sources)
	for _, p := range config.Push {
		all = append(all, source.Source{Name: p.Source, Kind: kindPush, Region: p.Region, OPD: p.OPD})
	}
	return all
}

// replay reads one source's kept items. A source of which nothing is kept is
// not booked as a run.
func (in *Ingester) replay(ctx context.Context, s source.Source, reg region.Region) (SourceResult, error) {
	result := newSourceResult(s, reg)
	raw := &rawStore{in: in, source: s, region: reg.Code}
	kept, err := raw.count(ctx)
	if err != nil {
		return result, err
	}
	if kept == 0 {
		result.Notes = append(result.Notes, "belum ada simpanan mentah dari sumber ini; tarik dulu dengan gaung ingest "+s.Name)
		return result, nil
	}
	run, err := in.startRun(ctx, reg.Code, articlesKind.name, s.Name)
	if err != nil {
		return result, err
	}
	t := in.intake(s, reg, run, &result)
	t.writer.replay = true
	number := 0
	var pending []arrival
	err = raw.each(ctx, func(k keptItem) error {
		number++
		pending = append(pending, arrival{item: k.item, number: number, at: k.fetched.UTC(), firstAt: k.firstAt.UTC()})
		if len(pending) < pullBatch {
			return nil
		}
		batch := pending
		pending = pending[:0]
		return t.write(ctx, batch)
	})
	if err == nil {
		err = t.write(ctx, pending)
	}
	result.Rejects = t.rejects.listed
	return result, errors.Join(err, run.end(ctx, result.Tally, err))
}

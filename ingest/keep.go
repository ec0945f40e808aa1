package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/uuid"

	"gaung/ingest/source"
	"gaung/warehouse/region"
)

const (
	// longestSleep bounds how long the schedule sleeps, so that a clock that
	// jumps (a laptop that was closed) is noticed.
	longestSleep = time.Minute
	// shortestSleep keeps it from spinning.
	shortestSleep = time.Second
	// rhythmEvery is how often the sources' rhythms are looked up again.
	rhythmEvery = 6 * time.Hour
	// rhythmSpan is the stretch of publications from which a rhythm is taken.
	rhythmSpan = 28 * 24 * time.Hour
	// afterError is how long a pull that the warehouse broke waits.
	afterError = time.Minute
)

// Keep pulls the configured sources, each at its own pace, until ctx ends,
// whose error it then returns.
//
// A source is asked at its configured interval, moved by how often it
// publishes to between half of and four times the interval; up to a tenth
// sooner or later than that, so that polls spread; and after failures ever
// later, up to a day and never before the server's own Retry-After. Due times
// are taken from the polls on record, so a restart neither forgets nor repeats
// one. Sources due together are pulled together and the rollups rebuilt once;
// no source is ever asked twice at the same time.
//
// A pull that fails for no fault of a source is logged and tried again: what
// is served meanwhile is old, not wrong.
func (in *Ingester) Keep(ctx context.Context, config *source.Config) error {
	k := &keeper{
		config: config, now: in.now, random: rand.Float64, longest: longestSleep, shortest: shortestSleep,
		pull: in.Pull, history: in.pollHistories, rhythms: in.rhythms, book: in.bookMissed,
		failed: func(doing string, err error) { in.log.Error("schedule: "+doing, "error", err) },
		told: func(due []string, r *PullResult) {
			in.log.Info("schedule: pulled", "sources", len(due), "failed", r.Failed(), "new", r.Accepted, "updated", r.Updated)
		},
	}
	return k.run(ctx)
}

// keeper is the schedule's loop. What it does to the world are its fields.
type keeper struct {
	config            *source.Config
	now               func() time.Time
	random            func() float64
	longest, shortest time.Duration
	pull              func(context.Context, *source.Config, []string) (*PullResult, error)
	history           func(context.Context, []source.Source) (map[regionSource]pollHistory, error)
	rhythms           func(context.Context, []source.Source) (map[regionSource]time.Duration, error)
	book              func(context.Context, []missedPoll) error
	failed            func(doing string, err error)
	told              func(due []string, result *PullResult)

	table    *timetable
	rhythmAt time.Time
}

func (k *keeper) run(ctx context.Context) error {
	if err := k.begin(ctx); err != nil {
		return err
	}
	for {
		k.turn(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		sleep := k.longest
		if len(k.table.entries) > 0 {
			sleep = min(max(k.table.next().Sub(k.now()), k.shortest), k.longest)
		}
		timer := time.NewTimer(sleep)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// begin makes the timetable.
func (k *keeper) begin(ctx context.Context) error {
	history, err := k.history(ctx, k.config.Sources)
	if err != nil {
		return fmt.Errorf("ingest: schedule: %w", err)
	}
	gaps, err := k.rhythms(ctx, k.config.Sources)
	if err != nil {
		return fmt.Errorf("ingest: schedule: %w", err)
	}
	k.rhythmAt = k.now()
	k.table = newTimetable(k.config.Sources, history, gaps, k.rhythmAt, k.random)
	return nil
}

// turn does what is due now.
func (k *keeper) turn(ctx context.Context) {
	now := k.now()
	if now.Sub(k.rhythmAt) >= rhythmEvery {
		gaps, err := k.rhythms(ctx, k.config.Sources)
		if err != nil {
			k.failed("look up rhythms", err)
		} else {
			k.table.rhythm(gaps)
		}
		k.rhythmAt = now
	}
	if missed := k.table.missed(now); len(missed) > 0 {
		if err := k.book(ctx, missed); err != nil {
			k.failed("book polls left out", err)
		}
	}
	due := k.table.due(now)
	if len(due) == 0 || ctx.Err() != nil {
		return
	}
	result, err := k.pull(ctx, k.config, due)
	if ctx.Err() != nil {
		return
	}
	at := k.now()
	if result != nil && (err == nil || len(result.Sources) == len(due)) {
		for _, s := range result.Sources {
			k.table.polled(s.Source, at, s.Failure)
		}
	}
	if err != nil {
		k.failed("pull", err)
		for _, name := range due {
			k.table.postpone(name, at.Add(afterError))
		}
		return
	}
	k.told(due, result)
}

// pollHistories reads what the polls and states on record say of the sources.
func (in *Ingester) pollHistories(ctx context.Context, sources []source.Source) (map[regionSource]pollHistory, error) {
	histories := map[regionSource]pollHistory{}
	err := each(ctx, in.conn, "poll_histories", nil, func(rows driver.Rows) error {
		var key regionSource
		var h pollHistory
		var failures uint64
		if err := rows.Scan(&key.region, &key.source, &h.last, &failures, &h.reason); err != nil {
			return err
		}
		h.failures = int(failures)
		histories[key] = h
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		key := regionSource{s.Region, s.Name}
		h, ok := histories[key]
		if !ok || h.failures == 0 {
			continue
		}
		var text string
		var version uint64
		if err := in.conn.QueryRow(ctx, query("source_state"), named("region", s.Region, "source", s.Name)...).Scan(&text, &version); err != nil {
			return nil, wrapQuery("source_state", err)
		}
		var kept keptState
		if text != "" && json.Unmarshal([]byte(text), &kept) == nil {
			h.retryAt = kept.RetryAt
			histories[key] = h
		}
	}
	return histories, nil
}

// rhythms tells how long the sources take, on average of the last weeks, to
// publish once; without an article ever it is not known.
func (in *Ingester) rhythms(ctx context.Context, sources []source.Source) (map[regionSource]time.Duration, error) {
	gaps := map[regionSource]time.Duration{}
	regions := map[string]bool{}
	for _, s := range sources {
		regions[s.Region] = true
	}
	now := in.now()
	for code := range regions {
		generation, err := in.generation(ctx, region.Region{Code: code}, "articles")
		if err != nil {
			return nil, err
		}
		args := named("region", code, "generation", generation, "from", instant(now.Add(-rhythmSpan)), "to", instant(now))
		err = each(ctx, in.conn, "source_rhythms", args, func(rows driver.Rows) error {
			var name string
			var published uint64
			err := rows.Scan(&name, &published)
			gaps[regionSource{code, name}] = rhythmSpan / time.Duration(max(published, 1))
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return gaps, nil
}

// bookMissed books polls that were expected and left out after failures.
func (in *Ingester) bookMissed(ctx context.Context, missed []missedPoll) error {
	byRegion := map[string]*names{}
	rows := make([][]any, len(missed))
	for i, m := range missed {
		known := byRegion[m.source.Region]
		if known == nil {
			reg, err := in.regions.Find(m.source.Region)
			if err != nil {
				return fmt.Errorf("ingest: book polls of %s: %w", m.source.Name, err)
			}
			if known, err = in.names(ctx, reg); err != nil {
				return err
			}
			byRegion[m.source.Region] = known
		}
		site := m.source.SiteOPD()
		opd := cmp.Or(known.opd.resolve(site, m.at), site)
		rows[i] = []any{m.source.Region, m.source.Name, m.source.Kind, opd, m.at.UTC(), false, uint16(0), m.reason, uint32(0), uint32(0), uuid.Nil.String(), true}
	}
	return insert(ctx, in.conn, insertMissed, rows...)
}

var insertMissed = insertInto("polls", "region", "source", "kind", "opd", "polled_at", "answered", "http_status", "reason", "items", "new_items", "run_id", "skipped")

package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/ingest/source"
	"gaung/warehouse/warehousetest"
)

func TestPace(t *testing.T) {
	const h = time.Hour
	for _, c := range []struct{ every, gap, want time.Duration }{
		{h, 0, h},                               // rhythm not known
		{h, 4 * h, h},                           // four polls in the time it publishes once
		{h, 10 * time.Minute, 30 * time.Minute}, // busy: at most twice as often
		{h, 6 * h, 90 * time.Minute},
		{h, 28 * 24 * h, 4 * h},                 // quiet: at most four times as rarely
		{time.Minute, time.Minute, time.Minute}, // never below a minute
		{3 * 24 * h, 28 * 24 * h, 7 * 24 * h},   // never above a week
		{48 * time.Hour, 8 * time.Hour, 24 * time.Hour},
	} {
		if got := pace(c.every, c.gap); got != c.want {
			t.Errorf("every %s, gap %s: %s, want %s", c.every, c.gap, got, c.want)
		}
	}
}

func TestBackOff(t *testing.T) {
	const h = time.Hour
	for _, c := range []struct {
		pace     time.Duration
		failures int
		want     time.Duration
	}{
		{h, 0, h},
		{h, 1, h},
		{h, 2, 2 * h},
		{h, 3, 4 * h},
		{h, 5, 16 * h},
		{h, 6, 24 * h},
		{h, 1000, 24 * h},
		{48 * h, 9, 48 * h}, // an interval above a day stays
	} {
		if got := backOff(c.pace, c.failures); got != c.want {
			t.Errorf("%s after %d failures: %s, want %s", c.pace, c.failures, got, c.want)
		}
	}
}

// TestTimetable drives a timetable through anything and checks what must
// always hold: a source is asked within a tenth of its pause, never before
// Retry-After, and polls made and left out together come at its pace.
func TestTimetable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every := time.Duration(rapid.IntRange(1, 48*60).Draw(t, "every")) * time.Minute
		start := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		s := source.Source{Name: "a", Region: "99.01", Every: every}
		table := newTimetable([]source.Source{s}, nil, nil, start, func() float64 { return rapid.Float64Range(0, 0.999).Draw(t, "random") })
		if due := table.due(start); !slices.Equal(due, []string{"a"}) {
			t.Fatalf("a source never polled is due %v", due)
		}
		now, failures, counted := start, 0, 0
		var first time.Time
		for range rapid.IntRange(1, 30).Draw(t, "polls") {
			var failure *SourceFailure
			if rapid.Bool().Draw(t, "fails") {
				failure = &SourceFailure{Reason: "timeout"}
				if rapid.Bool().Draw(t, "asks for a pause") {
					failure.RetryAfter = time.Duration(rapid.IntRange(0, 24*60).Draw(t, "minutes")) * time.Minute
				}
				failures++
			} else {
				failures = 0
			}
			table.polled("a", now, failure)
			if first.IsZero() {
				first = now
			} else {
				counted++
			}
			pause := backOff(pace(every, 0), failures)
			due := table.next()
			if failure != nil && failure.RetryAfter > 0 {
				if early := now.Add(failure.RetryAfter - time.Second); due.Before(early) || len(table.due(early)) > 0 {
					t.Fatalf("due %s, before Retry-After", due.Sub(now))
				}
			}
			low, high := now.Add(pause*9/10), now.Add(pause*11/10)
			if failure != nil {
				high = later(high, now.Add(failure.RetryAfter))
			}
			if due.Before(low) || due.After(high) {
				t.Fatalf("due after %s, pause %s", due.Sub(now), pause)
			}
			counted += len(table.missed(due))
			now = due
		}
		if expected := float64(now.Sub(first)) / float64(pace(every, 0)); float64(counted) < 0.7*expected-2 || float64(counted) > 1.3*expected+2 {
			t.Fatalf("%d polls made or left out, %.1f expected", counted, expected)
		}
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func even() float64 { return 0.5 } // no jitter

// TestRestartKeepsDueTimes goes on where the polls on record end.
func TestRestartKeepsDueTimes(t *testing.T) {
	now := time.Date(2026, 11, 5, 8, 0, 0, 0, time.UTC)
	sources := []source.Source{
		{Name: "baru", Region: "1", Every: time.Hour},
		{Name: "tadi", Region: "1", Every: time.Hour},
		{Name: "lama", Region: "1", Every: time.Hour},
		{Name: "gagal", Region: "1", Every: time.Hour},
		{Name: "diminta", Region: "1", Every: time.Hour},
	}
	table := newTimetable(sources, map[regionSource]pollHistory{
		{"1", "tadi"}:    {last: now.Add(-20 * time.Minute)},
		{"1", "lama"}:    {last: now.Add(-72 * time.Hour)},
		{"1", "gagal"}:   {last: now.Add(-2 * time.Hour), failures: 3, reason: "dns"},
		{"1", "diminta"}: {last: now.Add(-2 * time.Hour), failures: 1, reason: "http_429", retryAt: now.Add(5 * time.Hour)},
	}, nil, now, even)
	var due []string
	for _, e := range table.entries {
		due = append(due, fmt.Sprint(e.source.Name, " ", e.due.Sub(now)))
	}
	want := []string{"baru 0s", "tadi 40m0s", "lama -71h0m0s", "gagal 2h0m0s", "diminta 5h0m0s"}
	if diff := cmp.Diff(want, due); diff != "" {
		t.Errorf("due (-want +got):\n%s", diff)
	}
	if missed := table.missed(now); len(missed) != 0 {
		t.Errorf("polls were expected while nobody ran the program: %v", missed)
	}
	if missed := table.missed(now.Add(time.Hour)); len(missed) == 0 || missed[0].source.Name != "gagal" || missed[0].reason != "dns" {
		t.Errorf("polls left out: %v", missed)
	}
}

// schedule is a keeper over a pretended network.
type schedule struct {
	keeper
	begun  time.Time
	broken map[string]bool
	log    []string
}

func newSchedule(sources ...source.Source) *schedule {
	s := &schedule{begun: time.Now(), broken: map[string]bool{}}
	s.keeper = keeper{
		config: &source.Config{Sources: sources}, now: time.Now, random: even, longest: longestSleep, shortest: shortestSleep,
		pull: func(_ context.Context, _ *source.Config, due []string) (*PullResult, error) {
			time.Sleep(2 * time.Second)
			s.log = append(s.log, fmt.Sprintf("%s %v", time.Since(s.begun).Round(time.Minute), due))
			result := &PullResult{}
			for _, name := range due {
				one := SourceResult{Source: name}
				if s.broken[name] {
					one.Failure = &SourceFailure{Reason: "timeout"}
				}
				result.Sources = append(result.Sources, one)
			}
			return result, nil
		},
		history: func(context.Context, []source.Source) (map[regionSource]pollHistory, error) { return nil, nil },
		rhythms: func(context.Context, []source.Source) (map[regionSource]time.Duration, error) { return nil, nil },
		book: func(_ context.Context, missed []missedPoll) error {
			for _, m := range missed {
				s.log = append(s.log, fmt.Sprintf("%s missed %s", m.at.Sub(s.begun).Round(time.Minute), m.source.Name))
			}
			return nil
		},
		failed: func(doing string, err error) { s.log = append(s.log, doing+": "+err.Error()) },
		told:   func([]string, *PullResult) {},
	}
	return s
}

// runFor runs the schedule for a while and returns what it did.
func (s *schedule) runFor(t *testing.T, d time.Duration) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	if err := s.run(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the schedule ended with %v", err)
	}
	return s.log
}

func TestScheduleLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(
			source.Source{Name: "jam", Region: "1", Every: time.Hour},
			source.Source{Name: "dua-jam", Region: "1", Every: 2 * time.Hour},
			source.Source{Name: "rusak", Region: "1", Every: time.Hour})
		s.broken["rusak"] = true
		want := []string{
			"0s [jam dua-jam rusak]", "1h0m0s [jam rusak]",
			"2h0m0s [jam dua-jam]", "2h0m0s missed rusak",
			"3h0m0s [jam rusak]",
			"4h0m0s [jam dua-jam]", "4h0m0s missed rusak",
		}
		if diff := cmp.Diff(want, s.runFor(t, 4*time.Hour+30*time.Minute)); diff != "" {
			t.Errorf("schedule (-want +got):\n%s", diff)
		}
	})
}

// TestScheduleGoesOnAfterAnError does not spin, and tries again.
func TestScheduleGoesOnAfterAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(source.Source{Name: "jam", Region: "1", Every: time.Hour})
		healthy, n := s.pull, 0
		s.pull = func(ctx context.Context, c *source.Config, due []string) (*PullResult, error) {
			if n++; n < 3 {
				return nil, errors.New("warehouse away")
			}
			return healthy(ctx, c, due)
		}
		want := []string{"pull: warehouse away", "pull: warehouse away", "2m0s [jam]", "1h2m0s [jam]"}
		if diff := cmp.Diff(want, s.runFor(t, 90*time.Minute)); diff != "" {
			t.Errorf("schedule (-want +got):\n%s", diff)
		}
	})
}

// TestScheduleStopsInAPull ends at once and books nothing of the pull that was
// cut off.
func TestScheduleStopsInAPull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchedule(source.Source{Name: "jam", Region: "1", Every: time.Hour})
		s.pull = func(ctx context.Context, _ *source.Config, _ []string) (*PullResult, error) {
			<-ctx.Done()
			return &PullResult{}, ctx.Err()
		}
		began := time.Now()
		if log := s.runFor(t, time.Minute); len(log) != 0 || time.Since(began) != time.Minute {
			t.Errorf("%v after %s", log, time.Since(began))
		}
	})
}

// TestBookMissed books polls left out as expected and not answered, under the
// OPD that the source's text means.
func TestBookMissed(t *testing.T) {
	w := warehousetest.New(t)
	in := New(Options{Warehouse: w})
	if _, err := in.Import(t.Context(), ImportRequest{Kind: "opd", Region: "19.71", Reader: strings.NewReader("code,name\n1.02,Dinas Kesehatan\n")}); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 5, 8, 0, 0, 0, time.UTC)
	var missed []missedPoll
	for i, opd := range []string{"Dinas Kesehatan", "Tak Dikenal", ""} {
		missed = append(missed, missedPoll{source: source.Source{Name: fmt.Sprint("s", i), Kind: "feed", Region: "19.71", OPD: opd}, at: at, reason: "dns"})
	}
	if err := in.bookMissed(t.Context(), missed); err != nil {
		t.Fatal(err)
	}
	rows, err := w.Conn().Query(t.Context(), "SELECT concat(source, '|', opd, '|', reason, '|', toString(answered), toString(skipped), '|', toString(polled_at)) FROM polls ORDER BY source")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		got = append(got, line)
	}
	want := []string{
		"s0|1.02|dns|falsetrue|2026-11-05 08:00:00.000", "s1|Tak Dikenal|dns|falsetrue|2026-11-05 08:00:00.000", "s2||dns|falsetrue|2026-11-05 08:00:00.000",
	}
	if diff := cmp.Diff(want, got); diff != "" || rows.Err() != nil {
		t.Errorf("%v (-want +got):\n%s", rows.Err(), diff)
	}
}

package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
)

// movingClock can be moved while others read it.
type movingClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *movingClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *movingClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// TestKeep runs the schedule on the real engine, from restart to restart: due
// times are taken from the polls on record.
func TestKeep(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	f := newFeed(feedItem("https://dinkes.contoh.go.id/a", "Judul", "Mon, 02 Nov 2026 08:00:00 +0700", "", text("imunisasi")))
	dead := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "tidak", http.StatusForbidden) })
	c := testConfig(t, pullSource("baik", serve(t, f), "Dinkes", "website"), pullSource("rusak", serve(t, dead), "Dinsos", "website"))
	clock := &movingClock{now: b.clock.now}
	// runUntil keeps the schedule going until so many polls were made, and a
	// little longer, in which no more may be made.
	runUntil := func(polls int) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		in := ingest.New(ingest.Options{Warehouse: b.w, Regions: c.Table(), Now: clock.Now, Logger: slog.New(slog.DiscardHandler)})
		ended := make(chan error)
		go func() { ended <- in.Keep(ctx, c) }()
		for calm := 0; calm < 10; {
			select {
			case err := <-ended:
				t.Fatalf("the schedule ended by itself: %v", err)
			case <-time.After(50 * time.Millisecond):
			}
			if made := b.rows("SELECT toString(countIf(NOT skipped)) FROM polls")[0]; made == fmt.Sprint(polls) {
				calm++
			} else if calm > 0 {
				t.Fatalf("%s polls, want %d", made, polls)
			}
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Fatalf("ended with %v", err)
		}
	}
	runUntil(2)
	// Both are due again and again; the dead one's pause grows to four hours,
	// and so does that of the other, which publishes rarely.
	clock.move(10 * time.Hour)
	runUntil(4)
	clock.move(10 * time.Hour)
	runUntil(6)
	clock.move(3 * time.Hour)
	runUntil(6)
	clock.move(2 * time.Hour)
	runUntil(8)
	columns := "SELECT toString(source), opd, toString(countIf(answered)), toString(countIf(NOT answered)) FROM polls GROUP BY source, opd ORDER BY source"
	if diff := cmp.Diff([]string{"baik|1.02|4|0", "rusak|1.06|0|4"}, b.rows(columns)); diff != "" {
		t.Errorf("polls (-want +got):\n%s", diff)
	}
}

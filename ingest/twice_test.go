package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOneAddressTwiceInAPoll: what a poll goes by, a replay goes by, so pulls
// and replays in turn change nothing.
func TestOneAddressTwiceInAPoll(t *testing.T) {
	body := "<p>" + text("imunisasi") + "</p>"
	first := feedItem("https://dinkes.contoh.go.id/du/1", "Satu", "Mon, 12 Oct 2026 08:00:00 +0700", "", body)
	second := feedItem("https://dinkes.contoh.go.id/du/1?utm_source=rss", "Satu", "Sat, 12 Sep 2026 08:00:00 +0700", "", body)
	empty := feedItem("https://dinkes.contoh.go.id/du/1", "", "Mon, 12 Oct 2026 08:00:00 +0700", "", "")
	for _, c := range []struct{ name, items, day string }{
		{"two readable", first + second, "2026-10-12"},
		{"the other way about", second + first, "2026-09-12"},
		{"first cannot be read", empty + second + first, "2026-09-12"},
		{"second cannot be read", first + empty, "2026-10-12"},
		{"three", first + second + first, "2026-10-12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.give("opd", fiveOPD)
			f := newFeed(c.items)
			config := testConfig(t, pullSource("dinkes", serve(t, f), "Dinkes", "website"))
			state := func() []string {
				return b.rows("SELECT toString(toDate(published_at)), toString(version), (SELECT toString(count()) FROM raw_items) FROM articles ORDER BY version")
			}
			pull(t, b, config)
			want := state()
			if len(want) != 1 || want[0][:10] != c.day {
				t.Fatalf("the first pull wrote %v, want one version of %s", want, c.day)
			}
			for range 2 {
				got, err := b.in.Replay(t.Context(), config, nil)
				if err != nil {
					t.Fatal(err)
				}
				if got.Accepted+got.Updated != 0 {
					t.Errorf("a replay changed something: %+v", got.Tally)
				}
				f.version.Add(1)
				pull(t, b, config)
				if diff := cmp.Diff(want, state()); diff != "" {
					t.Fatalf("after replay and pull (-want +got):\n%s", diff)
				}
			}
		})
	}
}

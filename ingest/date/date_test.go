package date_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/ingest/date"

	"github.com/google/go-cmp/cmp"
)

// now is 2026-11-05 08:00 WIB.
var now = time.Date(2026, time.November, 5, 1, 0, 0, 0, time.UTC)

// labelled is one text of testdata/dates.json with what a person reads in it:
// an instant, or the reason why it is none.
type labelled struct {
	Text      string   `json:"text"`
	Zone      string   `json:"zone"`
	At        string   `json:"at"`
	Precision string   `json:"precision"`
	Flags     []string `json:"flags"`
	Reason    string   `json:"reason"`
}

func corpus(tb testing.TB) []labelled {
	tb.Helper()
	raw, err := os.ReadFile("testdata/dates.json")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []labelled
	if err := json.Unmarshal(raw, &cases); err != nil {
		tb.Fatal(err)
	}
	if len(cases) < 80 {
		tb.Fatalf("corpus has %d cases, want at least 80", len(cases))
	}
	return cases
}

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return z
}

// read gives what Parse makes of a case, in the terms of its label.
func read(tb testing.TB, c labelled) labelled {
	tb.Helper()
	got := labelled{Text: c.Text, Zone: c.Zone}
	p, err := date.Parse(c.Text, zone(tb, c.Zone), now)
	if err != nil {
		var e *date.Error
		if !errors.As(err, &e) {
			tb.Fatalf("%q: error is %T, want *date.Error", c.Text, err)
		}
		got.Reason = e.Reason
		return got
	}
	got.At = p.At.Format(time.RFC3339Nano)
	got.Precision = string(p.Precision)
	got.Flags = p.Flags
	if got.Flags == nil {
		got.Flags = []string{}
	}
	return got
}

func TestCorpus(t *testing.T) {
	for _, c := range corpus(t) {
		if diff := cmp.Diff(c, read(t, c)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.Text, diff)
		}
	}
}

// TestPrecisionRecall states the quality in two numbers: of the dates read, how
// many were right; of the dates there, how many were read right.
func TestPrecisionRecall(t *testing.T) {
	var there, given, right float64
	for _, c := range corpus(t) {
		got := read(t, c)
		if c.At != "" {
			there++
		}
		if got.At != "" {
			given++
			if got.At == c.At && got.Precision == c.Precision {
				right++
			}
		}
	}
	precision, recall := right/given, right/there
	t.Logf("dates: %.0f texts hold one; precision %.3f, recall %.3f", there, precision, recall)
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("precision %.3f, recall %.3f: want both at least 0.95", precision, recall)
	}
}

func TestParseWithoutZoneUsesUTC(t *testing.T) {
	p, err := date.Parse("2019-01-03 10:00", nil, now)
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2019, 1, 3, 10, 0, 0, 0, time.UTC); !p.At.Equal(want) || p.At.Location() != time.UTC {
		t.Errorf("got %v, want %v in UTC", p.At, want)
	}
}

// The year window follows the clock of the region, not UTC.
func TestYearWindowFollowsNow(t *testing.T) {
	newYearInJakarta := time.Date(2026, 12, 31, 18, 0, 0, 0, time.UTC)
	if _, err := date.Parse("2028-06-01", zone(t, "Asia/Jakarta"), newYearInJakarta); err != nil {
		t.Errorf("2028 on 1 January 2027 WIB: %v", err)
	}
	if _, err := date.Parse("2028-06-01", time.UTC, newYearInJakarta); err == nil {
		t.Error("2028 on 31 December 2026 UTC: read, want out_of_range")
	}
}

func TestErrorWords(t *testing.T) {
	long := strings.Repeat("Ж", 400)
	tests := []struct{ text, reason, words string }{
		{"", date.ReasonEmpty, "tanggal kosong"},
		{"kemarin", date.ReasonUnreadable, `"kemarin" tidak terbaca`},
		{"30/2/2019", date.ReasonImpossible, `"30/2/2019" tidak ada di kalender`},
		{"1970-01-01", date.ReasonEpoch, "epoch"},
		{"1945-08-17", date.ReasonOutOfRange, "di luar rentang 1990"},
		{long, date.ReasonUnreadable, strings.Repeat("Ж", 60) + "…"},
	}
	for _, tt := range tests {
		_, err := date.Parse(tt.text, time.UTC, now)
		var e *date.Error
		if !errors.As(err, &e) {
			t.Fatalf("%q: got %v, want *date.Error", tt.text, err)
		}
		if e.Reason != tt.reason || !strings.Contains(e.Error(), tt.words) || strings.Contains(e.Error(), "\n") {
			t.Errorf("%q: reason %s, words %q; want %s and %q", tt.text, e.Reason, e.Error(), tt.reason, tt.words)
		}
	}
}

func TestFlagsAreSortedAndFound(t *testing.T) {
	p, err := date.Parse("Senin 4/12/2026 10:00", zone(t, "Asia/Jakarta"), now)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{date.FlagAmbiguousDayMonth, date.FlagFuture, date.FlagWeekdayMismatch, date.FlagZoneless}
	if diff := cmp.Diff(want, p.Flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	if !slices.IsSorted(p.Flags) || !p.Has(date.FlagFuture) || p.Has("none") {
		t.Errorf("Has or order is wrong: %v", p.Flags)
	}
}

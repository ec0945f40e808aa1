package wording

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaung/metrics"
)

func ptr[T any](v T) *T { return &v }

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{0, 0, "0"},
		{7, 0, "7"},
		{999, 0, "999"},
		{1000, 0, "1.000"},
		{1234.5, 1, "1.234,5"},
		{1234567.891, 2, "1.234.567,89"},
		{-1234.5, 1, "−1.234,5"},
		{-0.04, 1, "0,0"},
		{0.05, 0, "0"},
		{math.NaN(), 1, "–"},
		{math.Inf(1), 0, "–"},
	} {
		if got := Indonesian.Number(c.v, c.decimals); got != c.want {
			t.Errorf("Number(%v, %d) = %q, want %q", c.v, c.decimals, got, c.want)
		}
	}
}

// Whatever Count writes can be read back.
func TestCountReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-1e9, 1e9).Draw(t, "n")
		text := strings.ReplaceAll(strings.ReplaceAll(Indonesian.Count(n), ".", ""), Minus, "-")
		if got, err := strconv.Atoi(text); err != nil || got != n {
			t.Errorf("Count(%d) = %q", n, Indonesian.Count(n))
		}
	})
}

func TestTrimPercentSigned(t *testing.T) {
	for got, want := range map[string]string{
		Indonesian.Trim(2, 1): "2", Indonesian.Trim(2.5, 1): "2,5", Indonesian.Trim(1500, 1): "1.500", Indonesian.Trim(0, 2): "0",
		Indonesian.Percent(0.915, 99): "92%", Indonesian.Percent(0.915, 100): "91,5%", Indonesian.Percent(1, 1000): "100,0%", Indonesian.Percent(0, 3): "0%",
		Indonesian.Signed(14): "+14", Indonesian.Signed(-3): "−3", Indonesian.Signed(0): "0", Indonesian.Signed(1234): "+1.234",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDates(t *testing.T) {
	makassar, err := time.LoadLocation("Asia/Makassar")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 10, 31, 16, 30, 0, 0, time.UTC) // 1 November in Makassar
	for got, want := range map[string]string{
		Indonesian.Date(at):                       "31 Okt 2026",
		Indonesian.LongDate(at.In(makassar)):      "1 November 2026",
		Indonesian.Instant(at, makassar):          "1 Nov 2026 pukul 00.30 WITA",
		Indonesian.Instant(time.Time{}, makassar): "belum pernah",
		Indonesian.Day("2026-11-05"):              "5 November 2026",
		Indonesian.Day("kemarin"):                 "kemarin",
		Indonesian.MonthOf("2026-10"):             "Oktober 2026",
		Indonesian.MonthOf("x"):                   "x",
		Indonesian.ShortMonthOf("2026-08"):        "Agu 2026",
		Indonesian.ShortMonthOf("x"):              "x",
		Indonesian.ShortDay("2026-05-03"):         "3 Mei 2026",
		Indonesian.ShortDay("x"):                  "x",
		ZoneLabel(time.UTC):                       "UTC",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOnTimeShare(t *testing.T) {
	for _, c := range []struct {
		share *float64
		cases metrics.CaseCounts
		state State
		text  string
	}{
		{ptr(0.8), metrics.CaseCounts{OnTime: 4, Late: 1}, Measured, "80%"},
		{ptr(0.0), metrics.CaseCounts{Late: 9}, Measured, "0%"},
		{nil, metrics.CaseCounts{Pending: 3}, Immature, "belum matang"},
		{nil, metrics.CaseCounts{Excluded: 3}, Absent, "–"},
	} {
		if got := Indonesian.OnTimeShare(c.share, c.cases); got.State != c.state || got.Text != c.text {
			t.Errorf("OnTimeShare(%v) = %+v", c.cases, got)
		}
	}
}

func TestWaits(t *testing.T) {
	if got := Indonesian.MeanWait(metrics.CaseOPD{RMSTWD: ptr(10.74), RMSTIsBound: ptr(true)}); got.Text != "≤ 10,7" || got.Note == "" {
		t.Errorf("bound: %+v", got)
	}
	if got := Indonesian.MeanWait(metrics.CaseOPD{RMSTWD: ptr(10.74), RMSTIsBound: ptr(false)}); got.Text != "10,7" {
		t.Errorf("not a bound: %+v", got)
	}
	if got := Indonesian.MeanWait(metrics.CaseOPD{}); got.State != Absent {
		t.Errorf("none: %+v", got)
	}
	if got := Indonesian.MedianWait(metrics.CaseOPD{}); got.State != Absent || got.Text != "–" {
		t.Errorf("median not reached: %+v", got)
	}
	if got := Indonesian.MedianWait(metrics.CaseOPD{MedianWD: ptr(0.0)}); got.State != Measured || got.Text != "0" {
		t.Errorf("median of 0 days: %+v", got)
	}
}

func TestIntervalAndRange(t *testing.T) {
	for got, want := range map[string]string{
		Indonesian.Interval(ptr(0.3755), ptr(0.9638), 5):   "38–96%",
		Indonesian.Interval(ptr(0.9104), ptr(0.9726), 200): "91,0–97,3%",
		Indonesian.Interval(nil, ptr(1.0), 5):              "",
		Range(ptr(3), ptr(9)):                              "3–9",
		Range(ptr(4), ptr(4)):                              "4",
		Range(nil, nil):                                    "",
		Tier(ptr("A")) + Tier(nil):                         "A",
		Indonesian.OptionalCount(nil, "sebab").Note:        "sebab",
		Indonesian.OptionalNumber(ptr(1.25), 1, "").Text:   "1,2",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Every state of an OPD has words, and exactly the unranked ones a reason.
func TestStatusWords(t *testing.T) {
	for status, ranked := range map[metrics.OPDStatus]bool{
		metrics.StatusOK: true, metrics.StatusQuiet: true,
		metrics.StatusSourceFailed: false, metrics.StatusNoSource: false, metrics.StatusNew: false,
	} {
		if Indonesian.Status(status) == string(status) {
			t.Errorf("%s has no words", status)
		}
		row := metrics.PublicationOPD{Status: status, Weeks: 4, TargetPerWeek: 2}
		if (Indonesian.StatusReason(row) == "") != ranked {
			t.Errorf("%s: reason %q", status, Indonesian.StatusReason(row))
		}
		if row.TargetPerWeek = 0; Indonesian.StatusReason(row) == "" {
			t.Errorf("%s: no reason for a target of 0", status)
		}
	}
	if got := Indonesian.Status("other"); got != "other" {
		t.Errorf("unknown state: %q", got)
	}
}

func TestReason(t *testing.T) {
	for code, want := range map[string]string{
		"dns": "alamat situs tidak ditemukan", "http_418": "server menjawab dengan kesalahan 418", "": "sebab tidak tercatat", "sesuatu lain": "sesuatu lain",
	} {
		if got := Indonesian.Reason(code); got != want {
			t.Errorf("Reason(%q) = %q", code, got)
		}
	}
}

func TestKinds(t *testing.T) {
	kinds := Indonesian.Kinds(map[string]int{"zeta": 1, "complaint": 9, "alpha": 2})
	var got []string
	for _, k := range kinds {
		got = append(got, k.Code+" "+strconv.Itoa(k.N))
	}
	want := "information 0, aspiration 0, complaint 9, supervision 0, alpha 2, zeta 1"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if again := Indonesian.Kinds(nil); again[2].N != 0 {
		t.Error("a list changed the table of kinds")
	}
}

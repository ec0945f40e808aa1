package wording

import (
	"context"
	"testing"
	"time"

	"gaung/metrics"
)

func TestT(t *testing.T) {
	en := English()
	for _, test := range []struct {
		text   string
		args   []any
		id, en string
	}{
		{"Berita", nil, "Berita", "Stories"},
		{"Tempat", nil, "Tempat", "Place"},
		{"Tempat|lokasi", nil, "Tempat", "Location"},
		{"{1} berita", []any{"2"}, "2 berita", "2 stories"},
		{"{1} berita", []any{1}, "1 berita", "1 story"},
		{"{1} dari {2}", []any{"{2}", "x"}, "{2} dari x", "{2} of x"},
		{"tidak dikenal katalog {1}", []any{3}, "tidak dikenal katalog 3", "tidak dikenal katalog 3"},
		{"", nil, "", ""},
	} {
		if got := Indonesian.T(test.text, test.args...); got != test.id {
			t.Errorf("Indonesian %q: %q, want %q", test.text, got, test.id)
		}
		if got := en.T(test.text, test.args...); got != test.en {
			t.Errorf("English %q: %q, want %q", test.text, got, test.en)
		}
	}
}

func TestNumbersAndDatesInBothLanguages(t *testing.T) {
	en, jakarta := English(), time.FixedZone("WIB", 7*3600)
	at := time.Date(2026, 8, 5, 14, 5, 0, 0, time.UTC)
	for name, pair := range map[string]struct{ id, en, wantID, wantEN string }{
		"number":         {Indonesian.Number(1234.5, 1), en.Number(1234.5, 1), "1.234,5", "1,234.5"},
		"million":        {Indonesian.Count(-1234567), en.Count(-1234567), "−1.234.567", "−1,234,567"},
		"trim":           {Indonesian.Trim(2.5, 2), en.Trim(2.5, 2), "2,5", "2.5"},
		"trim whole":     {Indonesian.Trim(1000, 2), en.Trim(1000, 2), "1.000", "1,000"},
		"percent":        {Indonesian.Percent(0.876, 200), en.Percent(0.876, 200), "87,6%", "87.6%"},
		"date":           {Indonesian.Date(at), en.Date(at), "5 Agu 2026", "5 Aug 2026"},
		"checklist":      {Indonesian.ShortDay("2019-01-03"), en.ShortDay("2019-01-03"), "3 Jan 2019", "3 Jan 2019"},
		"long date":      {Indonesian.Day("2026-05-05"), en.Day("2026-05-05"), "5 Mei 2026", "5 May 2026"},
		"month":          {Indonesian.MonthOf("2026-10"), en.MonthOf("2026-10"), "Oktober 2026", "October 2026"},
		"short month":    {Indonesian.ShortMonthOf("2026-12"), en.ShortMonthOf("2026-12"), "Des 2026", "Dec 2026"},
		"weekday":        {Indonesian.Weekday("2026-11-01"), en.Weekday("2026-11-01"), "Minggu", "Sunday"},
		"instant":        {Indonesian.Instant(at, jakarta), en.Instant(at, jakarta), "5 Agu 2026 pukul 21.05 WIB", "5 Aug 2026 at 21:05 WIB"},
		"never":          {Indonesian.Instant(time.Time{}, jakarta), en.Instant(time.Time{}, jakarta), "belum pernah", "never"},
		"not a day":      {Indonesian.Day("x"), en.Day("x"), "x", "x"},
		"state":          {Indonesian.Status(metrics.StatusSourceFailed), en.Status(metrics.StatusSourceFailed), "sumber gagal", "source failed"},
		"missing figure": {Indonesian.Missing("tidak ada kasus").Note, en.Missing("tidak ada kasus").Note, "tidak ada kasus", "no cases"},
	} {
		if pair.id != pair.wantID || pair.en != pair.wantEN {
			t.Errorf("%s: %q and %q, want %q and %q", name, pair.id, pair.en, pair.wantID, pair.wantEN)
		}
	}
}

func TestDayReason(t *testing.T) {
	for why, want := range map[string]string{
		"hari kerja":                 "working day",
		"hari kerja (perpanjangan)":  "working day (extension)",
		"hari kerja (lewat tenggat)": "working day (overdue)",
		"akhir pekan (Sabtu)":        "weekend (Saturday)",
		"akhir pekan (Minggu); libur nasional: Hari Raya Idulfitri 1447 H": "weekend (Sunday); national holiday: Hari Raya Idulfitri 1447 H",
		"cuti bersama: Natal":         "collective leave: Natal",
		"menunggu kelengkapan berkas": "waiting for complete papers",
		"sebab yang tidak dikenal":    "sebab yang tidak dikenal",
	} {
		if got := English().DayReason(why); got != want {
			t.Errorf("%q: %q, want %q", why, got, want)
		}
		if got := Indonesian.DayReason(why); got != why {
			t.Errorf("Indonesian %q became %q", why, got)
		}
	}
}

func TestEvidence(t *testing.T) {
	if got := English().Evidence("hanya satu huruf berbeda: ronni / ronny"); got != "only one letter differs: ronni / ronny" {
		t.Error(got)
	}
	if got := English().Evidence("alasan lain"); got != "alasan lain" {
		t.Error(got)
	}
}

func TestRevision(t *testing.T) {
	r := metrics.Revision{Name: "Dinas Kesehatan", Figure: "publication.opd.stories", Frozen: 12, Today: 14}
	if got := Indonesian.Revision(r); got != "Dinas Kesehatan: Berita terbit 12 → 14 (+2 setelah tutup buku)" {
		t.Error(got)
	}
	if got := English().Revision(r); got != "Dinas Kesehatan: Stories published 12 → 14 (+2 after closing)" {
		t.Error(got)
	}
	r = metrics.Revision{Figure: "complaints.by_kind", Item: "aspiration", Frozen: 3, Today: 1}
	if got := English().Revision(r); got != "The whole region: Complaints submitted by kind (Aspiration) 3 → 1 (-2 after closing)" {
		t.Error(got)
	}
	if got := Indonesian.RevisedPart(r); got != "Pengaduan masuk menurut jenis (Aspirasi) 3 → 1 (-2)" {
		t.Error(got)
	}
}

func TestFromContext(t *testing.T) {
	if From(context.Background()).Code() != "id" || From(With(context.Background(), English())).Code() != "en" {
		t.Error("a context loses its language")
	}
}

package figures

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

func ptr[T any](v T) *T { return &v }

func report() *metrics.Report {
	return &metrics.Report{
		Month: "2026-10", AsOf: "2026-11-05", Timezone: "Asia/Jayapura",
		Publication: metrics.Publication{Articles: 60, Stories: 40, OPD: []metrics.PublicationOPD{
			{Status: metrics.StatusOK, Weeks: 5, WeeksMet: 5, TargetPerWeek: 2},
			{Status: metrics.StatusOK, Weeks: 5, WeeksMet: 4, TargetPerWeek: 2},
			{Status: metrics.StatusQuiet, Weeks: 5, TargetPerWeek: 2},
			{Status: metrics.StatusSourceFailed, Weeks: 5, WeeksMet: 5, TargetPerWeek: 2},
			{Status: metrics.StatusNew, Weeks: 5, WeeksMet: 5, TargetPerWeek: 2},
			{Status: metrics.StatusNoSource, Weeks: 5, TargetPerWeek: 2},
		}},
		PPID: metrics.PPID{CaseCounts: metrics.CaseCounts{OnTime: 3, Late: 1, Pending: 2, Excluded: 5}},
		Complaints: metrics.Complaints{
			ByKind: map[string]int{"complaint": 150, "aspiration": 50}, FollowedUpShare: ptr(0.915),
			FirstResponse: metrics.CaseTable{OPD: []metrics.CaseOPD{{CaseCounts: metrics.CaseCounts{Pending: 2}}, {CaseCounts: metrics.CaseCounts{Pending: 1}}}},
		},
	}
}

func TestAttain(t *testing.T) {
	want := Attainment{Measured: 3, Met: 1, Unmeasured: 3, TargetStories: 30, PerWeek: 2}
	if diff := cmp.Diff(want, Attain(report())); diff != "" {
		t.Error(diff)
	}
	r := report()
	r.Publication.OPD[1].TargetPerWeek = 3
	want.TargetStories, want.PerWeek = 35, 0
	if diff := cmp.Diff(want, Attain(r)); diff != "" {
		t.Error(diff)
	}
}

func TestRaw(t *testing.T) {
	if got := Raw(metrics.PublicationOPD{Stories: 13, TargetPerWeek: 2.5, Weeks: 4}); got == nil || *got != 1.3 {
		t.Errorf("13 of 10: %v", got)
	}
	if got := Raw(metrics.PublicationOPD{TargetPerWeek: 2, Weeks: 5}); got == nil || *got != 0 {
		t.Errorf("none of 10: %v", got)
	}
	if got := Raw(metrics.PublicationOPD{Stories: 3, TargetPerWeek: 2}); got != nil {
		t.Errorf("no week ended: %v", *got)
	}
}

func TestKey(t *testing.T) {
	previous := report()
	previous.Month, previous.AsOf = "2026-09", "2026-10-05"
	previous.Publication.Stories = 45
	previous.PPID.CaseCounts = metrics.CaseCounts{OnTime: 1, Late: 1}
	previous.Complaints.FollowedUpShare = ptr(0.915)
	type short struct{ ID, Value, Of, Movement, Compare, Target, N, AsOf string }
	var got []short
	for _, f := range Key(wording.Indonesian, report(), previous) {
		got = append(got, short{f.ID, f.Value.Text, f.Of, string(f.Movement), f.Compare, f.Target, f.N, f.AsOf})
	}
	asOf := "per 5 November 2026 WIT"
	want := []short{
		{"stories", "40", "", "down", "turun 5 dari 45 (Sep 2026)", "Target 30 berita dari 3 OPD", "dari 60 artikel di semua kanal", asOf},
		{"targets", "1", "dari 3 OPD", "same", "sama dengan 1 (Sep 2026)", "Target: semua, 2 berita tiap minggu", "3 OPD dinilai, 3 belum dapat dinilai", asOf},
		{"ppid", "75%", "", "up", "naik dari 50% (Sep 2026)", "Wajib 100%, batas 10 atau 17 hari kerja", "4 permohonan dihitung, 2 belum jatuh tempo", asOf},
		{"complaints", "91,5%", "", "same", "sama dengan 91,5% (Sep 2026)", "Wajib 100%, tanggapan pertama 5 hari kerja", "200 pengaduan masuk, 3 belum jatuh tempo", asOf},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestKeyWithoutPrevious(t *testing.T) {
	for _, f := range Key(wording.Indonesian, report(), nil) {
		if f.Movement != None || f.Compare != "Bulan sebelumnya tidak tersedia" {
			t.Errorf("%s: %q %q", f.ID, f.Movement, f.Compare)
		}
	}
}

// Nothing to judge is not the same as nobody met the target.
func TestKeyOfEmptyReport(t *testing.T) {
	empty := &metrics.Report{Month: "2026-11", AsOf: "2026-11-02", Timezone: "Asia/Jakarta"}
	states := map[string]wording.State{}
	for _, f := range Key(wording.Indonesian, empty, report()) {
		states[f.ID] = f.Value.State
	}
	want := map[string]wording.State{
		"stories": wording.Measured, "targets": wording.Immature, "ppid": wording.Absent, "complaints": wording.Absent,
	}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
	for _, f := range Key(wording.Indonesian, report(), empty) {
		if f.ID != "stories" && (f.Movement != None || f.Compare != "belum ada angka untuk 2 Nov 2026") {
			t.Errorf("%s against nothing: %q %q", f.ID, f.Movement, f.Compare)
		}
	}
}

func TestRunning(t *testing.T) {
	for asOf, want := range map[string]bool{"2026-10-30": true, "2026-10-31": false, "2026-11-05": false} {
		if got := Running(&metrics.Report{Month: "2026-10", AsOf: asOf}); got != want {
			t.Errorf("as of %s: %v", asOf, got)
		}
	}
	if Running(&metrics.Report{Month: "x"}) {
		t.Error("a month that is none runs")
	}
}

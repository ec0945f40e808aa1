package figures

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// short is a figure without its words.
type short struct{ ID, Value, Movement, Compare, N string }

func shorten(list []Figure) []short {
	var out []short
	for _, f := range list {
		out = append(out, short{f.ID, f.Value.Text, string(f.Movement), f.Compare, f.N})
	}
	return out
}

func TestPages(t *testing.T) {
	now, before := report(), report()
	before.Month, before.AsOf = "2026-09", "2026-10-05"
	now.PPID.Received, before.PPID.Received = 12, 9
	now.PPID.Extended, now.PPID.Refused, now.PPID.Objections = 2, 3, 1
	now.Complaints.Verify = metrics.VerifyCounts{N: 10, OnTime: 6, Late: 2, Pending: 2}
	before.Complaints.Verify = metrics.VerifyCounts{N: 4, OnTime: 4}
	now.Complaints.ResolvedShare = ptr(0.5)
	for name, c := range map[string]struct {
		got  []Figure
		want []short
	}{
		"publication": {Publication(wording.Indonesian, now, before), []short{
			{"stories", "40", "same", "sama dengan 40 (Sep 2026)", "dari 60 artikel di semua kanal"},
			{"targets", "1", "same", "sama dengan 1 (Sep 2026)", "3 OPD dinilai, 3 belum dapat dinilai"},
			{"articles", "60", "same", "sama dengan 60 (Sep 2026)", "memuat 40 berita yang berbeda"},
		}},
		"requests": {Requests(wording.Indonesian, now, before), []short{
			{"received", "12", "up", "naik 3 dari 9 (Sep 2026)", "2 diperpanjang menjadi 17 hari kerja"},
			{"ppid", "75%", "same", "sama dengan 75% (Sep 2026)", "4 permohonan dihitung, 2 belum jatuh tempo"},
			{"late", "1", "same", "sama dengan 1 (Sep 2026)", "dari 11 permohonan periode ini, yang masih terbuka termasuk"},
			{"objections", "1", "up", "naik 1 dari 0 (Sep 2026)", "3 permohonan periode ini ditolak"},
		}},
		"complaints": {Complaints(wording.Indonesian, now, before), []short{
			{"submitted", "200", "same", "sama dengan 200 (Sep 2026)", "semua jenis, salah alamat termasuk"},
			{"verified", "75%", "down", "turun dari 100% (Sep 2026)", "8 pengaduan dihitung, 2 belum jatuh tempo"},
			{"complaints", "91,5%", "same", "sama dengan 91,5% (Sep 2026)", "200 pengaduan masuk, 3 belum jatuh tempo"},
			{"resolved", "50,0%", "", "belum ada angka untuk Sep 2026", "200 pengaduan masuk"},
		}},
	} {
		if diff := cmp.Diff(c.want, shorten(c.got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Without the month before nothing is compared, and without a case nothing is
// judged.
func TestPagesWithoutData(t *testing.T) {
	empty := &metrics.Report{Month: "2026-11", AsOf: "2026-11-02", Timezone: "Asia/Jakarta"}
	for _, list := range [][]Figure{Publication(wording.Indonesian, empty, nil), Requests(wording.Indonesian, empty, nil), Complaints(wording.Indonesian, empty, nil)} {
		for _, f := range list {
			if f.Movement != None || f.Compare != "Bulan sebelumnya tidak tersedia" || f.AsOf == "" {
				t.Errorf("%s: %q %q %q", f.ID, f.Movement, f.Compare, f.AsOf)
			}
			if f.Share && f.Number != nil {
				t.Errorf("%s is a share of nothing: %v", f.ID, *f.Number)
			}
		}
	}
}

// Before the region's first story nobody was silent: the figures say that there
// is nothing to compare with, as the rows of the OPD do.
func TestNothingBeforeTheFirstStory(t *testing.T) {
	r := &metrics.Report{}
	r.Publication.Stories = 3
	r.Publication.OPD = []metrics.PublicationOPD{{OPD: "a", Name: "A", Status: metrics.StatusOK, Stories: 3, Weeks: 4, WeeksMet: 1, TargetPerWeek: 2}}
	before := &metrics.Report{}
	before.Publication.OPD = []metrics.PublicationOPD{{OPD: "a", Name: "A", Status: metrics.StatusQuiet, Weeks: 4, TargetPerWeek: 2}}
	for _, f := range append([]Figure{stories(wording.Indonesian, r, before), targets(wording.Indonesian, r, before)},
		agencyStories(wording.Indonesian, &r.Publication.OPD[0], &before.Publication.OPD[0], before),
		agencyWeeks(wording.Indonesian, &r.Publication.OPD[0], &before.Publication.OPD[0], before)) {
		if f.Movement != None || !strings.HasPrefix(f.Compare, "belum ada angka untuk") {
			t.Errorf("%s: %q %q", f.ID, f.Movement, f.Compare)
		}
	}
	zero := 0
	r.Publication.OPD[0].PreviousStories = &zero // a month that was watched
	if f := stories(wording.Indonesian, r, before); f.Movement != Up {
		t.Errorf("after a silent month: %q %q", f.Movement, f.Compare)
	}
}

// A target of 0 is met with nothing: nobody is judged by it.
func TestTargetOfNothing(t *testing.T) {
	r := &metrics.Report{}
	r.Publication.OPD = []metrics.PublicationOPD{
		{OPD: "a", Status: metrics.StatusOK, Stories: 1, Weeks: 5, WeeksMet: 5},
		{OPD: "b", Status: metrics.StatusOK, Stories: 9, Weeks: 5, WeeksMet: 4, TargetPerWeek: 2},
	}
	if a := Attain(r); a.Met != 0 || a.Measured != 1 || a.Unmeasured != 1 || a.PerWeek != 2 || a.TargetStories != 10 {
		t.Errorf("attained %+v", a)
	}
}

package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSeedHolidays(t *testing.T) {
	b := newBench(t)
	for range 2 {
		if err := b.in.SeedHolidays(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := []string{"cuti bersama|62", "libur nasional|152"}
		if diff := cmp.Diff(want, b.rows("SELECT toString(kind), toString(count()) FROM holidays WHERE region = '' GROUP BY kind ORDER BY kind")); diff != "" {
			t.Errorf("days (-want +got):\n%s", diff)
		}
	}
	// A correction by an import survives the next start.
	b.want(b.give("holidays", "date,name,kind\n2026-01-01,Tahun Baru (dikoreksi),libur nasional\n"), 0, 1, 0, 0)
	if err := b.in.SeedHolidays(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Tahun Baru (dikoreksi)"}, b.rows("SELECT name FROM holidays_current WHERE date = '2026-01-01'")); diff != "" {
		t.Errorf("the corrected day (-want +got):\n%s", diff)
	}
}

func TestRegionalHolidayNeedsRegion(t *testing.T) {
	b := newBench(t)
	got := b.give("holidays", "date,name,kind,region\n2026-08-27,Pilkada ulang,libur daerah,19.71\n2026-08-28,Hari jadi,libur daerah,\n2026-08-29,Apa,libur sendiri,\n")
	b.want(got, 2, 0, 0, 1)
	if diff := cmp.Diff([]string{"19.71|2026-08-27", "99.01|2026-08-28"}, b.rows("SELECT toString(region), toString(date) FROM holidays ORDER BY date")); diff != "" {
		t.Errorf("holidays (-want +got):\n%s", diff)
	}
}

package dashboard

import (
	"strings"
	"testing"

	"gaung/dashboard/figures"
	"gaung/metrics/calendar"
)

// What is not over is drawn as partial, and words say so.
func TestPartialIsDrawn(t *testing.T) {
	reports := fixtureReports()
	november := over(calendar.Period{First: calendar.Date(2026, 11, 1), Last: calendar.Date(2026, 11, 30)}, fixtureReport())
	november.Month, november.AsOf, november.Publication.Stories = "2026-11", "2026-11-05", 45
	reports.reports["2026-11"] = november
	s := newFixture(t, reports, nil)

	_, trend := get(t, s, "/tren?month=2026-11")
	mention(t, "the trend of a month that runs", trend, "Nov 2026 (berjalan)", `"symbol":"emptyCircle"`, "pada Oktober 2026. November 2026 baru sampai 5 November 2026: 45 berita.")
	mention(t, "the last stretch of its line", trend, `"markLine":{"data":[[{"coord":[`, `"type":"dashed"`)
	if n := strings.Count(trend, `"value":45,`); n != 1 {
		t.Errorf("the month that runs is drawn as %d points", n)
	}
	if strings.Contains(trend, "Berita terbit: 45") {
		t.Error("the finding is a month that is not over")
	}
	_, trend = get(t, s, "/tren")
	if strings.Contains(trend, "(berjalan)") || strings.Contains(trend, "emptyCircle") || strings.Contains(trend, "dashed") || strings.Contains(trend, "baru sampai") {
		t.Error("whole months are called partial")
	}
	_, year := get(t, s, "/ppid/tahun?month=2026-11")
	mention(t, "the year", year, "November 2026 (berjalan)")
	_, person := get(t, s, "/pranata-humas/198001012005011001?month=2026-11")
	mention(t, "a person", person, "Nov 2026 (berjalan)", `"symbol":"emptyTriangle"`)

	_, list := get(t, s, "/publikasi?month=2026-11")
	mention(t, "the bars", list, `data-chart="data-berita-per-opd" data-partial`, "per 5 November 2026 WIB, periode belum selesai")
	if _, list = get(t, s, "/publikasi"); strings.Contains(list, "data-partial") || strings.Contains(list, "belum selesai") {
		t.Error("days that are over are called partial")
	}
	_, heat := get(t, s, "/publikasi/peta")
	mention(t, "the weeks", heat, "minggu 2 Nov 2026, belum selesai", "Minggu bergaris putus baru sampai 5 Nov 2026.")
	_, rows, _ := strings.Cut(heat, "<tbody>")
	first, _, _ := strings.Cut(rows, "</tr>")
	if strings.Count(first, "heat-running") != 1 || !strings.Contains(first, "heat-running\">") || !strings.HasSuffix(strings.TrimSpace(first), "</td>") {
		t.Errorf("one week runs, the row is %s", first)
	}
}

func TestRunningOn(t *testing.T) {
	for _, tt := range []struct {
		asOf, today string
		want        bool
	}{
		{"2026-10-30", "2026-11-05", true},
		{"2026-10-31", "2026-11-05", false},
		{"2026-11-05", "2026-11-05", false},
		{"2026-10-31", "2026-10-31", true}, // the last day still runs
	} {
		if got := figures.RunningOn("2026-10", tt.asOf, tt.today); got != tt.want {
			t.Errorf("October as of %s on %s: %v", tt.asOf, tt.today, got)
		}
	}
}

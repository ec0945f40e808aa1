package metrics

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gaung/metrics/calendar"
	"gaung/metrics/stats"
	"gaung/warehouse/region"
)

// The worked examples of docs/METHOD.md that no other test recomputes. Each
// names the words it stands by, so that neither changes without the other.
func TestMethodExamples(t *testing.T) {
	text := strings.Join(strings.Fields(readMethod(t)), " ")
	for name, example := range map[string]struct {
		words string
		got   func() string
	}{
		"drafts": {"6 naskah: 3 terbit, 1 dikembalikan, 2 menunggu. Diterima 3/4 = **75 %**", func() string {
			d := &drafts{}
			for _, decision := range []string{"published", "published", "published", "returned", "", ""} {
				d.add(decision, 0, 0)
			}
			return fmt.Sprintf("**%.0f %%**", *d.counts().Acceptance*100)
		}},
		"complaints": {"4 pengaduan masuk, 1 dialihkan, 1 ditanggapi, 1 selesai, 1 belum apa-apa. `shares_n` 3; tindak lanjut 2/3 = 66,7 %; selesai 1/3 = 33,3 %.", func() string {
			f, r, n := shares([]progress{{misrouted: true}, {responded: true}, {resolved: true}, {}})
			return fmt.Sprintf("`shares_n` %d; tindak lanjut 2/3 = %s; selesai 1/3 = %s", n, percent(*f), percent(*r))
		}},
		"published share": {"10 OPD; 6 ada berita, 3 diam, 1 sumbernya gagal: 6/9 = 66,7 %", func() string {
			var rows []PublicationOPD
			for range 6 {
				rows = append(rows, PublicationOPD{Status: StatusOK, Stories: 1})
			}
			for range 3 {
				rows = append(rows, PublicationOPD{Status: StatusQuiet})
			}
			return "6/9 = " + percent(*publishedShare(append(rows, PublicationOPD{Status: StatusSourceFailed})))
		}},
		"regions": {"tiga OPD dengan target 2 selama lima minggu, satu tanpa sumber: 20 berita diharapkan, bukan 30", func() string {
			s := &snapshot{query: Query{Region: region.Region{Code: "19.71"}}}
			var rows []publicationRow
			for i := range 3 {
				row := publicationRow{expected: 2 * 5}
				row.Status = []OPDStatus{StatusOK, StatusQuiet, StatusNoSource}[i]
				rows = append(rows, row)
			}
			return fmt.Sprintf("%.0f berita diharapkan", s.regionPublication(rows, true).expected)
		}},
		"tiers": {"OPD tempat 2, 3, 4 = 0,62; 0,79; 0,91. Tempat 2 dan 3 tetap di A; tempat 4 membuka B", func() string {
			tiers := stats.Tiers(4, func(i, j int) float64 { return []float64{0.5, 0.62, 0.79, 0.91}[j] })
			if strings.Join(tiers, "") != "AAAB" {
				return strings.Join(tiers, "")
			}
			return "Tempat 2 dan 3 tetap di A; tempat 4 membuka B"
		}},
		"zones": {"31 Oktober 2026 pukul 16.30 UTC adalah 31 Oktober pukul 23.30 WIB, tetapi sudah 1 November pukul 00.30 WITA", func() string {
			at := time.Date(2026, 10, 31, 16, 30, 0, 0, time.UTC)
			day := func(name string) int { return calendar.DayOf(at, zone(t, name)).Time(time.UTC).Day() }
			return fmt.Sprintf("%d Oktober pukul 23.30 WIB, tetapi sudah %d November", day("Asia/Jakarta"), day("Asia/Makassar"))
		}},
		"the other agencies": {"(12 + 5)/20 = **0,85**", func() string {
			all := attainment{comparison: comparison{}, all: map[string]stats.Rate{"": {Y: 4 + 12 + 5, Exposure: 30}}}
			row := publicationRow{expected: 10}
			row.Stories = 4
			return "**" + comma(fmt.Sprintf("%.2f", *all.others(row))) + "**"
		}},
	} {
		if !strings.Contains(text, example.words) {
			t.Errorf("%s: docs/METHOD.md no longer says %q", name, example.words)
		}
		if got := example.got(); !strings.Contains(example.words, got) {
			t.Errorf("%s: %s is not what docs/METHOD.md says: %s", name, got, example.words)
		}
	}
}

func percent(share float64) string { return comma(fmt.Sprintf("%.1f", share*100)) + " %" }

func comma(number string) string { return strings.ReplaceAll(number, ".", ",") }

// Half an hour before and after midnight at the edges of months, in every zone
// of the country: the day decides the month, and the end of the as-of day is
// the first instant of the next.
func TestMidnightAtMonthEdges(t *testing.T) {
	for name, hours := range map[string]int{"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9} {
		z := zone(t, name)
		for _, month := range []string{"2026-01", "2026-02", "2024-02", "2026-03", "2026-12"} {
			m := mustMonth(t, month)
			end := time.Date(m.Year, m.Month+1, 1, 0, 0, 0, 0, time.UTC).Add(-time.Duration(hours) * time.Hour)
			for shift, want := range map[time.Duration]calendar.Month{-30 * time.Minute: m, 30 * time.Minute: m.Add(1)} {
				if got := calendar.MonthOf(calendar.DayOf(end.Add(shift), z)); got != want {
					t.Errorf("%s, %s%+v: %s, want %s", name, month, shift, got, want)
				}
			}
			if got := m.Last().End(z); !got.Equal(end) {
				t.Errorf("%s: %s ends at %s, want %s", name, m.Last(), got.UTC(), end)
			}
			q := Query{Region: region.Region{Code: "19", Zone: z}, Month: m.Add(1)}
			q.Now = end.Add(-30 * time.Minute)
			if _, err := q.asOf(); err == nil {
				t.Errorf("%s: half an hour before it begins, %s has a report", name, q.Month)
			}
			q.Now = end.Add(30 * time.Minute)
			if day, err := q.asOf(); err != nil || day != m.Last().Add(1) {
				t.Errorf("%s: half an hour after it began, %s is seen on %s, %v", name, q.Month, day, err)
			}
		}
	}
	if days := mustMonth(t, "2024-02").Last().Sub(mustMonth(t, "2024-02").First()) + 1; days != 29 {
		t.Errorf("February 2024 has %d days", days)
	}
}

package metrics

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gaung/metrics/calendar"
	"gaung/metrics/stats"
)

// figure writes a number as docs/METHOD.md does.
func figure(decimals int, v float64) string { return comma(fmt.Sprintf("%.*f", decimals, v)) }

// end writes a share that may be whole.
func end(share float64) string { return strings.Replace(percent(share), "100,0", "100", 1) }

// The formulas of docs/METHOD.md by the numbers it gives, each beside the
// words it stands in.
func TestMethodFormulas(t *testing.T) {
	text := strings.Join(strings.Fields(readMethod(t)), " ")
	cal, err := calendar.New([]calendar.Holiday{{Day: calendar.Date(2026, 1, 1), Name: "Tahun Baru", Kind: "libur nasional"}})
	if err != nil {
		t.Fatal(err)
	}
	day := func(text string) calendar.Day { return mustDay(t, text) }
	waits := func(days ...int) (w stats.Waiting) {
		for _, d := range days {
			w.AddEvent(d, 1)
		}
		return w
	}
	for name, example := range map[string]struct {
		words string
		got   func() string
	}{
		"as of": {"Dilihat pada 20 Oktober, ia terlambat (hari kerja ke-11).", func() string {
			r := request{received: day("2026-09-24"), completed: day("2026-10-05"), notified: day("2026-10-20"), withdrawn: never}
			seen := func(asOf string) (followed, bool) {
				at := day(asOf)
				return (&snapshot{asOf: at, from: calendar.MonthOf(at).First(), to: at}).request(r)
			}
			if c, ok := seen("2026-09-30"); !ok || c.outcome != open || c.start != r.received {
				return fmt.Sprint("on 30 September: ", c, ok)
			}
			if c, ok := seen("2026-10-05"); !ok || c.outcome != open || c.start != r.completed {
				return fmt.Sprint("on 5 October: ", c, ok)
			}
			c, ok := seen("2026-10-20")
			days, err := cal.Between(c.start, c.stop)
			if !ok || err != nil || c.outcome != stopped {
				return fmt.Sprint("on 20 October: ", c, ok, err)
			}
			return fmt.Sprintf("ia terlambat (hari kerja ke-%d)", days)
		}},
		"deadlines": {"didisposisikan Senin 5 Oktober 2026. Tanggapan pertama (5 hari kerja) jatuh tempo **12 Oktober**, penyelesaian (14 hari kerja) **23 Oktober 2026**", func() string {
			due := func(limit int) int {
				d, err := cal.Due(day("2026-10-05"), limit)
				if err != nil {
					t.Fatal(err)
				}
				return d.Sub(day("2026-10-01")) + 1
			}
			return fmt.Sprintf("jatuh tempo **%d Oktober**, penyelesaian (14 hari kerja) **%d Oktober 2026**", due(5), due(14))
		}},
		"states": {"terbuka pada hari ke-11, dicabut. on_time **1**, late **2**, pending **1**, excluded **1**, n **5**", func() string {
			c := &tally{}
			c.add(stopped, 10, 10, 1)
			c.add(stopped, 11, 10, 1)
			c.add(open, 10, 10, 1)
			c.add(open, 11, 10, 1)
			c.add(excluded, 3, 10, 1)
			return fmt.Sprintf("on_time **%d**, late **%d**, pending **%d**, excluded **%d**, n **%d**", c.OnTime, c.Late, c.Pending, c.Excluded, c.waits.N())
		}},
		"Wilson": {"| 3 dari 5 | 60 % | 23,1 % – 88,2 % | | 60 dari 100 | 60 % | 50,2 % – 69,1 % | | 10 dari 10 | 100 % | 72,2 % – 100 % |", func() string {
			row := func(k, n int) string {
				i, _ := stats.Wilson(k, n)
				return fmt.Sprintf("| %d dari %d | %d %% | %s – %s |", k, n, 100*k/n, end(i.Low), end(i.High))
			}
			return row(3, 5) + " " + row(60, 100) + " " + row(10, 10)
		}},
		"waits": {"3×0,675 + 3×0,54 + 4×0,36 = **8,885**", func() string {
			w := waits(2, 4, 4, 7, 10)
			for _, d := range []int{3, 6, 9, 12, 15} {
				w.AddCensored(d, 1)
			}
			r, _ := w.RestrictedMean(14)
			return "**" + figure(3, r.Area) + "**"
		}},
		"rates": {"Nilai OPD pertama (8/3 + 4)/(8/3 + 8) = **0,625**", func() string {
			rates := []stats.Rate{{Y: 4, Exposure: 8}, {Y: 12, Exposure: 8}}
			return "**" + figure(3, stats.FitGamma(rates).Posterior(rates[0]).Expect()) + "**"
		}},
		"shares": {"Nilai OPD pertama (2 + 0,5×2)/(10 + 2) = **0,25**", func() string {
			counts := []stats.Count{{K: 2, N: 10}, {K: 8, N: 10}}
			return "**" + figure(2, stats.FitBeta(counts).Posterior(counts[0]).Expect()) + "**"
		}},
		"waits shrunk": {"Nilai A = (4×2 + 2×6)/6 = **3,33**; B = 8,67", func() string {
			group := []stats.Waiting{waits(1, 1, 3, 3), waits(9, 9, 11, 11)}
			p := stats.FitNormal(group, horizonDays)
			return fmt.Sprintf("**%s**; B = %s", figure(2, p.Posterior(group[0]).Expect()), figure(2, p.Posterior(group[1]).Expect()))
		}},
		"places of waits": {"OPD A dengan 5 kasus dijawab pada hari ke-8, OPD B dengan 12 kasus pada hari ke-3, OPD C dengan 4 kasus pada hari ke-1. Urutan: **B, A, C**; C `data kurang`", func() string {
			cases := tallies{}
			for code, c := range map[string][2]int{"o00": {5, 8}, "o01": {12, 3}, "o02": {4, 1}} {
				cases.of(code).add(stopped, c[1], 10, c[0])
			}
			rows, _ := desk().rankCases(tablePPID, roll(3, region0), cases)
			var order []string
			for _, r := range rows {
				order = append(order, map[string]string{"o00": "A", "o01": "B", "o02": "C"}[r.OPD])
			}
			if last := rows[2]; *last.Tier != stats.TierInsufficient || last.Score != nil {
				return fmt.Sprint(last)
			}
			return "Urutan: **" + strings.Join(order, ", ") + "**"
		}},
		"attainment": {"(8 + 4×0,5)/(10 + 4) = **0,714**", func() string {
			return "**" + figure(3, stats.GammaPrior{Shape: 4 * 0.5, Weight: 4}.Posterior(stats.Rate{Y: 8, Exposure: 10}).Expect()) + "**"
		}},
		"days to a story": {"tiga berita terbit 0, 1, dan 4 hari sesudah peristiwanya: median **1** hari", func() string {
			return "median **" + figure(0, *medianDays([]int32{4, 0, 1})) + "** hari"
		}},
		"contradicting dates": {"dinyatakan lengkap 7 Oktober, dijawab 6 Oktober: dihitung 0 hari, dan `inconsistent_dates` bertambah **1**", func() string {
			s := &snapshot{asOf: day("2026-10-31"), from: day("2026-10-01"), to: day("2026-10-31")}
			c, _ := s.request(request{received: day("2026-10-05"), completed: day("2026-10-07"), notified: day("2026-10-06"), withdrawn: never})
			days, err := cal.Between(c.start, c.stop)
			if err != nil || !c.inconsistent() {
				return fmt.Sprint(c, err)
			}
			return fmt.Sprintf("dihitung %d hari, dan `inconsistent_dates` bertambah **1**", days)
		}},
		"failed sources": {"Sumber dengan 30 tarikan yang diharapkan gagal bila yang dijawab kurang dari **24**", func() string {
			answered := 0
			for (pollCount{30, answered}).failed() {
				answered++
			}
			return fmt.Sprintf("kurang dari **%d**", answered)
		}},
		"funnel": {"| 5 | 38,7 % – 100 % | 8,6 % – 100 % | | 20 | 65,3 % – 100 % | 53,5 % – 100 % | | 100 | 77,2 % – 92,2 % | 72,5 % – 95,5 % |", func() string {
			f := stats.Funnel{Target: 0.85, Dispersion: 1}
			var rows []string
			for _, n := range []int{5, 20, 100} {
				l, _ := f.Limits(n)
				rows = append(rows, fmt.Sprintf("| %d | %s – %s | %s – %s |", n, end(l.P95.Low), end(l.P95.High), end(l.P998.Low), end(l.P998.High)))
			}
			return strings.Join(rows, " ")
		}},
		"a figure of the list": {"Baris `on_time_share` di dalam `ppid.opd` bersatuan *bagian 0–1* dan baik bila *besar*: JSON memuat `0.6`, halaman menulis **60 %**. Andai keenamnya masih menunggu, JSON memuat `null` (belum ada kasus yang dapat dinilai)", func() string {
			row := func(onTime, late, pending int) string {
				var c tally
				c.add(stopped, 10, 10, onTime)
				c.add(stopped, 11, 10, late)
				c.add(open, 10, 10, pending)
				text, err := json.Marshal(caseRow("o", "O", &c))
				if err != nil {
					t.Fatal(err)
				}
				return regexp.MustCompile(`"on_time_share":([^,]*)`).FindStringSubmatch(string(text))[1]
			}
			m, ok := Describe("ppid.opd.on_time_share")
			if !ok || m.Null != "belum ada kasus yang dapat dinilai" || row(0, 0, 6) != "null" {
				return fmt.Sprint(ok, m.Null, row(0, 0, 6))
			}
			share, err := strconv.ParseFloat(row(3, 2, 1), 64)
			if err != nil {
				t.Fatal(err)
			}
			better := map[Direction]string{HigherIsBetter: "besar", LowerIsBetter: "kecil"}[m.Better]
			return fmt.Sprintf("bersatuan *%s* dan baik bila *%s*: JSON memuat `%s`, halaman menulis **%.0f %%**", m.Unit.ID, better, row(3, 2, 1), 100*share)
		}},
		"literature": {"6, 7, 10, 13, 16, 22, 23 = **0,857; 0,807; 0,753; 0,690; 0,627; 0,538; 0,448**, median **23** minggu", func() string {
			w := waits(6, 6, 6, 7, 10, 13, 16, 22, 23)
			for _, week := range []int{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35} {
				w.AddCensored(week, 1)
			}
			var weeks, shares []string
			for _, step := range w.Survival() {
				weeks, shares = append(weeks, strconv.Itoa(step.T)), append(shares, figure(3, step.S))
			}
			median, _ := w.Median()
			return fmt.Sprintf("%s = **%s**, median **%d** minggu", strings.Join(weeks, ", "), strings.Join(shares, "; "), median)
		}},
		"change": {"= **3,00 – 12,67**. Bulan terakhir (2) di bawah batas: `turun`. Andai 4: `tetap`.", func() string {
			c, _ := stats.XmR([]float64{8, 9, 7, 8, 10, 9, 8, 7, 9, 8, 9, 2})
			if c.Signal(2) != -1 || c.Signal(4) != 0 {
				return fmt.Sprint("signals ", c.Signal(2), c.Signal(4))
			}
			return fmt.Sprintf("= **%s – %s**", figure(2, c.Low), figure(2, c.High))
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

// Every section of docs/METHOD.md that gives a formula works an example.
func TestMethodSectionsHaveExamples(t *testing.T) {
	for _, section := range strings.Split(readMethod(t), "\n## ")[1:] {
		title, body, _ := strings.Cut(section, "\n")
		worked := strings.Contains(body, "*Contoh:*") || strings.Contains(body, "| 3 dari 5 |")
		if !worked {
			t.Errorf("%s has no worked example", title)
		}
	}
}

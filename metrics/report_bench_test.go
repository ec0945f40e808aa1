package metrics

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// bigWorld is a region of the given size over 18 months, to October 2026.
func bigWorld(t testing.TB, opds, stories, cases int) *world {
	w := &world{region: region.Region{Code: "19", Name: "Provinsi Uji", Zone: zone(t, "Asia/Jakarta")}}
	rng := rand.New(rand.NewPCG(uint64(opds), uint64(stories)))
	first := calendar.Date(2025, 5, 1)
	day := func() calendar.Day { return first.Add(rng.IntN(550)) }
	after := func(d calendar.Day, days int) *calendar.Day {
		if rng.IntN(5) == 0 {
			return nil
		}
		return ref(d.Add(rng.IntN(days)))
	}
	opd := func() string { return fmt.Sprint("o", rng.IntN(opds)) }
	for i := range opds {
		w.agencies = append(w.agencies, agency{code: fmt.Sprint("o", i), name: fmt.Sprintf("Dinas %04d", i), hasSource: true})
	}
	for range stories {
		s := worldStory{opd: opd(), day: day(), authors: []string{fmt.Sprint("p", rng.IntN(50))}}
		w.stories = append(w.stories, s)
		w.articles = append(w.articles, worldArticle{opd: s.opd, day: ref(s.day), firstSeen: s.day})
	}
	for range cases {
		d := day()
		w.ppid = append(w.ppid, worldRequest{opd: opd(), received: d, notified: after(d, 25)})
		d = day()
		w.complaints = append(w.complaints, worldComplaint{opd: opd(), kind: "complaint", submitted: d, assigned: after(d, 4), responded: after(d, 15), resolved: after(d, 40)})
	}
	for i := range 50 {
		w.people = append(w.people, worldPerson{fmt.Sprint("p", i), fmt.Sprint("Nama ", i), "pranata humas", fmt.Sprint("o", i)})
	}
	return w
}

func benchmarkReport(b *testing.B, opds, stories, cases int) {
	conn := warehousetest.New(b).Conn()
	storeHolidays(b, conn)
	w := bigWorld(b, opds, stories, cases)
	w.store(b, conn, 1)
	m := New(conn)
	q := Query{Region: w.region, Month: mustMonth(b, "2026-10"), Now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}
	b.ResetTimer()
	for b.Loop() {
		if _, err := m.Report(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}

// A regency: 40 OPD, 18 months.
func BenchmarkReportRegency(b *testing.B) { benchmarkReport(b, 40, 10_000, 2_000) }

// A province with its regencies: 1,000 OPD, a million articles, half a million cases.
func BenchmarkReportProvince(b *testing.B) { benchmarkReport(b, 1000, 1_000_000, 250_000) }

package cards

import (
	"fmt"
	"math"
	"strings"
	"time"

	"gaung/metrics"
)

func ptr[T any](v T) *T { return &v }

var opdNames = []string{
	"Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan", "Dinas Komunikasi dan Informatika",
	"Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana",
	"Badan Penanggulangan Bencana Daerah", "Dinas Pekerjaan Umum dan Penataan Ruang", "Sekretariat Daerah",
	"Dinas Perhubungan", "Dinas Sosial", "Dinas Pertanian dan Ketahanan Pangan", "Dinas Kelautan dan Perikanan",
	"Dinas Lingkungan Hidup", "Dinas Kependudukan dan Pencatatan Sipil", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
	"Satuan Polisi Pamong Praja", "Dinas Pariwisata, Kepemudaan dan Olahraga", "Badan Pendapatan Daerah",
}

// report is a month with every state that a card can show.
func report(month string) *metrics.Report {
	r := &metrics.Report{
		Region: "99.01", RegionName: "Kabupaten Contoh", Month: month, AsOf: "2026-11-05", Timezone: "Asia/Jakarta",
		DefinitionsVersion: 1, GeneratedAt: time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC),
	}
	ranked := len(opdNames) - 2
	for i, name := range opdNames {
		o := metrics.PublicationOPD{OPD: fmt.Sprint("1.", i+1), Name: name, Status: metrics.StatusSourceFailed, Weeks: 5, TargetPerWeek: 2}
		if i < ranked {
			o.Status, o.Stories = metrics.StatusOK, int(26*math.Exp(-float64(i)/8))
			o.WeeksMet = min(5, o.Stories/2)
			o.Score = ptr(min(float64(o.Stories+1)/11, 1.2))
			o.RankLow, o.RankHigh = ptr(max(1, i-2)), ptr(min(ranked, i+4))
			o.Tier = ptr([]string{"A", "B", "C"}[i*3/ranked])
		}
		r.Publication.OPD = append(r.Publication.OPD, o)
		r.Publication.Stories += o.Stories
		r.Publication.Articles += 3 * o.Stories
		row := metrics.CaseOPD{OPD: o.OPD, Name: name, CaseCounts: metrics.CaseCounts{OnTime: 12 - i%12, Late: i % 4, Pending: i % 3, Excluded: i % 2}}
		row.N = row.OnTime + row.Late + row.Pending + row.Excluded
		row.OnTimeShare = ptr(float64(row.OnTime) / float64(row.OnTime+row.Late))
		r.PPID.OPD = append(r.PPID.OPD, row)
		r.PPID.OnTime, r.PPID.Late, r.PPID.Pending, r.PPID.Excluded = r.PPID.OnTime+row.OnTime, r.PPID.Late+row.Late, r.PPID.Pending+row.Pending, r.PPID.Excluded+row.Excluded
	}
	r.PPID.Received, r.PPID.Refused, r.PPID.Extended, r.PPID.Objections = 118, 3, 4, 2
	r.Complaints = metrics.Complaints{
		ByKind:        map[string]int{"information": 31, "aspiration": 40, "complaint": 120, "supervision": 4},
		FirstResponse: metrics.CaseTable{OPD: r.PPID.OPD}, Verify: metrics.VerifyCounts{N: 195, OnTime: 180, Late: 5, Pending: 10},
		FollowedUpShare: ptr(0.9128), ResolvedShare: ptr(0.5),
	}
	return r
}

// extreme is a month whose names and numbers are as long as they may be.
func extreme() *metrics.Report {
	r := report("2026-10")
	long := strings.TrimSpace(strings.Repeat("Badan Pengembangan Sumber Daya ", 7))[:200]
	r.RegionName = long
	r.Publication.Stories, r.Publication.Articles = 1234567890, 1234567890
	for i := range r.Publication.OPD {
		r.Publication.OPD[i].Name, r.Publication.OPD[i].Stories = long, 1234567
	}
	r.PPID.OPD[0].Name = strings.Repeat("W", 200)
	r.PPID.OPD[1].N, r.PPID.OPD[1].OnTime = 1234567, 1234567
	r.Closed = &metrics.Closed{ID: "9901-202610-12-K7Q4ZD2M"}
	return r
}

// empty is a month without data.
func empty() *metrics.Report {
	return &metrics.Report{Region: "99.01", RegionName: "Kabupaten Contoh", Month: "2026-10", AsOf: "2026-10-05", Timezone: "Asia/Jakarta"}
}

package delivery

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// weekCounts is what happened in a week: the difference of the month's figures
// between its days, so that weeks add up to the months.
type weekCounts struct {
	stories, articles, requests, complaints int
	byOPD                                   map[string]int
}

func (w *weekCounts) add(r *metrics.Report, sign int) {
	w.stories += sign * r.Publication.Stories
	w.articles += sign * r.Publication.Articles
	w.requests += sign * r.PPID.Received
	w.complaints += sign * figures.Submitted(r.Complaints)
	for _, o := range r.Publication.OPD {
		w.byOPD[o.OPD] += sign * o.Stories
	}
}

// week counts the days of a week, over the one or two months they lie in, and
// gives the report as of its last day.
func (m *Measured) week(ctx context.Context, r region.Region, week calendar.Week, now time.Time) (weekCounts, *metrics.Report, error) {
	counts := weekCounts{byOPD: map[string]int{}}
	at := func(month calendar.Month, day calendar.Day) (*metrics.Report, error) {
		return m.metrics.Report(ctx, metrics.Query{Region: r, Month: month, AsOf: day, AsOfSet: true, Now: now})
	}
	var last *metrics.Report
	for from := week.Monday; from <= week.Sunday(); {
		month := calendar.MonthOf(from)
		to := min(month.Last(), week.Sunday())
		report, err := at(month, to)
		if err != nil {
			return counts, nil, err
		}
		counts.add(report, 1)
		if from > month.First() {
			before, err := at(month, from.Add(-1))
			if err != nil {
				return counts, nil, err
			}
			counts.add(before, -1)
		}
		last, from = report, to.Add(1)
	}
	return counts, last, nil
}

// Digest is the summary of a week: what came out and came in, who was busy, who
// was silent, and what is waiting.
func (m *Measured) Digest(ctx context.Context, r region.Region, week calendar.Week, now time.Time) (Message, error) {
	counts, report, err := m.week(ctx, r, week, now)
	if err != nil {
		return Message{}, err
	}
	before, _, err := m.week(ctx, r, calendar.Week{Monday: week.Monday.Add(-7)}, now)
	if err != nil {
		return Message{}, err
	}
	days := wording.Indonesian.Day(week.Monday.String()) + " – " + wording.Indonesian.Day(week.Sunday().String())
	p := page{
		Subject: "Ringkasan mingguan " + r.Name + " — " + days,
		Title:   "Ringkasan mingguan " + r.Name,
		Intro:   "Minggu " + days + " (" + weekName(week) + "), Senin sampai Minggu.",
		Figures: []shownFigure{
			against("Berita terbit", counts.stories, before.stories),
			against("Artikel di semua kanal", counts.articles, before.articles),
			against("Permohonan PPID masuk", counts.requests, before.requests),
			against("Pengaduan masuk", counts.complaints, before.complaints),
		},
		Link: m.link(r, calendar.MonthOf(week.Sunday())),
		Foot: foot(report),
	}
	busy, silent := counts.ranked(report)
	p.Blocks = append([]block{
		{Title: "Terbanyak menerbitkan", Items: busy, Empty: "Belum ada OPD yang menerbitkan berita minggu ini."},
		{Title: "Tanpa berita minggu ini", Items: silent, Empty: "Semua OPD yang dapat dinilai menerbitkan berita."},
	}, waiting(report)...)
	return p.message()
}

// against sets a count beside that of the week before.
func against(label string, now, before int) shownFigure {
	note := "sama dengan minggu sebelumnya"
	switch d := now - before; {
	case d > 0:
		note = "naik " + wording.Indonesian.Count(d) + " dari " + wording.Indonesian.Count(before) + " minggu sebelumnya"
	case d < 0:
		note = "turun " + wording.Indonesian.Count(-d) + " dari " + wording.Indonesian.Count(before) + " minggu sebelumnya"
	}
	return shownFigure{label, wording.Indonesian.Count(now), note}
}

// mostBusy is how many OPD a digest praises.
const mostBusy = 5

// ranked names the OPD with the most stories, and those without any whose
// silence can be judged.
func (w weekCounts) ranked(r *metrics.Report) (busy, silent []string) {
	rows := slices.Clone(r.Publication.OPD)
	slices.SortStableFunc(rows, func(a, b metrics.PublicationOPD) int {
		return cmp.Or(cmp.Compare(w.byOPD[b.OPD], w.byOPD[a.OPD]), cmp.Compare(a.Name, b.Name))
	})
	for _, o := range rows {
		n := w.byOPD[o.OPD]
		judged := o.Status == metrics.StatusOK || o.Status == metrics.StatusQuiet
		switch {
		case n > 0 && len(busy) < mostBusy:
			busy = append(busy, o.Name+": "+wording.Indonesian.Count(n)+" berita")
		case n <= 0 && judged:
			silent = append(silent, o.Name)
		}
	}
	return busy, silent
}

// waiting lists what is open in the month the week ended in.
func waiting(r *metrics.Report) []block {
	blocks := monthBlocks(r)
	blocks[0].Title += " dari bulan " + figures.Period(wording.Indonesian, r)
	return []block{blocks[0], blocks[2]}
}

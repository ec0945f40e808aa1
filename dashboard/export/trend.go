package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// trendMonths is how many months the sheet Tren shows.
const trendMonths = 12

// The columns of the sheet Tren before the months.
const (
	trendLead   = 3
	sparkColumn = 3
)

// The rows of the sheet Tren that are the region's, in order.
const (
	trendStories = iota
	trendArticles
	trendMet
	trendReceived
	trendOnTime
	trendSubmitted
	trendFollowedUp
	trendResolved
	trendFigures // how many there are
)

// history is the months of the sheet Tren, the report's own last.
func (b *book) history() []metrics.SeriesMonth {
	list := b.options.History
	if len(list) == 0 {
		return nil
	}
	if b.report.Month != "" && list[len(list)-1].Month != b.report.Month {
		list = append(list[:len(list):len(list)], b.report.InSeries())
	}
	return list[max(0, len(list)-trendMonths):]
}

// trend is the table of months: the region's figures, then every OPD's
// stories in the order of the ranking. What is not known stays empty, so that
// a line has a gap there.
func trend(months []metrics.SeriesMonth, ranked []metrics.PublicationOPD) table {
	t := table{name: "tren", title: "Tren bulanan", columns: []column{
		{"opd", codeTitle, text, 9},
		{"name", "Ukuran atau OPD", text, 44},
		{"spark", "Garis", text, 14},
	}}
	for i, r := range months {
		t.columns = append(t.columns, column{fmt.Sprint("m", i), wording.Indonesian.ShortMonthOf(r.Month), count, 9})
	}
	if len(months) == 0 {
		return t
	}
	row := func(code, name string, value func(metrics.SeriesMonth) cell) {
		cells := []cell{plain(code), plain(name), {}}
		for _, r := range months {
			cells = append(cells, value(r))
		}
		t.rows = append(t.rows, cells)
	}
	row("", "Berita", func(r metrics.SeriesMonth) cell { return plain(r.Stories) })
	row("", "Artikel", func(r metrics.SeriesMonth) cell { return plain(r.Articles) })
	row("", "OPD memenuhi target", func(r metrics.SeriesMonth) cell {
		met, measured := 0, 0
		for _, o := range r.OPD {
			row := metrics.PublicationOPD{Status: o.Status, Weeks: o.Weeks, WeeksMet: o.WeeksMet}
			if figures.Judged(row) {
				measured++
			}
			if figures.MetTarget(row) {
				met++
			}
		}
		if measured > 0 {
			return plain(met)
		}
		return cell{}
	})
	row("", "Permohonan PPID masuk", func(r metrics.SeriesMonth) cell { return plain(r.PPID.Received) })
	row("", "PPID tepat waktu", func(r metrics.SeriesMonth) cell {
		return shareOf(figures.OnTime(r.PPID.CaseCounts), r.PPID.OnTime+r.PPID.Late, "")
	})
	row("", "Pengaduan masuk", func(r metrics.SeriesMonth) cell { return plain(r.Complaints.Submitted()) })
	row("", "Pengaduan ditindaklanjuti", func(r metrics.SeriesMonth) cell {
		return shareOf(r.Complaints.FollowedUpShare, r.Complaints.Submitted(), "")
	})
	row("", "Pengaduan selesai", func(r metrics.SeriesMonth) cell {
		return shareOf(r.Complaints.ResolvedShare, r.Complaints.Submitted(), "")
	})
	stories := make([]map[string]int, len(months))
	for i, r := range months {
		stories[i] = map[string]int{}
		for _, o := range r.OPD {
			stories[i][o.OPD] = o.Stories
		}
	}
	for _, o := range ranked {
		cells := []cell{plain(o.OPD), plain("Berita " + o.Name), {}}
		for i := range months {
			c := cell{} // the OPD was not there yet
			if n, ok := stories[i][o.OPD]; ok {
				c = plain(n)
			}
			cells = append(cells, c)
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

// trendSheet shows the last months with a line in every row.
func (b *book) trendSheet(name string) error {
	months := b.history()
	p, err := b.table(name, trend(months, b.report.Publication.OPD), "Bulan-bulan sebelumnya tidak disertakan dalam buku kerja ini.")
	if err != nil || len(months) == 0 {
		if err == nil {
			err = b.finish(p)
		}
		return err
	}
	if err := b.sparklines(p); err != nil {
		return err
	}
	line := func(title string, percent bool, figures ...int) chart {
		c := chart{title: title, kind: excelize.Line, from: p, categories: "m0", lines: true, legend: true, percent: percent}
		for i, f := range figures {
			c.series = append(c.series, series{row: p.first + f, colour: []string{seriesBlue, seriesRed, seriesGreen}[i]})
		}
		return c
	}
	err = b.charts(
		p,
		line("Berita dan artikel tiap bulan", false, trendStories, trendArticles),
		line("Permohonan PPID dan pengaduan masuk tiap bulan", false, trendReceived, trendSubmitted),
		line("PPID tepat waktu, pengaduan ditindaklanjuti dan selesai tiap bulan", true, trendOnTime, trendFollowedUp, trendResolved),
	)
	if err != nil {
		return err
	}
	return b.finish(p)
}

// sparklines draws a small line in every row over its months.
func (b *book) sparklines(p *placed) error {
	var at, over []string
	for row := p.first; row <= p.last; row++ {
		cell, err := excelize.CoordinatesToCellName(sparkColumn, row)
		if err != nil {
			return err
		}
		area, err := rangeOf(trendLead+1, row, len(p.columns), row)
		if err != nil {
			return err
		}
		at, over = append(at, cell), append(over, p.sheet+"!"+area)
	}
	return b.file.AddSparkline(p.sheet, &excelize.SparklineOptions{
		Location: at, Range: over, Last: true, Weight: 1.5, SeriesColor: "#" + seriesBlue, LastColor: "#" + seriesRed, EmptyCells: "gap",
	})
}

package dashboard

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// changeMonths is how many months an OPD's own chart shows. Its limits come
// from all the months there are.
const changeMonths = 12

// changeChart draws an OPD's stories month by month, within the limits of its
// usual months. The numbers of its table lead to the stories of their month. It is
// nil without a month to draw.
func changeChart(sel *selection, c *metrics.Changes, o metrics.ChangeOPD, links rowLinks) (*chartView, error) {
	lang := sel.Lang
	first := max(len(c.Months)-changeMonths, 0)
	months, points := c.Months[first:], o.Points[first:]
	if len(months) == 0 {
		return nil, nil
	}
	var labels []string
	var stories, mean, low, high []opts.LineData
	table := chartTable{Columns: []string{lang.T("Bulan"), lang.MetricHead("publication.opd.stories")}}
	for i, month := range months {
		labels = append(labels, lang.ShortMonthOf(month))
		value := any(noBar)
		if points[i] != nil {
			value = *points[i]
		}
		stories = append(stories, opts.LineData{Value: value, Symbol: "circle"})
		table.addRow(lang.MonthOf(month), links.ofMonth(sel, month).cell(storyRows, allRows, o.OPD, orZero(points[i]), lang.OptionalCount(points[i], "sumber gagal atau OPD belum sebulan penuh")))
		if o.Mean != nil {
			mean = append(mean, level(*o.Mean))
			low = append(low, level(*o.Low))
			high = append(high, level(*o.High))
		}
	}
	line := charts.NewLine()
	line.SetGlobalOptions(append(commonOptions(o.Mean != nil),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0}),
	)...)
	line.SetXAxis(labels).AddSeries(lang.MetricHead("publication.opd.stories"), stories,
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "top"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: markStrong}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: markStrong, Width: 2}))
	if o.Mean != nil {
		for _, l := range []struct {
			name, kind string
			data       []opts.LineData
		}{{lang.T("Rata-rata"), "solid", mean}, {lang.T("Batas bulan biasa"), "dashed", low}, {lang.T("Batas bulan biasa"), "dashed", high}} {
			line.AddSeries(l.name, l.data,
				charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(false)}),
				charts.WithItemStyleOpts(opts.ItemStyle{Color: "--control"}),
				charts.WithLineStyleOpts(opts.LineStyle{Color: "--control", Width: 1.5, Type: l.kind}))
		}
	}
	line.Validate()
	option, err := encode(line.JSON())
	if err != nil {
		return nil, err
	}
	return &chartView{
		ID: "tren-opd", Title: changeFinding(lang, o),
		Caption: lang.T("Jumlah berita tiap bulan, {1} sampai {2}, per {3}. Batas bulan biasa (XmR) dari {4} bulan.", lang.MonthOf(months[0]), lang.MonthOf(months[len(months)-1]), lang.Day(c.AsOf), lang.Count(o.N)),
		Summary: changeSummary(lang, months, o), Option: option, Table: table,
	}, nil
}

// level is a point of a level line.
func level(v float64) opts.LineData {
	return opts.LineData{Value: wholeTenth(v), Symbol: "none"}
}

// changeFinding is the title of an OPD's chart, in at most ten words.
func changeFinding(lang wording.Language, o metrics.ChangeOPD) string {
	switch {
	case o.Mean == nil:
		return lang.T("Belum cukup bulan untuk menilai perubahan")
	case o.Signal == nil:
		return lang.T("Bulan terakhir tidak dapat dinilai")
	case *o.Signal == metrics.Rose:
		return lang.T("Bulan terakhir naik di luar kebiasaannya")
	case *o.Signal == metrics.Fell:
		return lang.T("Bulan terakhir turun di luar kebiasaannya")
	}
	return lang.T("Bulan terakhir seperti biasanya")
}

// changeSummary is an OPD's chart in a sentence.
func changeSummary(lang wording.Language, months []string, o metrics.ChangeOPD) string {
	c := storyChange(o)
	text := lang.T("Jumlah berita {1} tidak dapat dinilai", lang.MonthOf(months[len(months)-1]))
	if last := c.last(); last != nil {
		text = lang.T("{1} berita pada {2}", lang.Count(int(*last)), lang.MonthOf(months[len(months)-1]))
	}
	if o.Mean == nil {
		return lang.T("{1}; baru {2} bulan yang diketahui, perlu 12.", text, lang.Count(o.N))
	}
	return lang.T("{1}; rata-ratanya {2} dan bulan biasa berkisar {3} berita.", text, lang.Number(*o.Mean, 1), c.usual(lang))
}

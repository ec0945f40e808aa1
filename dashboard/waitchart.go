package dashboard

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// waitChart compares the OPD that have enough cases by their restricted mean
// wait, shortest first, or with keep in the order of the rows. The numbers of its
// table lead to the cases of a kind. It is nil where there is no such OPD.
func waitChart(lang wording.Language, id, measure string, r *metrics.Report, rows []metrics.CaseOPD, keep bool, kind string, links rowLinks) (*chartView, error) {
	var shown []metrics.CaseOPD
	for _, c := range rows {
		if c.RankLow != nil && c.RMSTWD != nil {
			shown = append(shown, c)
		}
	}
	if len(shown) == 0 {
		return nil, nil
	}
	drawn := slices.Clone(shown)
	slices.SortStableFunc(shown, func(a, b metrics.CaseOPD) int {
		return cmp.Or(cmp.Compare(*a.RMSTWD, *b.RMSTWD), cmp.Compare(a.Name, b.Name))
	})
	table := chartTable{Columns: []string{"OPD", lang.MetricHead("ppid.opd.rmst_wd"), lang.MetricHead("ppid.opd.n")}}
	var names []string
	var bars []opts.BarData
	if !keep {
		drawn = shown
	}
	for _, c := range drawn {
		name := c.Name
		if c.RMSTIsBound != nil && *c.RMSTIsBound {
			name += " (≤)"
		}
		names = append(names, name)
		// A bar carries its number; more digits than the table has say nothing.
		bars = append(bars, opts.BarData{Value: math.Round(*c.RMSTWD*10) / 10})
		table.addRow(c.Name, links.basis(kind, cohortPart, c.OPD, c.N, lang.MeanWait(c)), links.to(kind, cohortPart, c.OPD, c.N))
	}
	bar := newBars(false)
	bar.SetXAxis(names).AddSeries(measure, bars,
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: markStrong})).XYReversal()
	bar.Validate()
	option, err := encode(bar.JSON())
	if err != nil {
		return nil, err
	}
	first, last := shown[0], shown[len(shown)-1]
	return &chartView{
		ID:      id,
		Title:   waitFinding(lang, shown),
		Caption: lang.T("{1} (hari kerja, termasuk yang masih terbuka) menurut OPD dengan sedikitnya 5 kasus, {2}, {3}.", measure, figures.Period(lang, r), seenOn(lang, r)),
		Summary: lang.T("Tercepat {1} dengan {2} hari kerja dari {3} kasus; terlama {4} dengan {5} dari {6} kasus.", first.Name, lang.MeanWait(first).Text, lang.Count(first.N), last.Name, lang.MeanWait(last).Text, lang.Count(last.N)),
		Option:  option,
		Table:   table,
		Partial: figures.Running(r),
	}, nil
}

// waitFinding is the title of a chart of waits. Rows are shortest first.
func waitFinding(lang wording.Language, rows []metrics.CaseOPD) string {
	first, last := lang.Number(*rows[0].RMSTWD, 1), lang.Number(*rows[len(rows)-1].RMSTWD, 1)
	if len(rows) == 1 {
		return lang.T("Satu OPD cukup kasus: rata-rata {1} hari kerja", first)
	}
	return lang.T("{1} OPD dibandingkan: {2} sampai {3} hari kerja", lang.Count(len(rows)), first, last)
}

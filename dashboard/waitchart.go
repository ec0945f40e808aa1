package dashboard

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// waitChart compares the OPD that have enough cases by their restricted mean
// wait, shortest first. It is nil where there is no such OPD.
func waitChart(id, measure string, r *metrics.Report, rows []metrics.CaseOPD) (*chartView, error) {
	var shown []metrics.CaseOPD
	for _, c := range rows {
		if c.RankLow != nil && c.RMSTWD != nil {
			shown = append(shown, c)
		}
	}
	if len(shown) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(shown, func(a, b metrics.CaseOPD) int {
		return cmp.Or(cmp.Compare(*a.RMSTWD, *b.RMSTWD), cmp.Compare(a.Name, b.Name))
	})
	table := chartTable{Columns: []string{"OPD", "Rata-rata tunggu (hari kerja)", "Kasus"}}
	var names []string
	var bars []opts.BarData
	for _, c := range shown {
		name := c.Name
		if c.RMSTIsBound != nil && *c.RMSTIsBound {
			name += " (≤)"
		}
		names = append(names, name)
		// A bar carries its number; more digits than the table has say nothing.
		bars = append(bars, opts.BarData{Value: math.Round(*c.RMSTWD*10) / 10})
		table.add(c.Name, wording.MeanWait(c), wording.Value(strconv.Itoa(c.N)))
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
		ID:    id,
		Title: waitFinding(shown),
		Caption: measure + " (hari kerja, termasuk yang masih terbuka) menurut OPD dengan sedikitnya 5 kasus, " +
			wording.MonthOf(r.Month) + ", " + figures.AsOf(r) + ".",
		Summary: "Tercepat " + first.Name + " dengan " + wording.MeanWait(first).Text + " hari kerja dari " + wording.Count(first.N) +
			" kasus; terlama " + last.Name + " dengan " + wording.MeanWait(last).Text + " dari " + wording.Count(last.N) + " kasus.",
		Option: option,
		Table:  table,
	}, nil
}

// waitFinding is the title of a chart of waits. Rows are shortest first.
func waitFinding(rows []metrics.CaseOPD) string {
	first, last := wording.Number(*rows[0].RMSTWD, 1), wording.Number(*rows[len(rows)-1].RMSTWD, 1)
	if len(rows) == 1 {
		return "Satu OPD cukup kasus: rata-rata " + first + " hari kerja"
	}
	return wording.Count(len(rows)) + " OPD dibandingkan: " + first + " sampai " + last + " hari kerja"
}

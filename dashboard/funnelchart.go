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
	"gaung/metrics/stats"
)

// funnelSteps is at how many numbers of cases the limits are drawn at most.
const funnelSteps = 40

// markWarn is the colour of what lies outside the limits.
const markWarn = "--warn-line"

// verdictWords words where an OPD lies in the funnel.
var verdictWords = map[stats.Verdict]string{
	stats.Within:   "dalam batas",
	stats.Below:    "di bawah batas 95%",
	stats.FarBelow: "di bawah batas 99,8%",
	stats.Above:    "di atas batas 95%",
	stats.FarAbove: "di atas batas 99,8%",
}

// funnelChart sets the on-time share of every OPD beside its number of cases,
// between the limits that chance alone explains. The numbers of its table lead to
// the cases of a kind. It is nil with fewer than two OPD to compare.
func funnelChart(lang wording.Language, id, measure string, r *metrics.Report, f *metrics.Funnel, rows []metrics.CaseOPD, kind string, links rowLinks) (*chartView, error) {
	shown := inFunnel(rows)
	if f == nil || len(shown) < 2 {
		return nil, nil
	}
	most := shown[0].Funnel.N
	scatter := charts.NewScatter()
	scatter.SetGlobalOptions(append(commonOptions(true),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: 0, Name: lang.T("Kasus dihitung"), NameLocation: "middle"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: 100, Name: lang.T("Tepat waktu (%)"), NameLocation: "middle"}),
	)...)
	table := chartTable{Columns: []string{"OPD", lang.MetricHead("ppid.opd.on_time_share"), lang.T("Kasus dihitung"), lang.T("Batas 95%"), lang.T("Letak")}}
	var within, outside []opts.ScatterData
	for _, c := range shown {
		point := opts.ScatterData{Name: c.Name, Value: []any{c.Funnel.N, tenth(*c.OnTimeShare)}, Symbol: "circle", SymbolSize: 9}
		switch c.Funnel.Verdict {
		case stats.Within:
			within = append(within, point)
		case stats.Above, stats.FarAbove:
			point.Symbol = "triangle"
			within = append(within, point)
		default:
			point.Symbol, point.SymbolSize = "diamond", 13
			outside = append(outside, point)
		}
		table.addRow(c.Name, links.basis(kind, judgedPart, c.OPD, c.Funnel.N, lang.OnTimeShare(c.OnTimeShare, c.CaseCounts)), links.to(kind, judgedPart, c.OPD, c.Funnel.N),
			plain(wording.Value(lang.Interval(&c.Funnel.Low95, &c.Funnel.High95, c.Funnel.N))), plain(wording.Value(lang.T(verdictWords[c.Funnel.Verdict]))))
	}
	// A series without a point would only be a word in the legend.
	if len(within) > 0 {
		scatter.AddSeries(lang.T("Dalam batas atau lebih baik"), within, charts.WithItemStyleOpts(opts.ItemStyle{Color: markStrong}))
	}
	if len(outside) > 0 {
		scatter.AddSeries(lang.T("Di bawah batas"), outside, charts.WithItemStyleOpts(opts.ItemStyle{Color: markWarn}),
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right"}))
	}
	scatter.Overlap(funnelLimits(lang, *f, most))
	scatter.Validate()
	option, err := encode(scatter.JSON())
	if err != nil {
		return nil, err
	}
	return &chartView{
		ID:      id,
		Title:   funnelFinding(lang, shown),
		Caption: lang.T("Bagian {1} yang tepat waktu menurut jumlah kasusnya, {2}, {3}. Garis: batas 95% dan 99,8% di sekitar angka wilayah; di antaranya selisih dapat terjadi kebetulan.", measure, figures.Period(lang, r), seenOn(lang, r)),
		Summary: funnelSummary(lang, *f, shown), Option: option, Table: table,
	}, nil
}

// inFunnel are the OPD with a judged case, the one with the most first.
func inFunnel(rows []metrics.CaseOPD) []metrics.CaseOPD {
	var shown []metrics.CaseOPD
	for _, c := range rows {
		if c.Funnel != nil && c.OnTimeShare != nil {
			shown = append(shown, c)
		}
	}
	slices.SortStableFunc(shown, func(a, b metrics.CaseOPD) int {
		return cmp.Or(cmp.Compare(b.Funnel.N, a.Funnel.N), cmp.Compare(a.Name, b.Name))
	})
	return shown
}

// funnelLimits draws the region's share and the limits around it, from one
// case to the most an OPD has.
func funnelLimits(lang wording.Language, f metrics.Funnel, most int) *charts.Line {
	var lines [5][]opts.LineData
	funnel := stats.Funnel{Target: f.Target, Dispersion: f.Dispersion}
	step := max(most/funnelSteps, 1)
	for n := 1; ; n = min(n+step, most) {
		if at, ok := funnel.Limits(n); ok {
			for i, v := range [...]float64{f.Target, at.P95.Low, at.P95.High, at.P998.Low, at.P998.High} {
				lines[i] = append(lines[i], opts.LineData{Value: []any{n, tenth(v)}, Symbol: "none"})
			}
		}
		if n >= most {
			break
		}
	}
	line := charts.NewLine()
	for i, l := range [...]struct{ name, kind string }{
		{lang.T("Wilayah"), "solid"}, {lang.T("Batas 95%"), "dashed"}, {lang.T("Batas 95%"), "dashed"}, {lang.T("Batas 99,8%"), "dotted"}, {lang.T("Batas 99,8%"), "dotted"},
	} {
		line.AddSeries(l.name, lines[i],
			charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(false)}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: "--control"}),
			charts.WithLineStyleOpts(opts.LineStyle{Color: "--control", Width: 1.5, Type: l.kind}))
	}
	return line
}

// wholeTenth is a number with one decimal.
func wholeTenth(v float64) float64 { return math.Round(v*10) / 10 }

// tenth is a share as a percentage with one decimal.
func tenth(share float64) float64 { return math.Round(share*1000) / 10 }

// below are the OPD that lie under the limits.
func below(rows []metrics.CaseOPD) []string {
	var names []string
	for _, c := range rows {
		if c.Funnel.Verdict == stats.Below || c.Funnel.Verdict == stats.FarBelow {
			names = append(names, c.Name)
		}
	}
	return names
}

// funnelFinding is the title of a funnel, in at most ten words.
func funnelFinding(lang wording.Language, rows []metrics.CaseOPD) string {
	if n := len(below(rows)); n > 0 {
		return lang.T("{1} dari {2} OPD di bawah batas kewajaran", lang.Count(n), lang.Count(len(rows)))
	}
	return lang.T("Semua {1} OPD dalam batas kewajaran atau lebih baik", lang.Count(len(rows)))
}

// funnelSummary is a funnel in a sentence.
func funnelSummary(lang wording.Language, f metrics.Funnel, rows []metrics.CaseOPD) string {
	text := lang.T("Angka wilayah {1}%", lang.Number(f.Target*100, 1))
	if f.Dispersion > 1 {
		text += lang.T("; batas dilebarkan karena OPD berbeda lebih dari yang dijelaskan kebetulan")
	}
	names := below(rows)
	if len(names) == 0 {
		return lang.T("{1}. Tidak ada OPD yang berbeda lebih buruk daripada kebetulan.", text)
	}
	return lang.T("{1}. Di bawah batas: {2}.", text, someNames(lang, names))
}

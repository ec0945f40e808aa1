package dashboard

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Colours are names of CSS variables; charts.js looks them up, so that a chart
// follows the light or dark palette of the page.
const (
	markStrong = "--mark-strong"
	markSoft   = "--mark-soft"
)

// noBar is how ECharts writes a bar that does not exist, unlike one of length 0.
const noBar = "-"

// chartView is a chart with everything a reader needs without seeing it.
type chartView struct {
	ID      string
	Page    string // the path of the page that the chart is a card of, where another page shows it too
	Title   string // the finding
	Caption string // measure, period, source
	Summary string // the chart in one sentence
	Option  json.RawMessage
	Table   chartTable
	// Partial draws the bars of a period that is not over with dashed edges.
	Partial bool
}

// seenOn says when the figures of a chart were looked at, and that there will be
// more of them where the period is not over.
func seenOn(lang wording.Language, r *metrics.Report) string {
	text := figures.AsOf(lang, r)
	if figures.Running(r) {
		return lang.T("{1}, periode belum selesai", text)
	}
	return text
}

// chartTable is a chart as a table. The first column holds the names.
type chartTable struct {
	Columns []string
	Rows    []chartRow
}

// chartRow is a bar or point as a row of the table under the chart.
type chartRow struct {
	Name  string
	Cells []drill
}

// add takes in a row of words and numbers that lead nowhere.
func (t *chartTable) add(name string, cells ...wording.Cell) {
	row := make([]drill, len(cells))
	for i, c := range cells {
		row[i] = plain(c)
	}
	t.addRow(name, row...)
}

// addRow takes in a row whose numbers lead to their rows.
func (t *chartTable) addRow(name string, cells ...drill) {
	t.Rows = append(t.Rows, chartRow{Name: name, Cells: cells})
}

// storiesChart compares the OPD of a report by the number of stories: longest
// bar first, ties by name, those that cannot be judged last and without a bar.
// With keep the bars stand in the order of the report instead.
func storiesChart(lang wording.Language, r *metrics.Report, keep bool) (chartView, error) {
	rows := slices.Clone(r.Publication.OPD)
	slices.SortStableFunc(rows, func(a, b metrics.PublicationOPD) int {
		if hasBar(a) != hasBar(b) {
			if hasBar(a) {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.Name, b.Name))
	})

	var (
		names     []string
		met, rest []opts.BarData
		table     = chartTable{Columns: []string{"OPD", lang.MetricHead("publication.opd.stories"), lang.T("Target sebulan"), lang.T("Status")}}
	)
	if r.Month == "" {
		table.Columns[2] = lang.T("Target periode ini")
	}
	drawn := rows
	if keep {
		// As on the page: those with a place first.
		drawn = slices.Clone(r.Publication.OPD)
		slices.SortStableFunc(drawn, func(a, b metrics.PublicationOPD) int {
			if (a.Score == nil) == (b.Score == nil) {
				return 0
			}
			if a.Score != nil {
				return -1
			}
			return 1
		})
	}
	for _, o := range drawn {
		name := o.Name
		metValue, restValue := any(noBar), any(noBar)
		value, target := wording.Value(lang.Count(o.Stories)), lang.Trim(o.TargetPerWeek*float64(o.Weeks), 1)
		switch {
		case !hasBar(o):
			name += " (" + lang.Status(o.Status) + ")"
			value, target = newUnrankedRow(lang, o, "", "").Stories, wording.Unknown
		case figures.MetTarget(o):
			metValue = o.Stories
		default:
			restValue = o.Stories
		}
		names = append(names, name)
		met = append(met, opts.BarData{Value: metValue})
		rest = append(rest, opts.BarData{Value: restValue})
		table.add(o.Name, value, wording.Value(target), wording.Value(lang.Status(o.Status)))
	}
	option, err := barOption(lang, names, met, rest)
	if err != nil {
		return chartView{}, err
	}
	return chartView{
		ID:      "berita-per-opd",
		Title:   storiesFinding(lang, r),
		Caption: lang.T("Jumlah berita per OPD, {1}, {2}. Satu berita dihitung sekali walau terbit di beberapa kanal.", figures.Period(lang, r), seenOn(lang, r)),
		Summary: storiesSummary(lang, rows),
		Partial: figures.Running(r),
		Option:  option,
		Table:   table,
	}, nil
}

// hasBar reports whether an OPD's number of stories is a measurement that may
// stand beside the others.
func hasBar(o metrics.PublicationOPD) bool {
	return o.Status == metrics.StatusOK || o.Status == metrics.StatusQuiet || o.Status == metrics.StatusNew
}

// barOption is a horizontal bar chart of two stacked series, of which every
// row fills one. Tooltip rendering, locale and sizes are set by charts.js:
// go-echarts has no fields for them.
func barOption(lang wording.Language, names []string, met, rest []opts.BarData) (json.RawMessage, error) {
	bar := newBars(true)
	label := charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right"})
	stack := charts.WithBarChartOpts(opts.BarChart{Stack: "berita", BarCategoryGap: "35%"})
	bar.SetXAxis(names).
		AddSeries(lang.T("Memenuhi target tiap minggu"), met, stack, label,
			charts.WithItemStyleOpts(opts.ItemStyle{Color: markStrong})).
		AddSeries(lang.T("Belum tiap minggu"), rest, stack, label,
			charts.WithItemStyleOpts(opts.ItemStyle{Color: markSoft, BorderColor: markStrong, BorderWidth: 1})).
		XYReversal()
	bar.Validate()
	return encode(bar.JSON())
}

// newBars is an empty chart of horizontal bars that start at zero.
func newBars(legend bool) *charts.Bar {
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(commonOptions(legend),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: 0}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true)}),
	)...)
	return bar
}

// commonOptions are those of every chart.
func commonOptions(legend bool) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		// Any theme but go-echarts' own "white": that one forces its colours.
		// The id is only set to keep the option free of chance.
		charts.WithInitializationOpts(opts.Initialization{Theme: "gaung", ChartID: "chart"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(legend), Top: "0", Left: "0"}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true)}),
		charts.WithAnimation(false),
	}
}

// encode writes an option as the JSON that charts.js reads.
func encode(option map[string]any) (json.RawMessage, error) {
	text, err := json.Marshal(option)
	if err != nil {
		return nil, fmt.Errorf("dashboard: encode chart: %w", err)
	}
	return text, nil
}

// storiesFinding is the chart's title: what it shows, in at most ten words.
func storiesFinding(lang wording.Language, r *metrics.Report) string {
	a := figures.Attain(r)
	if a.Measured == 0 {
		return lang.T("Belum ada minggu yang selesai dinilai")
	}
	return lang.T("{1} dari {2} OPD memenuhi target tiap minggu", lang.Count(a.Met), lang.Count(a.Measured))
}

// storiesSummary is the chart in a sentence. Rows are in the chart's order.
func storiesSummary(lang wording.Language, rows []metrics.PublicationOPD) string {
	last := -1
	silent := 0
	for i, o := range rows {
		if !hasBar(o) {
			break
		}
		last = i
		if o.Stories == 0 {
			silent++
		}
	}
	if last < 0 {
		return lang.T("Tidak ada OPD yang jumlah beritanya dapat dinilai.")
	}
	middle := float64(rows[last/2].Stories+rows[(last+1)/2].Stories) / 2
	text := lang.T("Terbanyak {1} dengan {2} berita; nilai tengahnya {3} berita", rows[0].Name, lang.Count(rows[0].Stories), lang.Trim(middle, 1))
	if silent > 0 {
		return lang.T("{1}; {2} OPD tanpa berita.", text, lang.Count(silent))
	}
	return lang.T("{1}; paling sedikit {2} dengan {3}.", text, rows[last].Name, lang.Count(rows[last].Stories))
}

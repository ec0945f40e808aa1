package dashboard

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// trendPath is the address of the trend, and of its cards wherever they stand.
const trendPath = "/tren"

// trendPage is the months up to the chosen one beside each other. The overview
// shows its first card; it is a page of its own so that it never holds up
// another one.
var trendPage = page{path: trendPath, name: "trend", view: (*Server).trend}

// trendMonths is how many months a trend shows, the chosen one included.
const trendMonths = 6

// trendView is what templates/trend.html shows.
type trendView struct {
	Region string
	Month  string
	AsOf   string
	Query  string // keeps region, month and day in links
	Charts []chartView
}

// trend measures the months up to the chosen one.
func (s *Server) trend(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		return s.emptyScreen(sel), nil
	}
	series, err := s.monthsTo(ctx, sel.whole(), trendMonths)
	if err != nil {
		return nil, err
	}
	today := sel.today().String()
	links := newRowLinks(ctx, sel)
	stories, err := storiesTrend(sel, series, today, links)
	if err != nil {
		return nil, err
	}
	onTime, err := onTimeTrend(sel, series, today, links)
	if err != nil {
		return nil, err
	}
	last := series.Months[len(series.Months)-1]
	return &screen{
		template: "trend", selection: sel, months: true, title: lang.T("Tren sampai {1} · {2}", lang.MonthOf(last.Month), series.RegionName),
		body: &trendView{
			Region: series.RegionName, Month: lang.MonthOf(last.Month), AsOf: figures.AsOfDay(lang, last.AsOf, series.Timezone),
			Query:  sel.query(),
			Charts: []chartView{stories, onTime},
		},
	}, nil
}

// monthsTo measures the chosen month and those before it, n in all, of which
// there is data; the chosen one always. With a chosen as-of day all of them are
// seen from that day.
func (s *Server) monthsTo(ctx context.Context, sel *selection, n int) (*metrics.Series, error) {
	series, err := s.reports.Series(ctx, sel.metricsQuery(), n)
	if err != nil {
		return nil, fmt.Errorf("dashboard: series of %s to %s: %w", sel.Region.Code, sel.Month, err)
	}
	known := *series
	known.Months = nil
	for i, month := range series.Months {
		of := *sel
		if of.show(sel.Month.Add(i - n + 1).Period()); of.hasMonth() || of.Month == sel.Month {
			known.Months = append(known.Months, month)
		}
	}
	return &known, nil
}

// storiesTrend draws the stories of every month. The last one that is over is
// the finding; one that still runs is told apart.
func storiesTrend(sel *selection, series *metrics.Series, today string, links rowLinks) (chartView, error) {
	lang := sel.Lang
	table := chartTable{Columns: []string{lang.T("Bulan"), lang.MetricHead("publication.stories"), lang.MetricHead("publication.articles")}}
	var values []any
	for _, m := range series.Months {
		values = append(values, m.Stories)
		rows := links.ofMonth(sel, m.Month)
		table.addRow(monthLabel(lang, m, today), rows.to(storyRows, allRows, "", m.Stories), rows.to(articleRows, allRows, "", m.Articles))
	}
	first, last := series.Months[0], series.Months[len(series.Months)-1]
	over, running := last, figures.RunningOn(last.Month, last.AsOf, today)
	if n := len(series.Months); running && n > 1 {
		over = series.Months[n-2]
	}
	title := lang.T("Berita terbit: {1} pada {2}", lang.Count(over.Stories), monthLabel(lang, over, today))
	summary := lang.T("Dari {1} berita pada {2} menjadi {3} pada {4}.", lang.Count(first.Stories), lang.MonthOf(first.Month), lang.Count(over.Stories), lang.MonthOf(over.Month))
	if running {
		summary = lang.T("{1} {2} baru sampai {3}: {4} berita.", summary, lang.MonthOf(last.Month), lang.Day(last.AsOf), lang.Count(last.Stories))
	}
	return lineChart(lang, "tren-berita", title, lang.T("Jumlah berita tiap bulan, {1}.", period(lang, series)), summary, lang.MetricHead("publication.stories"), series, values, table, today)
}

// onTimeTrend draws the on-time share of the requests of every month.
func onTimeTrend(sel *selection, series *metrics.Series, today string, links rowLinks) (chartView, error) {
	lang := sel.Lang
	table := chartTable{Columns: []string{lang.T("Bulan"), lang.MetricHead("figures.ppid_on_time_share"), lang.T("Permohonan dihitung")}}
	var values []any
	for _, m := range series.Months {
		share := figures.OnTime(m.PPID.CaseCounts)
		value := any(noBar)
		if share != nil {
			value = int(*share*100 + 0.5)
		}
		values = append(values, value)
		rows, judged := links.ofMonth(sel, m.Month), m.PPID.OnTime+m.PPID.Late
		table.addRow(monthLabel(lang, m, today), rows.basis(requestRows, judgedPart, "", judged, lang.OnTimeShare(share, m.PPID.CaseCounts)), rows.to(requestRows, judgedPart, "", judged))
	}
	last := series.Months[len(series.Months)-1]
	now := lang.OnTimeShare(figures.OnTime(last.PPID.CaseCounts), last.PPID.CaseCounts)
	return lineChart(lang, "tren-ppid", lang.T("PPID tepat waktu: {1} pada {2}", now.Text, monthLabel(lang, last, today)),
		lang.T("Persentase permohonan PPID yang dijawab dalam batas, {1}.", period(lang, series)),
		lang.T("Bulan terakhir {1} dari {2} permohonan yang dihitung.", now.Text, lang.Count(last.PPID.OnTime+last.PPID.Late)),
		lang.T("Tepat waktu (%)"), series, values, table, today)
}

// lineChart draws one value per month. A month that is not over is an open
// point of a series of its own, reached by a dashed line, and its label says so.
func lineChart(lang wording.Language, id, title, caption, summary, measure string, series *metrics.Series, values []any, table chartTable, today string) (chartView, error) {
	var labels []string
	var over, open []opts.LineData
	dashed := []charts.SeriesOpts{}
	for i, m := range series.Months {
		labels = append(labels, monthLabel(lang, m, today))
		if !figures.RunningOn(m.Month, m.AsOf, today) {
			over, open = append(over, opts.LineData{Value: values[i], Symbol: "circle"}), append(open, opts.LineData{Value: noBar})
			continue
		}
		over, open = append(over, opts.LineData{Value: noBar}), append(open, opts.LineData{Value: values[i], Symbol: "emptyCircle"})
		if i > 0 && values[i] != noBar && values[i-1] != noBar {
			dashed = append(dashed, charts.WithMarkLineNameCoordItemOpts(opts.MarkLineNameCoordItem{Coordinate0: []any{i - 1, values[i-1]}, Coordinate1: []any{i, values[i]}}))
		}
	}
	line := charts.NewLine()
	line.SetGlobalOptions(append(commonOptions(false),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0}),
	)...)
	style := []charts.SeriesOpts{
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "top"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: markStrong}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: markStrong, Width: 2}),
	}
	line.SetXAxis(labels).AddSeries(measure, over, style...)
	if slices.ContainsFunc(open, func(d opts.LineData) bool { return d.Value != noBar }) {
		line.AddSeries(measure, open, slices.Concat(style, dashed, []charts.SeriesOpts{charts.WithMarkLineStyleOpts(opts.MarkLineStyle{
			Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)},
			LineStyle: &opts.LineStyle{Color: markStrong, Width: 2, Type: "dashed"},
		})})...)
	}
	line.Validate()
	option, err := encode(line.JSON())
	if err != nil {
		return chartView{}, err
	}
	return chartView{ID: id, Page: trendPath, Title: title, Caption: caption, Summary: summary, Option: option, Table: table}, nil
}

// monthLabel names a month on an axis; one that is not over says so.
func monthLabel(lang wording.Language, m metrics.SeriesMonth, today string) string {
	if figures.RunningOn(m.Month, m.AsOf, today) {
		return lang.T("{1} (berjalan)", lang.ShortMonthOf(m.Month))
	}
	return lang.ShortMonthOf(m.Month)
}

// period names the months from the first to the last, and the day of the last.
func period(lang wording.Language, series *metrics.Series) string {
	first, last := series.Months[0], series.Months[len(series.Months)-1]
	words := lang.MonthOf(last.Month)
	if first.Month != last.Month {
		words = lang.T("{1} sampai {2}", lang.MonthOf(first.Month), words)
	}
	return words + ", " + figures.AsOfDay(lang, last.AsOf, series.Timezone)
}

package dashboard

import (
	"context"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"golang.org/x/sync/errgroup"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// trendPage is the months up to the chosen one beside each other. The overview
// shows its first card; it is a page of its own so that it never holds up
// another one.
var trendPage = page{path: "/tren", name: "trend", view: (*Server).trend}

// trendMonths is how many months a trend shows, the chosen one included.
const trendMonths = 6

// trendView is what templates/trend.html shows.
type trendView struct {
	Region string
	Month  string
	AsOf   string
	Charts []chartView
}

// trend measures the months up to the chosen one.
func (s *Server) trend(ctx context.Context, a address) (*screen, error) {
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		return s.emptyScreen(sel), nil
	}
	reports, err := s.monthsTo(ctx, sel, trendMonths)
	if err != nil {
		return nil, err
	}
	stories, err := storiesTrend(reports)
	if err != nil {
		return nil, err
	}
	onTime, err := onTimeTrend(reports)
	if err != nil {
		return nil, err
	}
	last := reports[len(reports)-1]
	return &screen{
		template: "trend", selection: sel, title: "Tren sampai " + wording.MonthOf(last.Month) + " · " + last.RegionName,
		body: &trendView{
			Region: last.RegionName, Month: wording.MonthOf(last.Month), AsOf: figures.AsOf(last),
			Charts: []chartView{stories, onTime},
		},
	}, nil
}

// monthsTo measures the chosen month and those before it, oldest first, of
// which there is data. With a chosen as-of day all of them are seen from that
// day.
func (s *Server) monthsTo(ctx context.Context, sel *selection, n int) ([]*metrics.Report, error) {
	all := make([]*metrics.Report, n)
	work, ctx := errgroup.WithContext(ctx)
	// A card must not crowd out the page it stands on.
	work.SetLimit(2)
	for i := range n {
		month := *sel
		month.Month = sel.Month.Add(i - n + 1)
		if !month.hasMonth() {
			continue
		}
		work.Go(func() error {
			return guarded(func() (err error) {
				if all[i], err = s.reports.Report(ctx, month.metricsQuery()); err != nil {
					return fmt.Errorf("dashboard: report of %s %s: %w", sel.Region.Code, month.Month, err)
				}
				return nil
			})
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	var known []*metrics.Report
	for _, r := range all {
		if r != nil {
			known = append(known, r)
		}
	}
	return known, nil
}

// storiesTrend draws the stories of every month.
func storiesTrend(reports []*metrics.Report) (chartView, error) {
	table := chartTable{Columns: []string{"Bulan", "Berita", "Artikel"}}
	var values []any
	for _, r := range reports {
		values = append(values, r.Publication.Stories)
		table.add(monthLabel(r), wording.Value(wording.Count(r.Publication.Stories)), wording.Value(wording.Count(r.Publication.Articles)))
	}
	first, last := reports[0], reports[len(reports)-1]
	title := "Berita terbit: " + wording.Count(last.Publication.Stories) + " pada " + wording.ShortMonthOf(last.Month)
	return lineChart("tren-berita", title, "Jumlah berita tiap bulan, "+months(first, last)+", "+figures.AsOf(last)+".",
		"Dari "+wording.Count(first.Publication.Stories)+" berita pada "+wording.MonthOf(first.Month)+
			" menjadi "+wording.Count(last.Publication.Stories)+" pada "+wording.MonthOf(last.Month)+".",
		"Berita", reports, values, table)
}

// onTimeTrend draws the on-time share of the requests of every month.
func onTimeTrend(reports []*metrics.Report) (chartView, error) {
	table := chartTable{Columns: []string{"Bulan", "PPID tepat waktu", "Permohonan dihitung"}}
	var values []any
	for _, r := range reports {
		share := figures.OnTime(r.PPID.CaseCounts)
		value := any(noBar)
		if share != nil {
			value = int(*share*100 + 0.5)
		}
		values = append(values, value)
		table.add(monthLabel(r), wording.OnTimeShare(share, r.PPID.CaseCounts), wording.Value(wording.Count(r.PPID.OnTime+r.PPID.Late)))
	}
	first, last := reports[0], reports[len(reports)-1]
	now := wording.OnTimeShare(figures.OnTime(last.PPID.CaseCounts), last.PPID.CaseCounts)
	return lineChart("tren-ppid", "PPID tepat waktu: "+now.Text+" pada "+wording.ShortMonthOf(last.Month),
		"Persentase permohonan PPID yang dijawab dalam batas, "+months(first, last)+", "+figures.AsOf(last)+".",
		"Bulan terakhir "+now.Text+" dari "+wording.Count(last.PPID.OnTime+last.PPID.Late)+" permohonan yang dihitung.",
		"Tepat waktu (%)", reports, values, table)
}

// lineChart draws one value per month. A month that is not over is marked in
// its label.
func lineChart(id, title, caption, summary, measure string, reports []*metrics.Report, values []any, table chartTable) (chartView, error) {
	var labels []string
	var points []opts.LineData
	for i, r := range reports {
		labels = append(labels, monthLabel(r))
		point := opts.LineData{Value: values[i], Symbol: "circle"}
		if figures.Running(r) {
			point.Symbol = "emptyCircle"
		}
		points = append(points, point)
	}
	line := charts.NewLine()
	line.SetGlobalOptions(append(commonOptions(false),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0}),
	)...)
	line.SetXAxis(labels).AddSeries(measure, points,
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "top"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: markStrong}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: markStrong, Width: 2}))
	line.Validate()
	option, err := encode(line.JSON())
	if err != nil {
		return chartView{}, err
	}
	return chartView{ID: id, Title: title, Caption: caption, Summary: summary, Option: option, Table: table}, nil
}

// monthLabel names a month on an axis; one that is not over says so.
func monthLabel(r *metrics.Report) string {
	if figures.Running(r) {
		return wording.ShortMonthOf(r.Month) + " (berjalan)"
	}
	return wording.ShortMonthOf(r.Month)
}

// months names the months from the first report to the last.
func months(first, last *metrics.Report) string {
	if first == last {
		return wording.MonthOf(last.Month)
	}
	return wording.MonthOf(first.Month) + " sampai " + wording.MonthOf(last.Month)
}

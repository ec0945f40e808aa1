package dashboard

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// changesPage says which OPD really changed over the months, and which only
// moved as they always do. The trend and publication pages show it as a card.
var changesPage = page{path: "/tren/opd", name: "changes", view: (*Server).changes}

// changesView is what templates/changes.html shows.
type changesView struct {
	Region string
	AsOf   string
	Query  string
	Last   string // the month the signals are about
	Rows   []changeRow
	Few    int // OPD with too few months
	Risen  int
	Fallen int
}

// changeRow is one OPD's chart of months.
type changeRow struct {
	OPD, Name string
	Last      wording.Cell
	Mean      string
	Limits    string
	Signal    shift
	Months    int
	Line      sparkline
}

// sparkline is a small line on a field of 100 by 24, with the band of the
// usual months behind it.
type sparkline struct {
	Points            []string // polylines, one for each stretch without a gap
	BandY, BandHeight string
	Show              bool
}

// changes shows the chart of every OPD, those with a signal first.
func (s *Server) changes(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		return s.emptyScreen(sel), nil
	}
	c, err := s.reports.Changes(ctx, sel.whole().metricsQuery())
	if err != nil {
		return nil, fmt.Errorf("dashboard: changes of %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	v := &changesView{Region: sel.Region.Name, AsOf: lang.Day(c.AsOf), Query: sel.query()}
	if n := len(c.Months); n > 0 {
		v.Last = lang.MonthOf(c.Months[n-1])
	}
	for _, o := range c.OPD {
		if o.Mean == nil {
			v.Few++
			continue
		}
		row := newChangeRow(lang, o)
		switch row.Signal.Direction {
		case figures.Up:
			v.Risen++
		case figures.Down:
			v.Fallen++
		}
		v.Rows = append(v.Rows, row)
	}
	slices.SortStableFunc(v.Rows, func(x, y changeRow) int { return cmp.Compare(signalRank(x.Signal), signalRank(y.Signal)) })
	return &screen{template: "changes", selection: sel, months: true, body: v, title: lang.T("Perubahan tiap OPD · {1}", v.Region)}, nil
}

// signalRank puts those that fell first, then those that rose.
func signalRank(s shift) int {
	return slices.Index([]figures.Movement{figures.Down, figures.Up, figures.Same, figures.None}, s.Direction)
}

func newChangeRow(lang wording.Language, o metrics.ChangeOPD) changeRow {
	return changeRow{
		OPD: o.OPD, Name: o.Name, Months: o.N,
		Last:   lang.OptionalCount(lastPoint(o.Points), "sumber gagal atau OPD belum sebulan penuh"),
		Mean:   lang.Number(*o.Mean, 1),
		Limits: usual(lang, o),
		Signal: newSignal(lang, o.Signal),
		Line:   newSparkline(o),
	}
}

// usual is the range that ordinary months lie in, in whole stories.
func usual(lang wording.Language, o metrics.ChangeOPD) string {
	return lang.Number(*o.Low, 0) + "–" + lang.Number(*o.High, 0)
}

func lastPoint(points []*int) *int {
	if len(points) == 0 {
		return nil
	}
	return points[len(points)-1]
}

// newSparkline draws the points that are known; a month without one is a gap.
func newSparkline(o metrics.ChangeOPD) sparkline {
	const width, height = 100.0, 24.0
	top := *o.High
	for _, p := range o.Points {
		if p != nil {
			top = max(top, float64(*p))
		}
	}
	if top <= 0 || len(o.Points) < 2 {
		return sparkline{}
	}
	y := func(v float64) float64 { return height - v/top*(height-2) - 1 }
	s := sparkline{Show: true, BandY: place(y(*o.High)), BandHeight: place(max(y(*o.Low)-y(*o.High), 0.5))}
	var stretch []string
	for i, p := range o.Points {
		if p == nil {
			s.Points, stretch = closed(s.Points, stretch), nil
			continue
		}
		stretch = append(stretch, place(float64(i)*width/float64(len(o.Points)-1))+","+place(y(float64(*p))))
	}
	s.Points = closed(s.Points, stretch)
	return s
}

// closed adds a stretch of at least two points to the lines.
func closed(lines, stretch []string) []string {
	if len(stretch) < 2 {
		return lines
	}
	return append(lines, strings.Join(stretch, " "))
}

// place writes a position for SVG, which reads a decimal point in every
// language.
func place(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

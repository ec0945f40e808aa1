package dashboard

import (
	"strconv"
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// change is one OPD's chart of months, of stories or of waits.
type change struct {
	opd, name       string
	points          []*float64
	n               int
	mean, low, high *float64
	verdict         *string
	wait            bool
	lastCases       int    // of the last month, behind a wait
	decimals        int    // of a point
	unknown         string // why a month has no point, in Indonesian
}

// storyChange is the chart of an OPD's stories.
func storyChange(o metrics.ChangeOPD) change {
	c := change{opd: o.OPD, name: o.Name, n: o.N, mean: o.Mean, low: o.Low, high: o.High, verdict: o.Signal, unknown: "sumber gagal atau OPD belum sebulan penuh"}
	for _, p := range o.Points {
		if p == nil {
			c.points = append(c.points, nil)
			continue
		}
		v := float64(*p)
		c.points = append(c.points, &v)
	}
	return c
}

// waitChange is the chart of an OPD's restricted mean waits under a clock.
func waitChange(o metrics.CaseChange) change {
	cases := 0
	if n := len(o.Cases); n > 0 {
		cases = o.Cases[n-1]
	}
	return change{
		lastCases: cases, opd: o.OPD, name: o.Name, points: o.Points, n: o.N, mean: o.Mean, low: o.Low, high: o.High, verdict: o.Signal,
		wait: true, decimals: 1, unknown: "kurang dari 5 kasus",
	}
}

// last is the point of the last month, nil where there is none.
func (c change) last() *float64 {
	if len(c.points) == 0 {
		return nil
	}
	return c.points[len(c.points)-1]
}

// usual is the range that ordinary months lie in: whole stories, or working
// days to a tenth.
func (c change) usual(lang wording.Language) string {
	return lang.Number(*c.low, c.decimals) + "–" + lang.Number(*c.high, c.decimals)
}

// signal words the verdict on the last month. A longer wait is a fall: the
// arrows say what is better, the words what happened.
func (c change) signal(lang wording.Language) shift {
	if !c.wait || c.verdict == nil {
		return newSignal(lang, c.verdict)
	}
	s := shift{Words: lang.T(*c.verdict), Direction: figures.Same}
	switch *c.verdict {
	case metrics.Faster:
		s.Direction = figures.Up
	case metrics.Slower:
		s.Direction = figures.Down
	}
	return s
}

// sparkline is a small line on a field of 100 by 24, with the band of the
// usual months behind it.
type sparkline struct {
	Points            []string // polylines, one for each stretch without a gap
	BandY, BandHeight string
	Show              bool
}

// newSparkline draws the points that are known; a month without one is a gap.
func newSparkline(c change) sparkline {
	const width, height = 100.0, 24.0
	top := *c.high
	for _, p := range c.points {
		if p != nil {
			top = max(top, *p)
		}
	}
	if top <= 0 || len(c.points) < 2 {
		return sparkline{}
	}
	y := func(v float64) float64 { return height - v/top*(height-2) - 1 }
	s := sparkline{Show: true, BandY: place(y(*c.high)), BandHeight: place(max(y(*c.low)-y(*c.high), 0.5))}
	var stretch []string
	for i, p := range c.points {
		if p == nil {
			s.Points, stretch = closed(s.Points, stretch), nil
			continue
		}
		stretch = append(stretch, place(float64(i)*width/float64(len(c.points)-1))+","+place(y(*p)))
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

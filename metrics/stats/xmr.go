package stats

import "math"

// MinChartPoints is how many points a chart needs before it says anything.
const MinChartPoints = 12

// xmrFactor turns the mean moving range into three standard deviations: 3/d₂,
// d₂ = 1.128 for ranges of two (Shewhart 1931; Wheeler 1993).
const xmrFactor = 2.66

// Chart is a control chart of individual values and moving ranges (XmR): as
// long as nothing changed, nearly every value lies within [Low, High].
type Chart struct {
	Mean      float64
	Low, High float64
}

// XmR charts values in order of time: mean ± 2.66 × the mean range between
// neighbours. ok is false for fewer than MinChartPoints values, or one that is
// not a number: then there is no verdict.
func XmR(values []float64) (c Chart, ok bool) {
	if len(values) < MinChartPoints {
		return Chart{}, false
	}
	var sum, moved float64
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return Chart{}, false
		}
		sum += v
		if i > 0 {
			moved += math.Abs(v - values[i-1])
		}
	}
	c.Mean = sum / float64(len(values))
	width := xmrFactor * moved / float64(len(values)-1)
	c.Low, c.High = c.Mean-width, c.Mean+width
	return c, true
}

// Signal is 1 for a value above the limits, −1 for one below them, else 0. A
// value on a limit, or off it by no more than rounding, is within.
func (c Chart) Signal(value float64) int {
	slack := 1e-9 * (1 + math.Abs(c.Mean))
	switch {
	case value > c.High+slack:
		return 1
	case value < c.Low-slack:
		return -1
	}
	return 0
}

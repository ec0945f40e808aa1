package stats

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestXmRByHand(t *testing.T) {
	// Ranges 2, 2, 2, … eleven of them: mean 9, limits 9 ± 5.32.
	values := []float64{8, 10, 8, 10, 8, 10, 8, 10, 8, 10, 8, 10}
	c, ok := XmR(values)
	if !ok || !cmp.Equal(c, Chart{9, 9 - 5.32, 9 + 5.32}, cmpopts.EquateApprox(0, 1e-12)) {
		t.Errorf("%+v, %v", c, ok)
	}
	for value, want := range map[float64]int{9 + 5.32: 0, 14.4: 1, 3.6: -1, 9: 0, 3.7: 0} {
		if got := c.Signal(value); got != want {
			t.Errorf("signal of %v is %d, want %d", value, got, want)
		}
	}
	if _, ok := XmR(values[:11]); ok {
		t.Error("a verdict on eleven points")
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1)} {
		if _, ok := XmR(append(slices.Clone(values), bad)); ok {
			t.Errorf("a verdict on %v", bad)
		}
	}
}

// One month unlike eleven equal ones is a signal, whichever it is, and equal
// months give none.
func TestXmRSignals(t *testing.T) {
	for i := range MinChartPoints {
		values := slices.Repeat([]float64{6}, MinChartPoints)
		if c, _ := XmR(values); c.Signal(6) != 0 {
			t.Error("equal months give a signal")
		}
		values[i] = 1
		if c, _ := XmR(values); c.Signal(1) != -1 || c.Signal(6) != 0 {
			t.Errorf("month %d: %+v", i, c)
		}
	}
}

// F15: months that differ by luck alone hardly ever give a signal.
func TestXmRFalseAlarms(t *testing.T) {
	const runs = 4000
	src := NewSource(15)
	alarms := 0
	for range runs {
		values := make([]float64, 18)
		for i := range values {
			values[i] = 20 + 4*src.Normal()
		}
		c, _ := XmR(values)
		if c.Signal(values[17]) != 0 {
			alarms++
		}
	}
	band(t, "false alarms", float64(alarms)/runs, 0, 0.015)
}

func TestXmRProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), MinChartPoints, 40).Draw(t, "values")
		c, ok := XmR(values)
		if !ok || c.Low > c.Mean || c.High < c.Mean || c.Signal(c.Mean) != 0 {
			t.Fatalf("%+v", c)
		}
		turned := slices.Clone(values)
		slices.Reverse(turned)
		if d, _ := XmR(turned); !cmp.Equal(c, d, cmpopts.EquateApprox(1e-9, 1e-6)) {
			t.Fatalf("%+v backwards %+v", c, d)
		}
	})
}

package metrics

import "slices"

// weightShift is by how much of itself every weight is turned up and down to
// see whether the weights decide the ranking.
const weightShift = 0.10

// Sensitivity says how much the places of the index owe to its weights. Every
// weight is kept, raised by a tenth and lowered by a tenth, in all
// combinations.
type Sensitivity struct {
	Weightings int `json:"weightings"`
	// TopThreeSame is the share of them that leave the first three as they
	// are, in their order; nil with fewer than two OPD.
	TopThreeSame *float64 `json:"top_three_same"`
	// WidestBand is the greatest difference between the best and the worst
	// place of one OPD.
	WidestBand *int `json:"widest_band"`
}

// sensitivity measures the rows, which are in ranking order, and fills in each
// one's band of places.
func sensitivity(rows []IndexOPD) Sensitivity {
	variants := weightings(len(indexWeights))
	out := Sensitivity{Weightings: len(variants)}
	if len(rows) < 2 {
		return out
	}
	n := len(rows)
	low, high := slices.Repeat([]int{n}, n), make([]int, n)
	scores, order := make([]float64, n), make([]int, n)
	shares := make([][]weighed, n)
	for i, r := range rows {
		order[i], shares[i] = i, weighedOf(r)
	}
	same, top := 0, min(topCount, n)
	for _, factors := range variants {
		for i := range rows {
			scores[i] = reweighed(shares[i], factors)
		}
		resort(order, scores)
		for place, i := range order {
			low[i], high[i] = min(low[i], place+1), max(high[i], place+1)
		}
		if slices.IsSorted(order[:top]) && order[top-1] == top-1 {
			same++
		}
	}
	widest := 0
	for i := range rows {
		rows[i].WeightRankLow, rows[i].WeightRankHigh = &low[i], &high[i]
		widest = max(widest, high[i]-low[i])
	}
	share := float64(same) / float64(len(variants))
	out.TopThreeSame, out.WidestBand = &share, &widest
	return out
}

// weightings lists every combination of weights kept, lowered and raised, as
// factors by the component's number; the first one keeps them all.
func weightings(components int) [][]float64 {
	out := [][]float64{{}}
	for range components {
		var longer [][]float64
		for _, f := range [...]float64{1, 1 - weightShift, 1 + weightShift} {
			for _, head := range out {
				longer = append(longer, append(slices.Clone(head), f))
			}
		}
		out = longer
	}
	return out
}

// resort puts rows in order of score, the highest first; equal ones stay in
// ranking order, which is by name. A shift of the weights moves few of them
// far, so that each is put in its place among those before it.
func resort(order []int, scores []float64) {
	for i, row := range order {
		j := i
		for ; j > 0; j-- {
			before := order[j-1]
			if scores[before] > scores[row] || scores[before] == scores[row] && before < row {
				break
			}
			order[j] = before
		}
		order[j] = row
	}
}

// weighed is a component of a row: which weight it has, and its points.
type weighed struct {
	component      int
	weight, points float64
}

func weighedOf(r IndexOPD) []weighed {
	out := make([]weighed, len(r.Components))
	for i, c := range r.Components {
		out[i] = weighed{slices.IndexFunc(indexWeights, func(w IndexWeight) bool { return w.Component == c.Component }), c.Weight, c.Points}
	}
	return out
}

// reweighed is the index of a row under changed weights, the missing
// components left out as ever.
func reweighed(components []weighed, factors []float64) float64 {
	sum, total := 0.0, 0.0
	for _, c := range components {
		w := c.weight * factors[c.component]
		sum, total = sum+w*c.points, total+w
	}
	// A difference in the last digits is no difference.
	return float64(int64(sum/total*1e9+0.5)) / 1e9
}

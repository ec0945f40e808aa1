package metrics

import (
	_ "embed" // for the published weights
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// indexFile holds the published weights of the index: version, component (the
// ranking whose score it is), weight, and the scores worth 0 and 100 points.
//
//go:embed index.csv
var indexFile string

// indexVersion is the edition of the weights in force.
var indexVersion, indexWeights = mustWeights(indexFile)

// componentTables are the rankings an index can be made of.
var componentTables = [...]string{tablePublication, tablePPID, tableFirstResponse, tableResolve}

// IndexWeight is the published weight of a component, and the scores that are
// worth 0 and 100 points; between them points run straight.
type IndexWeight struct {
	Component string  `json:"component"`
	Weight    float64 `json:"weight"`
	Worst     float64 `json:"worst"`
	Best      float64 `json:"best"`
}

// parseWeights reads the published weights. They have one version and add up
// to 1.
func parseWeights(r io.Reader) (version int, weights []IndexWeight, err error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return 0, nil, fmt.Errorf("metrics: read index weights: %w", err)
	}
	if len(rows) < 2 || !slices.Equal(rows[0], []string{"version", "component", "weight", "worst", "best"}) {
		return 0, nil, fmt.Errorf("metrics: read index weights: the header must be version,component,weight,worst,best with rows below")
	}
	sum := 0.0
	for i, row := range rows[1:] {
		w := IndexWeight{Component: row[1]}
		v, err := strconv.Atoi(row[0])
		if err != nil || v < 1 || i > 0 && v != version {
			return 0, nil, fmt.Errorf("metrics: index weights, row %d: version %q", i+2, row[0])
		}
		version = v
		if !slices.Contains(componentTables[:], w.Component) || slices.ContainsFunc(weights, func(o IndexWeight) bool { return o.Component == w.Component }) {
			return 0, nil, fmt.Errorf("metrics: index weights, row %d: component %q", i+2, w.Component)
		}
		for j, to := range []*float64{&w.Weight, &w.Worst, &w.Best} {
			if *to, err = strconv.ParseFloat(row[2+j], 64); err != nil || math.IsNaN(*to) || math.IsInf(*to, 0) {
				return 0, nil, fmt.Errorf("metrics: index weights, row %d: %q is not a number", i+2, row[2+j])
			}
		}
		if w.Weight <= 0 || w.Worst == w.Best {
			return 0, nil, fmt.Errorf("metrics: index weights, row %d: weight %v, points from %v to %v", i+2, w.Weight, w.Worst, w.Best)
		}
		weights, sum = append(weights, w), sum+w.Weight
	}
	if math.Abs(sum-1) > 1e-9 {
		return 0, nil, fmt.Errorf("metrics: index weights add up to %v, not to 1", sum)
	}
	return version, weights, nil
}

// mustWeights reads the embedded file, whose faults are the programmer's.
func mustWeights(text string) (int, []IndexWeight) {
	version, weights, err := parseWeights(strings.NewReader(text))
	if err != nil {
		panic(err)
	}
	return version, weights
}

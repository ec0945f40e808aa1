package wording

import (
	"fmt"
	"slices"

	"gaung/metrics"
)

// MetricWords is what a figure of the registry is called in a language.
type MetricWords struct {
	Key  string // the figure's key in the report
	Name string // the whole name
	Head string // the short one, over columns
	// Unit stands beside Head where the numbers are times and would not say in
	// what they are counted: working days, calendar days, hours; else empty.
	Unit string
}

// timeUnits are the units that a column has to name.
var timeUnits = []string{"working days", "calendar days", "hours"}

// Metric finds the words for a figure by its path in the report's JSON, such
// as "ppid.opd.rmst_wd" (see metrics.Describe). A path that the registry does
// not have is an error.
func (l Language) Metric(path string) (MetricWords, error) {
	m, ok := metrics.Describe(path)
	if !ok {
		return MetricWords{}, fmt.Errorf("wording: %s is not in the registry of metrics", path)
	}
	words := MetricWords{Key: m.Key, Name: l.Label(m.Name), Head: l.Label(m.Head)}
	if slices.Contains(timeUnits, m.Unit.EN) {
		words.Unit = l.Label(m.Unit)
	}
	return words, nil
}

// Label is the text in the language.
func (l Language) Label(label metrics.Label) string {
	if l.texts == nil {
		return label.ID
	}
	return label.EN
}

// MetricName is the whole name of a figure; of one that the registry does not
// have it is the path, which a test looks for.
func (l Language) MetricName(path string) string {
	if m, ok := metrics.Describe(path); ok {
		return l.Label(m.Name)
	}
	return path
}

// MetricHead is the short name of a figure, as MetricName. Times name their
// unit: "Median (hari kerja)".
func (l Language) MetricHead(path string) string {
	m, err := l.Metric(path)
	switch {
	case err != nil:
		return path
	case m.Unit != "":
		return m.Head + " (" + m.Unit + ")"
	}
	return m.Head
}

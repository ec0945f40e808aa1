package export

import (
	"encoding/csv"
	"fmt"
	"io"

	"gaung/metrics"
)

// ChangesCSV writes the change charts of a region: a row for each chart and
// month, UTF-8 with a byte-order mark, decimal point, CRLF. value is the
// stories of the month, or the restricted mean wait in working days; mean, low,
// high and signal belong to the chart and stand on each of its rows. What is
// not known is empty. A text that a spreadsheet would run as a formula gets an
// apostrophe in front.
func ChangesCSV(w io.Writer, stories *metrics.Changes, waits *metrics.CaseChanges) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("export: write CSV: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	// The writer keeps its first error until Flush.
	_ = out.Write([]string{"region", "as_of", "chart", "opd", "name", "month", "value", "n", "mean", "low", "high", "signal"})
	row := func(region, asOf, chart, opd, name, month string, value any, n int, mean, low, high *float64, signal *string) {
		record := []string{inert(region), asOf, chart, inert(opd), inert(name), month}
		for _, v := range []any{value, n, known(mean), known(low), known(high), known(signal)} {
			record = append(record, csvText(v))
		}
		_ = out.Write(record)
	}
	for _, o := range stories.OPD {
		for i, p := range o.Points {
			row(stories.Region, stories.AsOf, "stories", o.OPD, o.Name, stories.Months[i], known(p), o.N, o.Mean, o.Low, o.High, o.Signal)
		}
	}
	for _, clock := range []struct {
		name   string
		charts []metrics.CaseChange
	}{{"ppid", waits.PPID}, {"first_response", waits.FirstResponse}, {"resolve", waits.Resolve}} {
		for _, o := range clock.charts {
			for i, p := range o.Points {
				row(waits.Region, waits.AsOf, clock.name, o.OPD, o.Name, waits.Months[i], known(p), o.N, o.Mean, o.Low, o.High, o.Signal)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("export: write CSV: %w", err)
	}
	return nil
}

// known is the value behind p, nil without one.
func known[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

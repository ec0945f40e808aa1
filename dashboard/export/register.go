package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"gaung/dashboard/figures"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// registerKeys are the columns of a row behind a figure, by JSON key.
var registerKeys = []string{
	"kind", "opd", "name", "day", "id", "title", "url", "type", "category", "channel",
	"received", "ended", "wait_wd", "limit_wd", "state", "progress", "extended", "refused", "reason",
}

// RegisterKeys are the columns of a [metrics.Detail] in a CSV file, by JSON key.
func RegisterKeys() []string { return slices.Clone(registerKeys) }

// RegisterValues is a row in the columns of [RegisterKeys]: the days as
// YYYY-MM-DD, the states by their code.
func RegisterValues(d metrics.Detail) []string {
	return []string{
		string(d.Kind), d.OPD, d.Name, d.Day.String(), d.ID, d.Title, d.URL,
		d.Type, d.Category, d.Channel, dayText(d.Received), dayText(d.Ended), numberText(d.WaitWD), numberText(d.LimitWD),
		string(d.State), string(d.Progress), strconv.FormatBool(d.Extended), strconv.FormatBool(d.Refused), d.Reason,
	}
}

// Register writes rows behind the figures of a report as CSV in the form of
// [CSV], in the columns of [RegisterKeys]. It holds no identity of an applicant
// or reporter. Rows are written as they come.
func Register(w io.Writer, r *metrics.Report, rows Rows) error {
	out, err := NewList(w, Origin{Region: r.Region, Period: figures.PeriodCode(r), AsOf: r.AsOf}, registerKeys)
	if err != nil {
		return err
	}
	if err := rows(func(d metrics.Detail) error { return out.Write(RegisterValues(d)...) }); err != nil {
		return err
	}
	return out.Close()
}

// Definitions writes the terms of the workbook and what they mean as CSV.
func Definitions(w io.Writer) error {
	out, err := newCSV(w, []string{"istilah", "arti"})
	if err != nil {
		return err
	}
	for _, row := range definitions().rows {
		// The writer keeps its first error until it is flushed.
		_ = out.Write([]string{csvText(row[0].value), csvText(row[1].value)})
	}
	return flush(out)
}

// newCSV starts a CSV file as [CSV] describes it.
func newCSV(w io.Writer, header []string) (*csv.Writer, error) {
	if _, err := io.WriteString(w, bom); err != nil {
		return nil, fmt.Errorf("export: write CSV: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	_ = out.Write(header)
	return out, nil
}

func flush(out *csv.Writer) error {
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("export: write CSV: %w", err)
	}
	return nil
}

func dayText(d *calendar.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func numberText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

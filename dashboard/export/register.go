package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gaung/dashboard/figures"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// registerColumns are the columns of a list of rows as CSV, by JSON key.
var registerColumns = []string{
	"region", "month", "as_of", "kind", "opd", "name", "day", "id", "title", "url", "type", "category", "channel",
	"received", "ended", "wait_wd", "limit_wd", "state", "progress", "extended", "refused", "reason",
	"hours", "flags",
}

// Register writes rows behind the figures of a report as CSV in the form of
// [CSV]: the days as YYYY-MM-DD, the states by their code. It holds no
// identity of an applicant or reporter. Rows are written as they come.
func Register(w io.Writer, r *metrics.Report, rows Rows) error {
	out, err := newCSV(w, registerColumns)
	if err != nil {
		return err
	}
	err = rows(func(d metrics.Detail) error {
		return out.Write([]string{
			inert(r.Region), figures.PeriodCode(r), r.AsOf, string(d.Kind), inert(d.OPD), inert(d.Name), d.Day.String(), inert(d.ID), inert(d.Title), inert(d.URL),
			inert(d.Type), inert(d.Category), inert(d.Channel), dayText(d.Received), dayText(d.Ended), numberText(d.WaitWD), numberText(d.LimitWD),
			string(d.State), string(d.Progress), strconv.FormatBool(d.Extended), strconv.FormatBool(d.Refused), inert(d.Reason),
			hoursText(d.Hours), strings.Join(d.Flags, "|"),
		})
	})
	if err != nil {
		return err
	}
	return flush(out)
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

func hoursText(h *float64) string {
	if h == nil {
		return ""
	}
	return strconv.FormatFloat(*h, 'f', -1, 64)
}

func numberText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

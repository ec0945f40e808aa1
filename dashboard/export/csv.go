package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// bom tells Excel that a CSV file is UTF-8.
const bom = "\ufeff"

// Metrics names the tables that [CSV] can write: "publikasi", "ppid",
// "pengaduan".
func Metrics() []string { return []string{"publikasi", "ppid", "pengaduan"} }

// csvTable is the table of a metric.
func csvTable(metric string, r *metrics.Report) (table, error) {
	switch metric {
	case "publikasi":
		return ranking(r), nil
	case "ppid":
		return requests(r), nil
	case "pengaduan":
		return complaints(r), nil
	}
	return table{}, fmt.Errorf("export: no CSV table named %q (there are %s)", metric, strings.Join(Metrics(), ", "))
}

// CSV writes one table of a report: UTF-8 with a byte-order mark, comma between
// columns, decimal point, CRLF, the JSON keys of the report as header, and the
// region, month (or both days of another period) and as-of day on every row;
// the rows of a filtered report end with a column that names the filter. Numbers are not rounded; what is
// not known is empty. A text that a spreadsheet would run as a formula gets an
// apostrophe in front.
func CSV(w io.Writer, r *metrics.Report, metric string) error {
	t, err := csvTable(metric, r)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("export: write CSV: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	header := []string{"region", "month", "as_of"}
	for _, c := range t.columns {
		header = append(header, c.key)
	}
	only := wording.Indonesian.Restricted(r.Filters)
	if only != "" {
		header = append(header, "filter")
	}
	// The writer keeps its first error until Flush.
	_ = out.Write(header)
	for _, row := range t.rows {
		record := []string{inert(r.Region), figures.PeriodCode(r), r.AsOf}
		for _, c := range row {
			record = append(record, csvText(c.value))
		}
		if only != "" {
			record = append(record, inert(only))
		}
		_ = out.Write(record)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("export: write CSV: %w", err)
	}
	return nil
}

func csvText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case string:
		return inert(v)
	}
	return inert(fmt.Sprint(v))
}

// inert keeps a text from being run as a formula by a spreadsheet (CWE-1236).
func inert(s string) string {
	if s != "" && slices.Contains([]byte("=+-@\t\r\n|"), s[0]) {
		return "'" + s
	}
	return s
}

// FileName is the name of an exported file of a report; see [Name].
func FileName(r *metrics.Report, metric, extension string) string {
	return Name(metric, r.Region, figures.PeriodCode(r), r.AsOf, wording.Indonesian.Restricted(r.Filters), extension)
}

// Name is the name of an exported file:
// gaung_metric_region_period_asof.extension, the filter behind them where there
// is one.
func Name(metric, region, period, asOf, filter, extension string) string {
	parts := []string{"gaung", metric, region, period, asOf}
	if filter != "" {
		parts = append(parts, strings.ToLower(filter))
	}
	for i, p := range parts {
		parts[i] = strings.Map(func(c rune) rune {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' {
				return c
			}
			return '-'
		}, p)
	}
	return strings.Join(parts, "_") + "." + extension
}

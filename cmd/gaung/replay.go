package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// writeReplay writes a past month as it was measured beside the same month
// under today's rules: JSON for programs, a table for people.
func writeReplay(out io.Writer, r *metrics.MethodReplay, machine bool) error {
	if machine {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	edition := "belum ditutup"
	if r.Edition != nil {
		edition = "edisi " + r.Edition.ID
	}
	fmt.Fprintf(out, "%s %s, keadaan %s, %s\n", r.RegionName, wording.Indonesian.MonthOf(r.Month), wording.Indonesian.Day(r.AsOf), edition)
	fmt.Fprintf(out, "definisi: dulu versi %d, sekarang versi %d\n", r.ThenDefinitions, r.NowDefinitions)
	for _, c := range r.Rules {
		fmt.Fprintln(out, "aturan:", wording.Indonesian.RuleChange(c))
	}
	for _, h := range r.Holidays {
		fmt.Fprintln(out, "hari libur:", wording.Indonesian.HolidayChange(h))
	}
	if len(r.Lines) == 0 {
		_, err := fmt.Fprintln(out, "tidak ada angka yang berbeda")
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "OPD\tANGKA\tDULU\tDATA SEKARANG\tATURAN SEKARANG")
	for _, l := range r.Lines {
		name := l.Name
		if name == "" {
			name = "Seluruh wilayah"
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\n", name, wording.Indonesian.FigureName(l.Figure, l.Item), l.Then, l.Data, l.Now)
	}
	return table.Flush()
}

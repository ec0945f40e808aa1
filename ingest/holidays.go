package ingest

import (
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"time"
)

// holidayList is the national calendar from 2019 to 2027: libur nasional and
// cuti bersama as decreed by the joint decrees of three ministers (SKB 3
// Menteri), amendments included.
//
//go:embed holidays_id.csv
var holidayList string

// SeedHolidays adds the days of the embedded national calendar that the
// warehouse does not know yet. Days that are there stay as they are, corrected
// by an import or not, so it can run at every start.
func (in *Ingester) SeedHolidays(ctx context.Context) error {
	facts, err := nationalHolidays()
	if err != nil {
		return err
	}
	w := newWriter(in, holidaysKind, seedRun)
	w.seedOnly = true
	tally, err := w.write(ctx, facts)
	if err != nil {
		return fmt.Errorf("ingest: seed holidays: %w", err)
	}
	if tally.changed() {
		in.log.Info("national calendar seeded", "days", tally.Accepted)
	}
	return nil
}

// seedRun is the run id of rows that came with the program.
const seedRun = "00000000-0000-0000-0000-000000000000"

func nationalHolidays() ([]fact, error) {
	rows, err := csv.NewReader(strings.NewReader(holidayList)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("ingest: embedded holidays: %w", err)
	}
	var facts []fact
	for _, row := range rows[1:] {
		day, err := time.Parse(time.DateOnly, row[0])
		if err != nil {
			return nil, fmt.Errorf("ingest: embedded holidays: %w", err)
		}
		kind, ok := holidayKinds[label(row[2])]
		if !ok {
			return nil, fmt.Errorf("ingest: embedded holidays: kind %q of %s", row[2], row[0])
		}
		facts = append(facts, fact{
			key:    []string{day.Format(time.DateOnly), kind},
			values: []any{day, row[1], kind, ""},
			seen:   -1,
		})
	}
	return facts, nil
}

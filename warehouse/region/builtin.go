package region

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // offices run on machines without a zone database
)

// regionsCSV lists the 38 provinces, 416 kabupaten and 98 kota with the codes
// of Kepmendagri 300.2.2-2138/2025: code,name.
//
//go:embed regions.csv
var regionsCSV string

// zonesCSV gives the zone of each province after Keppres 41/1987: province,zone.
// Kalimantan Barat keeps WIB, which Asia/Jakarta gives as well as
// Asia/Pontianak does for every year the product can hold.
//
//go:embed zones.csv
var zonesCSV string

// Builtin returns the table of every province, kabupaten and kota of
// Indonesia.
func Builtin() *Table { return builtin() }

var builtin = sync.OnceValue(func() *Table {
	zones := make(map[string]*time.Location)
	for _, row := range mustRows("zones.csv", zonesCSV) {
		zones[row[0]] = mustZone(row[1])
	}
	table := &Table{regions: make(map[string]Region)}
	for _, row := range mustRows("regions.csv", regionsCSV) {
		province, _, _ := strings.Cut(row[0], ".")
		zone, ok := zones[province]
		if !ok {
			panic(fmt.Sprintf("region: zones.csv has no zone for %s", row[0]))
		}
		table.regions[row[0]] = Region{Code: row[0], Name: row[1], Zone: zone}
	}
	return table
})

// mustRows reads an embedded two-column CSV without its header. The files are
// part of the program: a fault in one is a fault of the build.
func mustRows(file, text string) [][]string {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 2
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("region: read embedded %s: %v", file, err))
	}
	return rows[1:]
}

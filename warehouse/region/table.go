package region

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Table finds regions by code. It is immutable and safe for concurrent use;
// With makes a changed copy.
type Table struct {
	regions map[string]Region
}

// With returns a copy of the table in which each override replaces or adds the
// region of its code. An override without a name keeps the known name
// ("Wilayah <code>" for an unknown code). One without a zone keeps the known
// zone; for an unknown code it takes the zone of the province its code begins
// with, and Asia/Jakarta if there is none either.
func (t *Table) With(overrides ...Region) *Table {
	regions := maps.Clone(t.regions)
	for _, o := range overrides {
		o.Code = strings.TrimSpace(o.Code)
		known, ok := regions[o.Code]
		if o.Name == "" {
			o.Name = known.Name
			if !ok {
				o.Name = "Wilayah " + o.Code
			}
		}
		if o.Zone == nil {
			o.Zone = known.Zone
		}
		if o.Zone == nil {
			province, _, _ := strings.Cut(o.Code, ".")
			o.Zone = regions[province].Zone
		}
		if o.Zone == nil {
			o.Zone = fallbackZone
		}
		regions[o.Code] = o
	}
	return &Table{regions: regions}
}

// Find returns the region with the Kemendagri code, such as "19" or "19.71";
// space around the code is ignored. The error is an [UnknownError]. BPS codes
// (1971, without dots) are a different system and are unknown here.
func (t *Table) Find(code string) (Region, error) {
	r, ok := t.regions[strings.TrimSpace(code)]
	if !ok {
		return Region{}, &UnknownError{Code: code}
	}
	return r, nil
}

// All returns every region, ordered by code: a province comes before its
// kabupaten and kota.
func (t *Table) All() []Region {
	return slices.SortedFunc(maps.Values(t.regions), func(a, b Region) int {
		return cmp.Compare(a.Code, b.Code)
	})
}

// Province returns the region of the province that the code lies in, and false
// if the table has none.
func (t *Table) Province(code string) (Region, bool) {
	province, _, _ := strings.Cut(strings.TrimSpace(code), ".")
	r, ok := t.regions[province]
	return r, ok
}

// fallbackZone serves configured regions outside every known province: the
// zone of the capital, which most of the country keeps.
var fallbackZone = mustZone("Asia/Jakarta")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic("region: zone of the embedded table: " + err.Error())
	}
	return zone
}

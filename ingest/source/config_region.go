package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaung/warehouse/region"
)

// RegionOverride changes the name or zone of a region of the built-in table,
// or adds a region to it.
type RegionOverride struct {
	// Code is the Kemendagri code: "19" or "19.71".
	Code string `yaml:"code"`
	// Name replaces the built-in name when not empty.
	Name string `yaml:"name"`
	// Zone replaces the built-in zone when not empty: WIB, WITA, WIT or
	// their IANA names.
	Zone string `yaml:"zone"`
}

// zones are the zones regions may have (Keppres 41/1987), by the names people
// write.
var zones = map[string]string{
	"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura",
	"Asia/Jakarta": "Asia/Jakarta", "Asia/Makassar": "Asia/Makassar", "Asia/Jayapura": "Asia/Jayapura",
	"Asia/Pontianak": "Asia/Pontianak",
}

// regionCode accepts provinces, kabupaten/kota, kecamatan and desa.
var regionCode = regexp.MustCompile(`^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$`)

// ValidateAndSetDefaults checks the override. Keys of the problems are
// relative to it.
func (r *RegionOverride) ValidateAndSetDefaults() []Problem {
	var problems []Problem
	r.Code, r.Name, r.Zone = strings.TrimSpace(r.Code), cleanLine(r.Name, 200), strings.TrimSpace(r.Zone)
	if !regionCode.MatchString(r.Code) {
		problems = append(problems, Problem{Key: "code", Words: fmt.Sprintf("%q bukan kode wilayah Kemendagri; tulis seperti 19 (provinsi) atau 19.71 (kabupaten/kota)", r.Code)})
	}
	if r.Zone != "" {
		if name, ok := zones[r.Zone]; ok {
			r.Zone = name
		} else if name, ok := zones[strings.ToUpper(r.Zone)]; ok {
			r.Zone = name
		} else {
			problems = append(problems, Problem{Key: "zone", Words: fmt.Sprintf("%q bukan zona waktu Indonesia; yang boleh: %s", r.Zone, strings.Join(zoneNames(), ", "))})
		}
	}
	return problems
}

func zoneNames() []string {
	names := make([]string, 0, len(zones))
	for name := range zones {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Region returns the override for [region.Table.With]. A zone that did not
// pass validation counts as not given.
func (r RegionOverride) Region() region.Region {
	out := region.Region{Code: r.Code, Name: r.Name}
	if r.Zone != "" {
		// All zones of the table load: package region embeds the zone data.
		if zone, err := time.LoadLocation(r.Zone); err == nil {
			out.Zone = zone
		}
	}
	return out
}

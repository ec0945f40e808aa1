// Package region knows Indonesia's regions: their Kemendagri codes, names and
// time zones. The built-in table covers every province, kabupaten and kota; a
// deployment can override names and zones in its configuration.
package region

import (
	"fmt"
	"time"
)

// Region is a province, kabupaten or kota.
type Region struct {
	// Code is the Kemendagri code: "19" (province) or "19.71" (kabupaten/kota).
	Code string
	// Name is the official Indonesian name, such as "Kota Pangkal Pinang".
	Name string
	// Zone is the zone that days, weeks and months of the region are cut in.
	Zone *time.Location
}

// ZoneLabel is the Indonesian name of the region's zone: WIB, WITA or WIT; for
// any other zone its IANA name.
func (r Region) ZoneLabel() string {
	switch r.Zone.String() {
	case "Asia/Jakarta", "Asia/Pontianak":
		return "WIB"
	case "Asia/Makassar":
		return "WITA"
	case "Asia/Jayapura":
		return "WIT"
	}
	return r.Zone.String()
}

// UnknownError says that no region has the code.
type UnknownError struct{ Code string }

// Error says which code is unknown and what codes look like.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("wilayah %q tidak dikenal; pakai kode Kemendagri seperti 19 (provinsi) atau 19.71 (kabupaten/kota)", e.Code)
}

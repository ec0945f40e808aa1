package ingest

import "time"

// holidaysKind is days off. National days and cuti bersama stand without a
// region and count everywhere; libur daerah belongs to a region.
var holidaysKind = &kind{
	name:      "holidays",
	table:     "holidays",
	columns:   append(required("date", "name", "kind"), optional("region", "decree")...),
	fields:    []string{"date", "name", "kind", "decree"},
	parse:     parseHoliday,
	anyRegion: true,
}

const (
	nationalHoliday = "libur nasional"
	jointLeave      = "cuti bersama"
	regionalHoliday = "libur daerah"
)

// holidayKinds are the spellings of a holiday's kind.
var holidayKinds = map[string]string{
	"libur nasional": nationalHoliday, "nasional": nationalHoliday, "hari libur nasional": nationalHoliday,
	"cuti bersama": jointLeave, "cuti": jointLeave,
	"libur daerah": regionalHoliday, "daerah": regionalHoliday, "libur lokal": regionalHoliday, "hari libur daerah": regionalHoliday,
}

func parseHoliday(r *record) fact {
	kind := r.choice("kind", holidayKinds, "libur nasional, cuti bersama, libur daerah")
	code := r.region.Code
	switch {
	case kind == regionalHoliday && code == "":
		r.reject("region", "libur daerah perlu wilayah; isi kolom region atau pakai --region")
	case kind != regionalHoliday && r.text("region") == "":
		code = ""
	}
	day := r.mustDay("date")
	return fact{
		region: code,
		key:    []string{day.Format(time.DateOnly), kind},
		values: []any{day, r.name("name"), kind, r.name("decree")},
		seen:   -1,
	}
}

package date

import "time"

// instant turns the parts into a moment, or says why there is none.
func (r *reading) instant(zone *time.Location, now time.Time) (time.Time, string) {
	// Programs write these for "no date": MySQL 0000-00-00, Go and .NET
	// 0001-01-01, Unix 1970-01-01, PHP -0001-11-30.
	if r.zeroDate || r.year <= 1 || (r.year == 1970 && r.month == 1 && r.day == 1) {
		return time.Time{}, ReasonEpoch
	}
	if r.month < 1 || r.month > 12 || r.day < 1 || r.day > daysIn(r.year, time.Month(r.month)) {
		return time.Time{}, ReasonImpossible
	}
	if r.year < minYear || r.year > now.In(zone).Year()+1 {
		return time.Time{}, ReasonOutOfRange
	}
	if r.hasZone {
		zone = time.FixedZone("", r.offset)
	}
	return time.Date(r.year, time.Month(r.month), r.day, r.hour, r.minute, r.second, r.nanos, zone), ""
}

// daysIn is the number of days of the month: the day before the next month's
// first.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// flags lists what was assumed, sorted by name.
func (r *reading) flags(at, now time.Time) []string {
	var flags []string
	if r.numeric && r.day <= 12 && r.month <= 12 && r.day != r.month {
		flags = append(flags, FlagAmbiguousDayMonth)
	}
	if at.After(now.Add(time.Hour)) {
		flags = append(flags, FlagFuture)
	}
	if r.hasWeekday {
		written := time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC)
		if int(written.Weekday()) != r.weekday {
			flags = append(flags, FlagWeekdayMismatch)
		}
	}
	if r.hasTime && !r.hasZone {
		flags = append(flags, FlagZoneless)
	}
	return flags
}

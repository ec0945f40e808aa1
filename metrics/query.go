package metrics

import (
	"strconv"
	"time"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// graceDays is how long after the end of a month the default report of that
// month looks, so that registers kept by hand have caught up.
const graceDays = 5

// Query is what a report is about. It carries the present time, so that the
// same query gives the same answer.
type Query struct {
	Region region.Region
	Month  calendar.Month
	days   calendar.Period // asked for instead of the month; see [Query.In]
	// Compare says what the period is compared with; empty is ComparePrevious.
	Compare Comparison
	Filter  Filter
	// AsOf is the day at whose end, in the region's zone, the world is looked
	// at. It counts only when AsOfSet is true; else it is the last day of the
	// period plus five days, or today if that is earlier.
	AsOf    calendar.Day
	AsOfSet bool
	// Now is the present instant, in any zone.
	Now time.Time
}

// asOf returns the as-of day of the query, or a *UserError when the period lies
// in the future or the day before the period.
func (q Query) asOf() (calendar.Day, error) {
	if q.Region.Zone == nil {
		return 0, userError(BadValue, "wilayah {1} belum punya zona waktu; lengkapi di konfigurasi", strconv.Quote(q.Region.Code))
	}
	if err := q.checkPeriod(); err != nil {
		return 0, err
	}
	if err := q.Filter.checkChannel(); err != nil {
		return 0, err
	}
	period, today := q.Period(), calendar.DayOf(q.Now, q.Region.Zone)
	if period.First > today {
		return 0, userError(FutureMonth, "{1} belum dimulai (hari ini {2}); pilih yang sudah berjalan", q.what(), today)
	}
	if !q.AsOfSet {
		return min(period.Last.Add(graceDays), today), nil
	}
	if q.AsOf < period.First {
		return 0, userError(BadValue, "tanggal keadaan {1} mendahului {2}; pilih tanggal mulai {3}", q.AsOf, q.what(), period.First)
	}
	if err := checkDay(phrase("tanggal keadaan"), q.AsOf); err != nil {
		return 0, err
	}
	return q.AsOf, nil
}

// checkDay refuses days the warehouse cannot hold (Date32 reaches to 2299).
func checkDay(what Phrase, d calendar.Day) error {
	if y := d.Year(); y < 1970 || y > 2290 {
		return userError(BadValue, "{1} {2} di luar jangkauan; pakai tahun 1970 sampai 2290", what, d)
	}
	return nil
}

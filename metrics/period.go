package metrics

import (
	"gaung/metrics/calendar"
)

// maxPeriodDays bounds a period: ten years.
const maxPeriodDays = 3660

// In is the query about the days of a period instead of a month. A period that
// is exactly a month is that month. Month becomes the month of the last day:
// what goes by months (trends, closing) goes by that one.
func (q Query) In(p calendar.Period) Query {
	q.Month, q.days = calendar.MonthOf(p.Last), p
	return q
}

// inMonth is the query about a month.
func (q Query) inMonth(m calendar.Month) Query { return q.In(m.Period()) }

// Period is the days the query is about: those of its month, unless others were
// asked for.
func (q Query) Period() calendar.Period {
	if q.days == (calendar.Period{}) || calendar.MonthOf(q.days.Last) != q.Month {
		return q.Month.Period()
	}
	return q.days
}

// wholeMonth reports whether the query is about a month.
func (q Query) wholeMonth() bool {
	_, ok := q.Period().Month()
	return ok
}

// Unfiltered reports whether the query is about a whole month of all OPD,
// compared with the month before: what can be closed.
func (q Query) Unfiltered() bool {
	return q.wholeMonth() && q.Filter.empty() && q.comparison() == ComparePrevious
}

// what names the period in a sentence: "bulan 2026-10", "rentang 2026-10-08..2026-11-04".
func (q Query) what() Phrase {
	if q.wholeMonth() {
		return phrase("bulan {1}", q.Month)
	}
	return phrase("rentang {1}", q.Period())
}

// checkPeriod refuses periods that cannot be measured.
func (q Query) checkPeriod() error {
	p := q.Period()
	if err := checkDay(phrase("bulan"), p.First); err != nil {
		return err
	}
	if err := checkDay(phrase("bulan"), p.Last); err != nil {
		return err
	}
	if p.Last < p.First {
		return userError(BadValue, "rentang berakhir {1} sebelum mulai {2}; tukar kedua tanggalnya", p.Last, p.First)
	}
	if p.Days() > maxPeriodDays {
		return userError(BadValue, "rentang {1} terlalu panjang; pilih paling lama sepuluh tahun", p)
	}
	return nil
}

// Asked says what a report was asked for, beside the region and the as-of day.
type Asked struct {
	// Period is the days the report is about; for a month those of the month.
	Period PeriodDays `json:"period"`
	// Compare says what previous figures and movements compare with.
	Compare Compared `json:"compare"`
	Filters Filters  `json:"filters"`
}

// PeriodDays is a period as two dates, YYYY-MM-DD, both included.
type PeriodDays struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func periodDays(p calendar.Period) PeriodDays { return PeriodDays{p.First.String(), p.Last.String()} }

// Days reads the dates back.
func (p PeriodDays) Days() (calendar.Period, error) {
	from, err := calendar.ParseDay(p.From)
	if err != nil {
		return calendar.Period{}, err
	}
	to, err := calendar.ParseDay(p.To)
	return calendar.Period{First: from, Last: to}, err
}

// Compared is the period a report compares with.
type Compared struct {
	With Comparison `json:"with"`
	PeriodDays
}

// asked is what the snapshot was opened for.
func (s *snapshot) asked() Asked {
	return Asked{
		Period:  periodDays(s.period()),
		Compare: Compared{s.query.comparison(), periodDays(s.query.earlier())},
		Filters: s.scope.filters(s.query),
	}
}

// monthName is the month of a report, empty where it is not about one.
func (q Query) monthName() string {
	if m, ok := q.Period().Month(); ok {
		return m.String()
	}
	return ""
}

// period is the days the report is about, those to come included.
func (s *snapshot) period() calendar.Period { return s.query.Period() }

// settle fills in what a report was asked for where it was frozen before that
// was part of it: the whole month, compared with the month before.
func (r *Report) settle() error {
	if r.Period.From != "" {
		return nil
	}
	m, err := calendar.ParseMonth(r.Month)
	if err != nil {
		return err
	}
	r.Asked = Asked{
		Period:  periodDays(m.Period()),
		Compare: Compared{ComparePrevious, periodDays(m.Period().Before())},
		Filters: Filters{OPD: []OPDRef{}, RankedAmong: RankedAmongRegion},
	}
	return nil
}

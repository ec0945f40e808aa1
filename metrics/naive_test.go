package metrics

import (
	"math"
	"math/big"
	"sort"
	"time"

	"gaung/metrics/calendar"
)

// This file measures a world a second time, by loops over single cases and
// days, without the engine, the calendar's sums or package stats. It knows the
// contract's definitions and nothing of the implementation.

type naive struct {
	w    *world
	off  map[calendar.Day]bool
	m    calendar.Month
	asOf calendar.Day
}

func (n naive) wd(a, b calendar.Day) int {
	count := 0
	for d := a + 1; d <= b; d++ {
		wk := d.Time(time.UTC).Weekday()
		if wk != time.Saturday && wk != time.Sunday && !n.off[d] {
			count++
		}
	}
	return count
}

func (n naive) by(d *calendar.Day) bool { return d != nil && *d <= n.asOf }

func (n naive) inMonth(d calendar.Day) bool {
	y, m, _ := d.Time(time.UTC).Date()
	return y == n.m.Year && m == n.m.Month && d <= n.asOf
}

// naiveCase is a case under one clock.
type naiveCase struct {
	opd   string
	start calendar.Day
	stop  *calendar.Day // nil if it has not happened
	left  *calendar.Day // nil if it is not excluded
	limit int
}

type naiveRow struct {
	N, OnTime, Late, Pending, Excluded int
	Share, Median, RMST, MeanClosed    *float64
	Bound                              *bool
}

func (n naive) row(cases []naiveCase) naiveRow {
	var row naiveRow
	type obs struct {
		t     int
		event bool
	}
	var all []obs
	sum, closed := 0, 0
	for _, c := range cases {
		row.N++
		switch {
		case c.left != nil:
			row.Excluded++
			all = append(all, obs{n.wd(c.start, *c.left), false})
		case c.stop != nil:
			d := n.wd(c.start, *c.stop)
			if d <= c.limit {
				row.OnTime++
			} else {
				row.Late++
			}
			sum, closed = sum+d, closed+1
			all = append(all, obs{d, true})
		default:
			d := n.wd(c.start, n.asOf)
			if d <= c.limit {
				row.Pending++
			} else {
				row.Late++
			}
			all = append(all, obs{d, false})
		}
	}
	if k := row.OnTime + row.Late; k > 0 {
		row.Share = ref(float64(row.OnTime) / float64(k))
	}
	if closed > 0 {
		row.MeanClosed = ref(float64(sum) / float64(closed))
	}
	if len(all) == 0 {
		return row
	}
	longest := 0
	for _, o := range all {
		longest = max(longest, o.t)
	}
	s, area := big.NewRat(1, 1), new(big.Rat)
	for day := 0; day <= max(longest, 30); day++ {
		if day >= 1 && day <= 30 {
			area.Add(area, s)
		}
		at, ended := 0, 0
		for _, o := range all {
			if o.t >= day {
				at++
			}
			if o.t == day && o.event {
				ended++
			}
		}
		if ended == 0 {
			continue
		}
		s = new(big.Rat).Mul(s, big.NewRat(int64(at-ended), int64(at)))
		if row.Median == nil && s.Cmp(big.NewRat(1, 2)) <= 0 {
			row.Median = ref(float64(day))
		}
	}
	f, _ := area.Float64()
	row.RMST = &f
	row.Bound = ref(longest < 30 && s.Sign() > 0)
	return row
}

func (n naive) ppid() []naiveCase {
	var out []naiveCase
	for _, c := range n.w.ppid {
		if c.received > n.asOf {
			continue
		}
		nc := naiveCase{opd: c.opd, start: c.received, limit: 10}
		if n.by(c.completed) {
			nc.start = *c.completed
		}
		if c.extended {
			nc.limit = 17
		}
		if n.by(c.notified) {
			nc.stop = c.notified
		}
		if n.by(c.withdrawn) && (nc.stop == nil || c.withdrawnFirst) {
			nc.left = c.withdrawn
		}
		if n.inMonth(nc.start) {
			out = append(out, nc)
		}
	}
	return out
}

func (n naive) complaintStart(c worldComplaint) calendar.Day {
	if n.by(c.assigned) {
		return *c.assigned
	}
	if n.by(c.verified) {
		return *c.verified
	}
	return c.submitted
}

func (n naive) complaints(resolve bool) []naiveCase {
	limits := map[string]int{"information": 5, "aspiration": 5, "complaint": 14, "supervision": 60}
	var out []naiveCase
	for _, whole := range n.w.complaints {
		if whole.submitted > n.asOf {
			continue
		}
		for _, c := range n.spells(whole) {
			nc := naiveCase{opd: c.opd, start: n.complaintStart(c), limit: 5}
			stop := c.responded
			if resolve {
				stop, nc.limit = c.resolved, limits[c.kind]
			}
			if n.by(stop) {
				nc.stop = stop
			}
			if n.by(c.misroutedA) {
				nc.left = c.misroutedA
			}
			if n.inMonth(nc.start) {
				out = append(out, nc)
			}
		}
	}
	return out
}

func (n naive) verify() VerifyCounts {
	var cases []naiveCase
	for _, c := range n.w.complaints {
		if !n.inMonth(c.submitted) {
			continue
		}
		nc := naiveCase{start: c.submitted, limit: 3}
		if n.by(c.verified) {
			nc.stop = c.verified
		} else if n.by(c.assigned) {
			nc.stop = c.assigned
		}
		cases = append(cases, nc)
	}
	r := n.row(cases)
	return VerifyCounts{N: r.N, OnTime: r.OnTime, Late: r.Late, Pending: r.Pending}
}

func (n naive) shares() (followedUp, resolved *float64, own int) {
	f, r := 0, 0
	for _, c := range n.w.complaints {
		misrouted, responded, finished := n.inHand(c)
		if !n.inMonth(c.submitted) || misrouted {
			continue
		}
		own++
		if responded || finished {
			f++
		}
		if finished {
			r++
		}
	}
	if own == 0 {
		return nil, nil, 0
	}
	return ref(float64(f) / float64(own)), ref(float64(r) / float64(own)), own
}

func (n naive) inconsistent() int {
	count := 0
	for _, c := range n.ppid() {
		if c.stop != nil && *c.stop < c.start {
			count++
		}
	}
	for _, o := range n.w.objections {
		if n.inMonth(o.received) && n.by(o.answered) && *o.answered < o.received {
			count++
		}
	}
	for _, s := range n.w.submissions {
		if n.inMonth(calendar.DayOf(*s.submitted, n.w.region.Zone)) && s.decided != nil && s.decided.Before(*s.submitted) && calendar.DayOf(*s.decided, n.w.region.Zone) <= n.asOf {
			count++
		}
	}
	for _, c := range n.w.clarifications {
		if n.inMonth(c.spotted) && n.by(c.answered) && *c.answered < c.spotted {
			count++
		}
	}
	for _, c := range n.w.complaints {
		if c.submitted > n.asOf {
			continue
		}
		bad := false
		for _, s := range n.spells(c) {
			if start := n.complaintStart(s); n.inMonth(start) {
				bad = bad || n.by(s.responded) && *s.responded < start || n.by(s.resolved) && *s.resolved < start
			}
		}
		if n.inMonth(c.submitted) {
			if n.by(c.verified) {
				bad = bad || *c.verified < c.submitted
			} else if n.by(c.assigned) {
				bad = bad || *c.assigned < c.submitted
			}
		}
		if bad {
			count++
		}
	}
	return count
}

// naivePublication is what a publication row must say apart from its ranking.
type naivePublication struct {
	Articles, Stories, Weeks, WeeksMet, ActiveDays int
	DaysSinceLast, PreviousStories                 *int
	Attainment                                     *float64 // raw
}

func (n naive) publication(o agency) naivePublication {
	var p naivePublication
	days, last := map[calendar.Day]bool{}, calendar.Day(math.MinInt32)
	perWeek := map[[2]int]int{}
	previous, known := 0, false
	before := time.Date(n.m.Year, n.m.Month-1, 1, 0, 0, 0, 0, time.UTC)
	for _, s := range n.w.stories {
		known = known || s.day < n.m.First() // of whatever OPD
		if s.opd != o.code || s.day > n.asOf {
			continue
		}
		last = max(last, s.day)
		y, w := s.day.Time(time.UTC).ISOWeek()
		perWeek[[2]int{y, w}]++
		if n.inMonth(s.day) {
			p.Stories++
			days[s.day] = true
		}
		if y, m, _ := s.day.Time(time.UTC).Date(); y == before.Year() && m == before.Month() {
			previous++
		}
	}
	p.ActiveDays = len(days)
	for _, a := range n.w.articles {
		if a.opd == o.code && a.day != nil && n.inMonth(*a.day) {
			p.Articles++
		}
	}
	expected := 0.0
	for d := time.Date(n.m.Year, n.m.Month, 1, 0, 0, 0, 0, time.UTC); d.Month() == n.m.Month; d = d.AddDate(0, 0, 1) {
		if d.Weekday() != time.Thursday || calendar.DayOf(d, time.UTC)+3 > n.asOf {
			continue
		}
		target := 2.0
		if o.target != nil {
			target = *o.target
		}
		var agreed []worldTarget
		for _, g := range n.w.targets {
			if g.opd == o.code && g.from <= calendar.DayOf(d, time.UTC) {
				agreed = append(agreed, g)
			}
		}
		sort.SliceStable(agreed, func(i, j int) bool { return agreed[i].from < agreed[j].from })
		if len(agreed) > 0 {
			target = agreed[len(agreed)-1].perWeek
		}
		y, w := d.ISOWeek()
		p.Weeks++
		expected += target
		if float64(perWeek[[2]int{y, w}]) >= target {
			p.WeeksMet++
		}
	}
	if last > math.MinInt32 {
		p.DaysSinceLast = ref(int(n.asOf) - int(last))
	}
	if known {
		p.PreviousStories = &previous
	}
	if expected > 0 {
		p.Attainment = ref(float64(p.Stories) / expected)
	}
	return p
}

func group(cases []naiveCase) map[string][]naiveCase {
	out := map[string][]naiveCase{}
	for _, c := range cases {
		out[c.opd] = append(out[c.opd], c)
	}
	return out
}

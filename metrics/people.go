package metrics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// groupPranataHumas is the group whose presence staffing asks for.
const groupPranataHumas = "pranata humas"

// Below this much work nothing about a person is telling (fairness F20): it
// takes ten works and forty working days in office within twelve months.
const (
	minWorks       = 10
	minWorkingDays = 40
)

// HandledOnTime counts the cases a person handled that could be judged by the
// as-of day, and those of them that were on time.
type HandledOnTime struct {
	Judged int `json:"judged"`
	OnTime int `json:"on_time"`
}

// Exposure is what stands behind a person's figures: the works (stories that
// name the person in any role, each once) and the working days in office of
// the twelve months to the as-of day, that day included. Enough is false where that is too little
// to compare the person with anybody, nil where the calendar of those months
// is not known.
type Exposure struct {
	Works       int   `json:"works"`
	WorkingDays *int  `json:"working_days"`
	Enough      *bool `json:"enough"`
}

// office is the time a person is in office; nil is open.
type office struct{ from, until *calendar.Day }

// people measures everybody in office on some day of the month, by name.
// Persons are never ranked. known is false while the region has no people at
// all on record.
func (s *snapshot) people(ctx context.Context, a *agencies, c clock) (list []PersonWorks, known bool, err error) {
	list = []PersonWorks{}
	offices := map[string]office{}
	err = s.each(ctx, "people", "", func(r driver.Rows) error {
		var p PersonWorks
		var opd string
		var from, until *int32
		if err := r.Scan(&p.PersonID, &p.Name, &p.Group, &p.Jenjang, &opd, &from, &until); err != nil {
			return err
		}
		known = true
		in := office{optionalDay(from), optionalDay(until)}
		if (in.from == nil || *in.from <= s.period().Last) && (in.until == nil || *in.until >= s.from) {
			if p.OPD = a.resolve(opd); !s.scope.shows(p.OPD) {
				return nil
			}
			list = append(list, p)
			offices[p.PersonID] = in
		}
		return nil
	})
	if err != nil || len(list) == 0 {
		return list, known, err
	}
	slices.SortFunc(list, func(x, y PersonWorks) int { return byName(x.Name, x.PersonID, y.Name, y.PersonID) })
	byID := make(map[string]*PersonWorks, len(list))
	for i := range list {
		byID[list[i].PersonID] = &list[i]
	}
	// Each of these fills in fields of its own.
	err = together(ctx,
		func(ctx context.Context) error { return s.personWorks(ctx, byID) },
		func(ctx context.Context) error { return s.personAgenda(ctx, byID) },
		func(ctx context.Context) error { return s.requestOfficers(ctx, c, byID) },
		func(ctx context.Context) error { return s.complaintOfficers(ctx, c, byID) },
	)
	for i := range list {
		s.exposure(&list[i].Exposure, offices[list[i].PersonID], c.calendar)
	}
	return list, known, err
}

// yearFrom is the first day of the twelve months that end with the as-of day:
// the day after the same date a year before.
func (s *snapshot) yearFrom() calendar.Day { return ExposurePeriod(s.asOf).First }

// ExposurePeriod is the twelve months whose works and working days stand behind
// a person's figures on an as-of day; see [Exposure].
func ExposurePeriod(asOf calendar.Day) calendar.Period {
	return calendar.Period{First: calendar.Period{First: asOf, Last: asOf}.YearBefore().Last.Add(1), Last: asOf}
}

// personWorks counts the month's stories by role, and the works of the twelve
// months to the as-of day.
func (s *snapshot) personWorks(ctx context.Context, byID map[string]*PersonWorks) error {
	return s.each(ctx, "personWorks", rollupArticles, func(r driver.Rows) error {
		var id string
		var n [5]uint64
		if err := r.Scan(&id, &n[0], &n[1], &n[2], &n[3], &n[4]); err != nil {
			return err
		}
		if p := byID[id]; p != nil {
			p.AsAuthor, p.AsEditor, p.AsPhotographer, p.ActiveDays = int(n[0]), int(n[1]), int(n[2]), int(n[3])
			p.Exposure.Works = int(n[4])
		}
		return nil
	}, named("year_from", s.yearFrom()))
}

// personAgenda counts the month's events that a story of the person tells of.
func (s *snapshot) personAgenda(ctx context.Context, byID map[string]*PersonWorks) error {
	matched, err := s.matched(ctx)
	if err != nil || !matched {
		return err
	}
	for _, p := range byID {
		p.AgendaCovered = new(int)
	}
	told, err := s.toldBy(ctx)
	if err != nil {
		return err
	}
	for id, events := range told {
		if p := byID[id]; p != nil {
			*p.AgendaCovered = len(events)
		}
	}
	return nil
}

// toldBy are the events of the month's agenda that a story of each author tells
// of.
func (s *snapshot) toldBy(ctx context.Context) (map[string]map[string]bool, error) {
	events, stories, err := s.events(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string]map[string]bool{}
	for _, t := range stories {
		if events[t.id] == nil || !s.tells(t) {
			continue
		}
		for _, author := range t.authors {
			if by[author] == nil {
				by[author] = map[string]bool{}
			}
			by[author][t.id] = true
		}
	}
	return by, nil
}

// requestOfficers counts the requests of the month's cohort by the person who
// handles them.
func (s *snapshot) requestOfficers(ctx context.Context, c clock, byID map[string]*PersonWorks) error {
	requests, err := s.requests(ctx)
	if err != nil {
		return err
	}
	cases := tallies{}
	for _, r := range requests {
		if what, ok := s.request(r); ok && byID[r.officer] != nil {
			if err := c.add(cases.of(r.officer), what, RulePPID, "", r.extended); err != nil {
				return err
			}
		}
	}
	for id, t := range cases {
		byID[id].PPIDHandled, byID[id].PPIDOnTime = t.waits.N(), t.onTime()
	}
	return nil
}

// complaintOfficers counts the complaints of the month's cohort by the person
// who handles them, under the clock of the first response.
func (s *snapshot) complaintOfficers(ctx context.Context, c clock, byID map[string]*PersonWorks) error {
	spells, err := s.spells(ctx)
	if err != nil {
		return err
	}
	cases := tallies{}
	for _, x := range spells {
		start, ok := s.begun(x)
		if !ok || !s.inMonth(start) || byID[x.officer] == nil {
			continue
		}
		if err := c.add(cases.of(x.officer), s.follow(start, x.responded, x.left), RuleComplaintFirstResponse, "", false); err != nil {
			return err
		}
	}
	for id, t := range cases {
		byID[id].ComplaintsHandled, byID[id].ComplaintsOnTime = t.waits.N(), t.onTime()
	}
	return nil
}

func (t *tally) onTime() HandledOnTime {
	return HandledOnTime{Judged: t.OnTime + t.Late, OnTime: t.OnTime}
}

// exposure counts the working days in office and says whether there is enough
// to go by.
func (s *snapshot) exposure(e *Exposure, in office, cal *calendar.Calendar) {
	from, until := s.yearFrom(), s.asOf
	if in.from != nil {
		from = max(from, *in.from)
	}
	if in.until != nil {
		until = min(until, *in.until)
	}
	if days, err := cal.Between(from.Add(-1), until); err == nil {
		e.WorkingDays = &days
	}
	switch {
	case e.Works < minWorks:
		e.Enough = new(bool)
	case e.WorkingDays != nil:
		enough := *e.WorkingDays >= minWorkingDays
		e.Enough = &enough
	}
}

// staffing says which OPD of the month have a pranata humas. Nothing is said
// while nobody is known.
func (s *snapshot) staffing(a *agencies, people []PersonWorks, known bool) Staffing {
	out := Staffing{OPDWithout: []OPDRef{}}
	if !known {
		return out
	}
	staffed := map[string]bool{}
	for _, p := range people {
		if p.Group == groupPranataHumas {
			staffed[p.OPD] = true
		}
	}
	with := 0
	for _, o := range s.listed(a) {
		if staffed[o.code] {
			with++
		} else {
			out.OPDWithout = append(out.OPDWithout, OPDRef{OPD: o.code, Name: o.name})
		}
	}
	out.OPDWithPranataHumas = &with
	return out
}

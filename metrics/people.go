package metrics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// groupPranataHumas is the group whose presence staffing asks for.
const groupPranataHumas = "pranata humas"

// people measures everybody in office on some day of the month, by name.
// Persons are never ranked. known is false while the region has no people at
// all on record.
func (s *snapshot) people(ctx context.Context, a *agencies) (list []PersonWorks, known bool, err error) {
	list = []PersonWorks{}
	err = s.each(ctx, "people", "", func(r driver.Rows) error {
		var p PersonWorks
		var opd string
		var from, until *int32
		if err := r.Scan(&p.PersonID, &p.Name, &p.Group, &p.Jenjang, &opd, &from, &until); err != nil {
			return err
		}
		known = true
		if (from == nil || calendar.Day(*from) <= s.query.Month.Last()) && (until == nil || calendar.Day(*until) >= s.from) {
			p.OPD = a.resolve(opd)
			list = append(list, p)
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(list, func(x, y PersonWorks) int { return byName(x.Name, x.PersonID, y.Name, y.PersonID) })
	byID := make(map[string]*PersonWorks, len(list))
	for i := range list {
		byID[list[i].PersonID] = &list[i]
	}
	if err := s.personWorks(ctx, byID); err != nil {
		return nil, false, err
	}
	if err := s.officers(ctx, "ppidOfficers", rollupPPID, byID, func(p *PersonWorks, n int) { p.PPIDHandled = n }); err != nil {
		return nil, false, err
	}
	return list, known, s.officers(ctx, "complaintOfficers", rollupComplaints, byID, func(p *PersonWorks, n int) { p.ComplaintsHandled = n })
}

// personWorks counts the month's stories by role.
func (s *snapshot) personWorks(ctx context.Context, byID map[string]*PersonWorks) error {
	return s.each(ctx, "personWorks", rollupArticles, func(r driver.Rows) error {
		var id string
		var n [4]uint64
		if err := r.Scan(&id, &n[0], &n[1], &n[2], &n[3]); err != nil {
			return err
		}
		if p := byID[id]; p != nil {
			p.AsAuthor, p.AsEditor, p.AsPhotographer, p.ActiveDays = int(n[0]), int(n[1]), int(n[2]), int(n[3])
		}
		return nil
	})
}

// officers counts cases by the person who handles them.
func (s *snapshot) officers(ctx context.Context, statement, rollup string, byID map[string]*PersonWorks, set func(*PersonWorks, int)) error {
	return s.each(ctx, statement, rollup, func(r driver.Rows) error {
		var id string
		var n uint64
		if err := r.Scan(&id, &n); err != nil {
			return err
		}
		if p := byID[id]; p != nil {
			set(p, int(n))
		}
		return nil
	})
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
	for _, o := range a.validIn(s.query.Month.First(), s.query.Month.Last()) {
		if staffed[o.code] {
			with++
		} else {
			out.OPDWithout = append(out.OPDWithout, OPDRef{OPD: o.code, Name: o.name})
		}
	}
	out.OPDWithPranataHumas = &with
	return out
}

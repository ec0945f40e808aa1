package metrics

import (
	"context"
	"slices"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// trendMonths is how far back a person's own trend goes.
const trendMonths = 12

// PersonWorksList is a person's works of a month as evidence for the yearly
// appraisal, and the person's own trend: no place among others, no angka
// kredit, no predikat. Who may see it is for the caller to decide.
type PersonWorksList struct {
	Region string        `json:"region"`
	Month  string        `json:"month"`
	AsOf   string        `json:"as_of"`
	Person PersonWorks   `json:"person"`
	Works  []Work        `json:"works"` // latest first
	Trend  []PersonMonth `json:"trend"` // twelve months, the oldest first
}

// Work is a story that names the person.
type Work struct {
	Date  string   `json:"date"` // local day
	Title string   `json:"title"`
	URL   string   `json:"url"`
	OPD   string   `json:"opd"`
	Name  string   `json:"name"`
	Place string   `json:"place"`
	Roles []string `json:"roles"` // author, editor, photographer
}

// PersonMonth counts a month's works by role; a month without any is there
// with zeros. Works counts a story once, whatever the roles.
type PersonMonth struct {
	Month          string `json:"month"`
	AsAuthor       int    `json:"as_author"`
	AsEditor       int    `json:"as_editor"`
	AsPhotographer int    `json:"as_photographer"`
	ActiveDays     int    `json:"active_days"`
	Works          int    `json:"works"`
}

// PersonWorksList lists the works of a person in a month. Errors are those of
// [Metrics.Report], and a *UserError for a person who was not in office then.
func (m *Metrics) PersonWorksList(ctx context.Context, person string, q Query) (*PersonWorksList, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	j, err := s.judging(ctx, m)
	if err != nil {
		return nil, err
	}
	people, _, err := s.people(ctx, j.agencies, s.clock(j.book, j.calendar))
	if err != nil {
		return nil, forUser(err)
	}
	i := slices.IndexFunc(people, func(p PersonWorks) bool { return p.PersonID == person })
	if i < 0 {
		return nil, userError(NotFound, "orang {1} tidak bertugas pada {2}; periksa daftar orang", strconv.Quote(person), q.what())
	}
	out := &PersonWorksList{Region: q.Region.Code, Month: q.Month.String(), AsOf: s.asOf.String(), Person: people[i], Works: []Work{}}
	return out, together(ctx,
		func(ctx context.Context) (err error) {
			out.Works, err = s.personWorksList(ctx, person, j.agencies)
			return err
		},
		func(ctx context.Context) (err error) { out.Trend, err = s.personTrend(ctx, person); return err },
	)
}

// personWorksList are the works of a person.
func (s *snapshot) personWorksList(ctx context.Context, person string, a *agencies) (works []Work, err error) {
	works = []Work{}
	err = s.eachWork(ctx, person, a, func(_ string, w Work) error { works = append(works, w); return nil })
	return works, err
}

// eachWork hands the works of a person to emit, latest first; with an empty
// person those of everybody, once for each person that a story names.
func (s *snapshot) eachWork(ctx context.Context, person string, a *agencies, emit func(person string, w Work) error) error {
	return s.each(ctx, "personWorksList", rollupArticles, func(r driver.Rows) error {
		var w Work
		var id uint64
		var day int32
		var in [3][]string
		if err := r.Scan(&id, &day, &w.Title, &w.URL, &w.OPD, &w.Place, &in[0], &in[1], &in[2]); err != nil {
			return err
		}
		w.Date, w.Name = calendar.Day(day).String(), a.name(w.OPD)
		people := []string{person}
		if person == "" {
			people = slices.Concat(in[0], in[1], in[2])
			slices.Sort(people)
			people = slices.Compact(people)
		}
		for _, who := range people {
			if who == "" {
				continue
			}
			w.Roles = []string{}
			for i, role := range []string{"author", "editor", "photographer"} {
				if slices.Contains(in[i], who) {
					w.Roles = append(w.Roles, role)
				}
			}
			if err := emit(who, w); err != nil {
				return err
			}
		}
		return nil
	}, named("person", person))
}

func (s *snapshot) personTrend(ctx context.Context, person string) ([]PersonMonth, error) {
	trend := make([]PersonMonth, trendMonths)
	first := s.query.Month.Add(1 - trendMonths)
	for i := range trend {
		trend[i].Month = first.Add(i).String()
	}
	return trend, s.each(ctx, "personTrend", rollupArticles, func(r driver.Rows) error {
		var year, month int32
		var n [5]uint64
		if err := r.Scan(&year, &month, &n[0], &n[1], &n[2], &n[3], &n[4]); err != nil {
			return err
		}
		// A month after the one asked for lies between it and the as-of day.
		i := (int(year)-first.Year)*12 + int(month) - int(first.Month)
		if i < len(trend) {
			trend[i] = PersonMonth{trend[i].Month, int(n[0]), int(n[1]), int(n[2]), int(n[3]), int(n[4])}
		}
		return nil
	}, named("person", person), named("trend_from", first.First()))
}

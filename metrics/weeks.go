package metrics

import (
	"context"

	"gaung/metrics/calendar"
)

// judgedWeek is a week of the period that was over by the as-of day: what an
// OPD told in it, and how much it had to.
type judgedWeek struct {
	week    calendar.Week
	stories int
	target  float64
}

// met reports whether the week met its target.
func (w judgedWeek) met() bool { return float64(w.stories) >= w.target }

// judgedWeeks lists the weeks of an OPD in order.
func (s *snapshot) judgedWeeks(o agency, t targets, counts []storyCount) []judgedWeek {
	var list []judgedWeek
	for _, w := range s.period().Weeks() {
		if w.Sunday() <= s.asOf {
			list = append(list, judgedWeek{week: w, stories: inWeek(counts, w), target: t.in(o, w)})
		}
	}
	return list
}

// weeks are the weeks of every OPD that existed in the period, by OPD.
func (d *details) weeks(ctx context.Context) error {
	t, err := d.targets(ctx, d.agencies)
	if err != nil {
		return err
	}
	first, last := d.storySpan(d.period())
	stories := map[string][]storyCount{}
	if err := d.storyCounts(ctx, first, last, stories); err != nil {
		return err
	}
	for _, o := range d.existing(d.agencies) {
		for _, w := range d.judgedWeeks(o, t, stories[o.code]) {
			row := Detail{Kind: DetailWeek, OPD: o.code, Day: w.week.Monday, State: DetailUnmet, Stories: w.stories, Target: w.target}
			if w.met() {
				row.State = DetailMet
			}
			if err := d.give(row); err != nil {
				return err
			}
		}
	}
	return nil
}

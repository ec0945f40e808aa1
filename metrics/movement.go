package metrics

import (
	"context"
	"errors"

	"gaung/metrics/calendar"
	"gaung/metrics/stats"
)

// The directions of a movement.
const (
	Rose   = "naik"
	Fell   = "turun"
	Steady = "tetap"
)

// Movement compares an OPD with itself a month earlier, or in the period the
// query compares with. Everything is nil where one of the two has no score.
type Movement struct {
	PreviousScore *float64 `json:"previous_score"`
	// BetterThanPrevious is the probability that the OPD does better than last month.
	BetterThanPrevious *float64 `json:"better_than_previous"`
	// Direction is "naik" or "turun" only where that is at least 80 % sure,
	// else "tetap": luck moves everybody a little every month.
	Direction *string `json:"movement"`
}

// moved judges the probability of being better than last month.
func moved(previousScore, better float64) Movement {
	direction := Steady
	switch {
	case better >= stats.TierEvidence:
		direction = Rose
	case better <= 1-stats.TierEvidence:
		direction = Fell
	}
	return Movement{&previousScore, &better, &direction}
}

// lastMonth is what the month before said of every OPD, by ranking.
type lastMonth struct {
	waits       map[string]map[string]stats.Distribution // by table
	publication map[string]stats.Distribution
	seed        string // of the month's draws of publication
}

// lastMonthCases reads the cases of the month before. Where they cannot be
// counted, for want of a calendar or a rule, there is nothing to compare with.
func (s *snapshot) lastMonthCases(ctx context.Context, a *agencies, book ruleBook, cal *calendar.Calendar) (lastMonth, error) {
	p := s.previous()
	c := p.clock(book, cal)
	out := lastMonth{waits: map[string]map[string]stats.Distribution{}}
	var requests, response, resolve tallies
	err := together(ctx,
		func(ctx context.Context) (err error) {
			requests, err = p.ppidWaits(ctx, c, &PPID{}, &doubts{})
			return err
		},
		func(ctx context.Context) (err error) { response, resolve, err = p.complaintWaits(ctx, c); return err },
	)
	var user *UserError
	var unknown *calendar.YearUnknownError
	if errors.As(err, &user) || errors.As(err, &unknown) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	for table, t := range map[string]tallies{tablePPID: requests, tableFirstResponse: response, tableResolve: resolve} {
		out.waits[table] = t.waitPosteriors(t.priors(a))
	}
	return out, nil
}

// measurePublication measures the month before by the same data, with the
// sources of that month. Before the region's first story there is nothing to
// measure.
func (l *lastMonth) measurePublication(s *snapshot, a *agencies, agreed targets, src sources, d publicationData) {
	p := s.previous()
	if !d.knows(p.period()) {
		return
	}
	l.publication = attainments(a, p.publicationRows(a, agreed, src, d)).dist
	l.seed = p.seed(tablePublication)
}

// move fills in the movement of every ranked OPD of a report.
func (l lastMonth) move(s *snapshot, r *Report) {
	l.movePublication(s.standings.of(tablePublication), r.Publication.OPD)
	for table, rows := range map[string][]CaseOPD{
		tablePPID:          r.PPID.OPD,
		tableFirstResponse: r.Complaints.FirstResponse.OPD,
		tableResolve:       r.Complaints.Resolve.OPD,
	} {
		st := s.standings.of(table)
		for i := range rows {
			now, ranked := st.dist[rows[i].OPD].(stats.Normal)
			before, had := l.waits[table][rows[i].OPD].(stats.Normal)
			if ranked && had {
				rows[i].Movement = moved(before.Mean, now.Less(before))
			}
		}
	}
}

// movePublication compares the draws of both months.
func (l lastMonth) movePublication(st *standing, rows []PublicationOPD) {
	var pairs []stats.Pair
	var moving []int // rows
	for i := range rows {
		code := rows[i].OPD
		now, ranked := st.entrant[code]
		before, had := l.publication[code]
		if ranked && had {
			pairs, moving = append(pairs, stats.Pair{Now: now, Before: stats.Entrant{Key: code, Dist: before}}), append(moving, i)
		}
	}
	for j, better := range st.drawn.league().Better(l.seed, pairs) {
		rows[moving[j]].Movement = moved(pairs[j].Before.Dist.Expect(), better)
	}
}

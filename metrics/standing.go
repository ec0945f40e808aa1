package metrics

import (
	"slices"
	"sync"

	"gaung/metrics/stats"
)

// The rankings of a report.
const (
	tablePublication   = "publication"
	tablePPID          = "ppid"
	tableFirstResponse = "first_response"
	tableResolve       = "resolve"
	tableIndex         = "index"
)

// standing is what is left of a ranking once its rows are made: what the index,
// the fairness panel and next month's comparison need of it.
type standing struct {
	drawn    *drawn
	order    []string                      // codes of the ranked OPD, best first
	entrant  map[string]int                // their number in the league
	dist     map[string]stats.Distribution // their posterior
	smallest *int                          // evidence of the ranked OPD with the least
	unranked int                           // OPD listed without a place
	tiers    bool
}

// draw makes the standing of a ranking of OPD, best first.
func (s *standings) draw(seed string, lowerBetter bool, order []string, dist map[string]stats.Distribution) *standing {
	st := &standing{order: order, dist: dist, entrant: make(map[string]int, len(order))}
	entrants := make([]stats.Entrant, len(order))
	for i, code := range order {
		entrants[i] = stats.Entrant{Key: code, Dist: dist[code]}
		st.entrant[code] = i
	}
	key := entrantsKey(seed, lowerBetter, entrants)
	st.drawn = s.leagues.of(key, len(entrants), func() *stats.League { return stats.NewLeague(seed, lowerBetter, entrants) })
	return st
}

// places returns what the ranking says of every ranked OPD, best first.
func (st *standing) places() []placed {
	ranked := st.drawn.places()
	st.tiers = ranked.tiers
	return slices.Clone(ranked.places)
}

// evidence notes how much is known of a ranked OPD.
func (st *standing) evidence(n int) {
	if st.smallest == nil || n < *st.smallest {
		st.smallest = &n
	}
}

// topSurvives is the probability that the first three stand before all others,
// nil where there is nobody else.
func (st *standing) topSurvives() *float64 {
	if share, ok := st.drawn.league().Stays(min(topCount, len(st.order))); ok {
		return &share
	}
	return nil
}

// topCount is how many leaders of a table people look at.
const topCount = 3

// standings collects the rankings of a report, which are made side by side.
type standings struct {
	leagues *leagues // those drawn for other reports
	mu      sync.Mutex
	byTable map[string]*standing
}

func (s *standings) keep(table string, st *standing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byTable == nil {
		s.byTable = map[string]*standing{}
	}
	s.byTable[table] = st
}

// of returns the standing of a table, nil if it was not made.
func (s *standings) of(table string) *standing {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byTable[table]
}

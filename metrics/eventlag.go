package metrics

import "slices"

// EventLag says how many calendar days pass between an event and its story:
// the median over the month's stories whose event is known, from the agenda or
// from the date given with the article. Stories written before the event are
// left out. MedianDays is nil where there are none.
type EventLag struct {
	Stories    int           `json:"stories"`
	MedianDays *float64      `json:"median_days"`
	OPD        []EventLagOPD `json:"opd"` // by name
}

// EventLagOPD is one OPD's lag.
type EventLagOPD struct {
	OPD        string   `json:"opd"`
	Name       string   `json:"name"`
	Stories    int      `json:"stories"`
	MedianDays *float64 `json:"median_days"`
}

// eventLag measures the month's stories among those told of events.
func (s *snapshot) eventLag(a *agencies, stories []told) EventLag {
	out := EventLag{OPD: []EventLagOPD{}}
	var all []int32
	byOPD := map[string][]int32{}
	for _, t := range stories {
		if s.inMonth(t.day) && t.event <= t.day && s.scope.shows(t.opd) {
			lag := int32(t.day.Sub(t.event))
			all = append(all, lag)
			byOPD[t.opd] = append(byOPD[t.opd], lag)
		}
	}
	for opd, lags := range byOPD {
		if opd != "" {
			out.OPD = append(out.OPD, EventLagOPD{OPD: opd, Name: a.name(opd), Stories: len(lags), MedianDays: medianDays(lags)})
		}
	}
	out.Stories, out.MedianDays = len(all), medianDays(all)
	slices.SortFunc(out.OPD, func(x, y EventLagOPD) int { return byName(x.Name, x.OPD, y.Name, y.OPD) })
	return out
}

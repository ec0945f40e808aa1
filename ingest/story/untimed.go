package story

import (
	"cmp"
	"slices"
	"time"
)

// untimedDay is how long after its PublishedAt an article without an hour may
// have been published.
const untimedDay = 24 * time.Hour

// orderUntimedDays reorders the members of a story, which are in order of time,
// within the days on which the hour of one of them is unknown: midnight is no
// hour at which anything was published, so it must not win against one that is
// known. On such a day the kind of channel decides, as between articles of one
// instant; on one kind of channel a known hour goes before an unknown one.
//
// The whole day is put in order by one rule, not pair by pair: of a portal's
// article at 8, a website's at 10 and a medium's without an hour each would
// otherwise go before another.
func orderUntimedDays(articles []Article, members []int) {
	for i := 0; len(members) > 1 && i < len(members); i++ {
		day := &articles[members[i]]
		if !day.DayOnly {
			continue
		}
		from, to := i, i+1
		for from > 0 && articles[members[from-1]].PublishedAt.Equal(day.PublishedAt) {
			from--
		}
		for end := day.PublishedAt.Add(untimedDay); to < len(members) && articles[members[to]].PublishedAt.Before(end); {
			to++
		}
		// Stable: what is equal stays in the order of one instant.
		slices.SortStableFunc(members[from:to], func(x, y int) int {
			a, b := &articles[x], &articles[y]
			return cmp.Or(
				cmp.Compare(channelRank(a.Channel), channelRank(b.Channel)),
				compareUntimed(a.DayOnly, b.DayOnly),
				a.PublishedAt.Compare(b.PublishedAt),
			)
		})
		i = to - 1
	}
}

// compareUntimed puts a known hour before an unknown one.
func compareUntimed(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

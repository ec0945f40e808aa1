package metrics

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"gaung/metrics/stats"
)

// keptEntrants bounds the leagues kept, by their entrants: sixteen kilobytes
// each, a hundred megabytes in all. It is room for the report of a province of
// a thousand OPD, or for that of a regency in every month of two years.
const keptEntrants = 6_000

// leagues keeps the leagues drawn last. The same evidence under the same seed
// always gives the same draws, so a page, its files and its cards, which all
// ask for one report, need them drawn once. A nil *leagues keeps nothing.
type leagues struct {
	mu       sync.Mutex
	kept     []*drawn // the one used last at the end
	entrants int
}

// leagueKey identifies all that the draws of a league depend on.
type leagueKey [sha256.Size]byte

// drawn is a league and its places, each made when first asked for.
type drawn struct {
	key      leagueKey
	entrants int
	league   func() *stats.League
	places   func() rankedPlaces
}

// placed is what a ranking says of one OPD. The tier, and the probability to
// belong to the top one, are nil where the ranking shows no tiers.
type placed struct {
	stats.Place
	tier    *string
	topTier *float64
}

// rankedPlaces are the places of a league's entrants in the order given, and
// whether it shows tiers.
type rankedPlaces struct {
	places []placed
	tiers  bool
}

// of is the league under the key, drawn by draw unless it is kept.
func (l *leagues) of(key leagueKey, entrants int, draw func() *stats.League) *drawn {
	d := &drawn{key: key, entrants: entrants, league: sync.OnceValue(draw)}
	d.places = sync.OnceValue(func() rankedPlaces { return placesOf(d.league(), entrants) })
	if l == nil || entrants > keptEntrants {
		return d
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.IndexFunc(l.kept, func(k *drawn) bool { return k.key == key }); i >= 0 {
		d = l.kept[i]
		l.kept = append(slices.Delete(l.kept, i, i+1), d)
		return d
	}
	l.kept, l.entrants = append(l.kept, d), l.entrants+entrants
	for l.entrants > keptEntrants {
		l.entrants -= l.kept[0].entrants
		l.kept = slices.Delete(l.kept, 0, 1)
	}
	return d
}

// entrantsKey identifies a league of entrants. Numbers are written so that
// different ones differ (strconv's shortest form).
func entrantsKey(seed string, lowerBetter bool, entrants []stats.Entrant) leagueKey {
	text := fmt.Appendf(nil, "%q %t\n", seed, lowerBetter)
	for _, e := range entrants {
		text = fmt.Appendf(text, "%q %T%v\n", e.Key, e.Dist, e.Dist)
	}
	return sha256.Sum256(text)
}

// placesOf says of every entrant what a ranking says of it.
func placesOf(league *stats.League, entrants int) rankedPlaces {
	out := rankedPlaces{places: make([]placed, entrants)}
	for i, p := range league.Places() {
		out.places[i].Place = p
	}
	named := stats.Tiers(entrants, league.Evidence)
	if out.tiers = named != nil; !out.tiers {
		return out
	}
	top := 0
	for top < len(named) && named[top] == named[0] {
		top++
	}
	within := league.Within(top)
	for i := range out.places {
		out.places[i].tier, out.places[i].topTier = &named[i], &within[i]
	}
	return out
}

package stats

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// DrawCount is how many times a league is drawn.
const DrawCount = 4000

// Entrant takes part in a league. Keys must differ.
type Entrant struct {
	Key  string
	Dist Distribution
}

// League holds the drawn values of every entrant, in single precision, turned
// so that the lower one is better.
type League struct {
	at    []int // at[i]: where the i-th entrant given stands among the keys in order
	seeds []uint64
	draws [][]float32 // draws[entrant in order of key][draw]
}

// NewLeague draws DrawCount values for each entrant. The values of an entrant
// depend on seed, its key and its distribution alone, not on who else takes
// part or in which order they come, so the same league always gives the same
// places.
func NewLeague(seed string, lowerBetter bool, entrants []Entrant) *League {
	n := len(entrants)
	l := &League{at: make([]int, n), seeds: make([]uint64, n), draws: make([][]float32, n)}
	byKey := make([]int, n)
	for i := range byKey {
		byKey[i] = i
	}
	slices.SortFunc(byKey, func(i, j int) int { return strings.Compare(entrants[i].Key, entrants[j].Key) })
	sign := 1.0
	if !lowerBetter {
		sign = -1
	}
	share(n, func(from, to int) {
		for i := from; i < to; i++ {
			e := entrants[byKey[i]]
			l.at[byKey[i]] = i
			sum := sha256.Sum256([]byte(seed + "\x00" + e.Key))
			l.seeds[i] = binary.BigEndian.Uint64(sum[16:])
			rng := rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[0:]), binary.BigEndian.Uint64(sum[8:])))
			draws := make([]float32, DrawCount)
			for s := range draws {
				draws[s] = float32(sign * e.Dist.Sample(rng))
			}
			l.draws[i] = draws
		}
	})
	return l
}

// share splits n items among the processors and waits for all of them.
func share(n int, work func(from, to int)) {
	workers := max(min(runtime.GOMAXPROCS(0), n), 1)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { work(w*n/workers, (w+1)*n/workers) })
	}
	wg.Wait()
}

// Place is where an entrant stands: its mean place, and the places it does not
// fall short of in 5 % and 95 % of the draws. Place 1 is the best.
type Place struct {
	Mean float64
	Low  int
	High int
}

// Places returns the place of every entrant, in the order they were given
// (Goldstein & Spiegelhalter 1996, JRSS A 159:385). Equal values are put in a
// random order.
func (l *League) Places() []Place {
	n := len(l.draws)
	counts := make([]int32, n*n) // counts[entrant in order of key·n + place−1]
	var mu sync.Mutex
	share(DrawCount, func(from, to int) {
		own := l.count(from, to)
		mu.Lock()
		defer mu.Unlock()
		for i, c := range own {
			counts[i] += c
		}
	})
	places := make([]Place, n)
	for given, i := range l.at {
		places[given] = summarize(counts[i*n : (i+1)*n])
	}
	return places
}

// count orders the entrants in the draws from … to−1 and counts their places.
func (l *League) count(from, to int) []int32 {
	n := len(l.draws)
	counts := make([]int32, n*n)
	order := newOrder(n)
	for s := from; s < to; s++ {
		for i := range l.draws {
			order.keys[i] = rankKey(l.draws[i][s], l.lot(i, s), i)
		}
		for place, key := range order.sort() {
			counts[entrantOf(key)*n+place]++
		}
	}
	return counts
}

func summarize(counts []int32) Place {
	var p Place
	var sum, seen int64
	for place, c := range counts {
		sum += int64(place+1) * int64(c)
		seen += int64(c)
		if p.Low == 0 && seen*20 >= DrawCount {
			p.Low = place + 1
		}
		if p.High == 0 && seen*20 >= 19*DrawCount {
			p.High = place + 1
		}
	}
	p.Mean = float64(sum) / DrawCount
	return p
}

// Beats is the share of draws in which entrant i is better than entrant j; an
// equal draw counts half.
func (l *League) Beats(i, j int) float64 {
	halves := 0
	for s, a := range l.draws[l.at[i]] {
		switch b := l.draws[l.at[j]][s]; {
		case a < b:
			halves += 2
		case a == b:
			halves++
		}
	}
	return float64(halves) / (2 * DrawCount)
}

// lot is a number drawn for an entrant and a draw, to put equal values in
// order (the finalizer of SplitMix64, Steele et al. 2014).
func (l *League) lot(i, s int) uint64 {
	z := l.seeds[i] + uint64(s)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

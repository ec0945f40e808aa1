package stats

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
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
	seed  uint64
	sign  float32     // −1 where the values were turned
	draws [][]float32 // draws[entrant in order of key][draw]
	scale scale
	// counted[entrant in order of key·n + place] is how many draws gave it that
	// place; nil until Places was asked for.
	counted []uint16
}

// NewLeague draws DrawCount values for each entrant. The values of an entrant
// depend on seed, its key and its distribution alone, not on who else takes
// part or in which order they come, so the same league always gives the same
// places.
func NewLeague(seed string, lowerBetter bool, entrants []Entrant) *League {
	l := newLeague(seed, len(entrants))
	byKey := make([]int, len(entrants))
	for i := range byKey {
		byKey[i] = i
	}
	slices.SortFunc(byKey, func(i, j int) int { return strings.Compare(entrants[i].Key, entrants[j].Key) })
	if lowerBetter {
		l.sign = 1
	}
	l.fill(func(i int, values []float32) {
		l.at[byKey[i]] = i
		e := entrants[byKey[i]]
		src := NewSource(seedOf(seed + "\x00" + e.Key))
		for s := range values {
			values[s] = l.sign * float32(e.Dist.Sample(src))
		}
	})
	return l
}

func newLeague(seed string, n int) *League {
	return &League{at: make([]int, n), seed: seedOf(seed), sign: -1, draws: make([][]float32, n)}
}

// fill has every entrant's values written, in order of key.
func (l *League) fill(write func(i int, values []float32)) {
	n := len(l.draws)
	values := make([]float32, n*DrawCount)
	var mu sync.Mutex
	lowest, highest := float32(math.Inf(1)), float32(math.Inf(-1))
	share(n, func(from, to int) {
		low, high := float32(math.Inf(1)), float32(math.Inf(-1))
		for i := from; i < to; i++ {
			l.draws[i] = values[i*DrawCount : (i+1)*DrawCount : (i+1)*DrawCount]
			write(i, l.draws[i])
			for _, v := range l.draws[i] {
				if v < low {
					low = v
				}
				if v > high {
					high = v
				}
			}
		}
		mu.Lock()
		defer mu.Unlock()
		lowest, highest = min(lowest, low), max(highest, high)
	})
	l.scale = newScale(lowest, highest)
}

func seedOf(text string) uint64 {
	sum := sha256.Sum256([]byte(text))
	return binary.BigEndian.Uint64(sum[:])
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
	counts := make([]uint16, n*n) // counts[entrant in order of key·n + place]
	var mu sync.Mutex
	share(DrawCount/blockDraws, func(from, to int) {
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
	l.counted = counts
	return places
}

// Within is the share of draws in which each entrant stands among the first
// top, in the order they were given. Places has to be asked for before.
func (l *League) Within(top int) []float64 {
	n := len(l.draws)
	shares := make([]float64, n)
	for given, i := range l.at {
		sum := 0
		for _, c := range l.counted[i*n : i*n+min(top, n)] {
			sum += int(c)
		}
		shares[given] = float64(sum) / DrawCount
	}
	return shares
}

// count orders the entrants in the blocks from … to−1 of draws and counts
// their places.
func (l *League) count(from, to int) []uint16 {
	n := len(l.draws)
	counts := make([]uint16, n*n)
	table := newTable(n)
	for block := from; block < to; block++ {
		table.order(l.draws, block*blockDraws, l.scale, NewSource(l.seed+uint64(block)))
		for i := range n {
			row := counts[i*n : (i+1)*n]
			for _, place := range table.places[i*blockDraws : (i+1)*blockDraws] {
				row[place]++
			}
		}
	}
	return counts
}

func summarize(counts []uint16) Place {
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
	return better(l.draws[l.at[i]], l.draws[l.at[j]])
}

// better is the share of draws in which a is below b. It runs without a branch,
// which a processor could only guess at.
func better(a, b []float32) float64 {
	halves := len(a)
	b = b[:len(a)]
	for s, v := range a {
		below := math.Float32bits(v-b[s]) >> 31
		above := math.Float32bits(b[s]-v) >> 31
		halves += int(below) - int(above)
	}
	return float64(halves) / float64(2*len(a))
}

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
	// low and high are bounds of an entrant's draws, in order of key.
	low, high []float32
	// counted[entrant in order of key·n + place] is how many draws gave it that
	// place; nil until Places was asked for.
	counted []uint16
	stays   []uint32 // stays[k]: draws that put the k+1 entrants given first before all others
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
	dists := make([]Distribution, len(entrants))
	for i, given := range byKey {
		l.at[given] = i
		dists[i] = entrants[given].Dist
	}
	by := drawers(dists, l.sign)
	l.fill(func(i int, values []float32) (low, high float32) {
		return by[i].draw(values, entrantSource(seed, entrants[byKey[i]].Key))
	})
	return l
}

// entrantSource is the stream an entrant's values come from.
func entrantSource(seed, key string) *Source { return NewSource(seedOf(seed + "\x00" + key)) }

func newLeague(seed string, n int) *League {
	return &League{at: make([]int, n), seed: seedOf(seed), sign: -1, draws: make([][]float32, n), low: make([]float32, n), high: make([]float32, n)}
}

// fill has every entrant's values written and bounded, in order of key.
func (l *League) fill(write func(i int, values []float32) (low, high float32)) {
	n := len(l.draws)
	values := make([]float32, n*DrawCount)
	share(n, func(from, to int) {
		for i := from; i < to; i++ {
			l.draws[i] = values[i*DrawCount : (i+1)*DrawCount : (i+1)*DrawCount]
			l.low[i], l.high[i] = write(i, l.draws[i])
		}
	})
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
	l.stays = make([]uint32, min(maxLeaders, n))
	cells := l.cells()
	var mu sync.Mutex
	share(DrawCount/chunkDraws, func(from, to int) {
		own, stays := l.count(from, to, cells)
		mu.Lock()
		defer mu.Unlock()
		for k, c := range stays {
			l.stays[k] += c
		}
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

// maxLeaders is how many entrants, from the first one given, are looked at as
// a group.
const maxLeaders = 3

// Stays is the share of draws in which the first top entrants given, in any
// order, stand before all others; equal values are put in a random order. ok
// is false where there is nobody else, or more than three were asked about.
// Places has to be asked for before.
func (l *League) Stays(top int) (share float64, ok bool) {
	if top < 1 || top > maxLeaders || top >= len(l.draws) {
		return 0, false
	}
	return float64(l.stays[top-1]) / DrawCount, true
}

// count orders the entrants in the chunks from … to−1 of draws and counts
// their places, and the draws that keep the leaders.
func (l *League) count(from, to int, cells *cells) (counts []uint16, stays []uint32) {
	n := len(l.draws)
	counts, stays = make([]uint16, n*n), make([]uint32, min(maxLeaders, n))
	table := newTable(n, cells)
	for chunk := from; chunk < to; chunk++ {
		src := NewSource(l.seed + uint64(chunk))
		table.load(l.draws, chunk*chunkDraws, src)
		for block := range chunkDraws / blockDraws {
			table.order(l.draws, chunk*chunkDraws, block*blockDraws, src)
			for i := range n {
				row := counts[i*n : (i+1)*n]
				for _, place := range table.places[i*blockDraws : (i+1)*blockDraws] {
					row[place]++
				}
			}
			for d := range blockDraws {
				last := 0
				for k := range stays {
					last = max(last, int(table.places[l.at[k]*blockDraws+d]))
					if last == k {
						stays[k]++
					}
				}
			}
		}
	}
	return counts, stays
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

// Evidence is Beats(i, j) where that reaches TierEvidence, else a number below
// it: the draws are looked at no further than to know.
func (l *League) Evidence(i, j int) float64 {
	a, b := l.draws[l.at[i]], l.draws[l.at[j]]
	const part = DrawCount / 10
	lost := 0.0 // share of all draws
	for from := 0; from < DrawCount; from += part {
		lost += (1 - better(a[from:from+part], b[from:from+part])) * part / DrawCount
		if lost > 1-TierEvidence+1e-9 {
			return 0
		}
	}
	return better(a, b)
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

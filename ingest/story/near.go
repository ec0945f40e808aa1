package story

import "math/bits"

// episode is a run of articles of one simhash, none more than [nearSpan] after
// the one before; ranks are chronological. The articles of an episode are
// already joined.
type episode struct {
	hash  uint64
	ranks []int
}

// nearBands is how many bands of 16 bits a simhash has. They hold at most three
// differences, so near texts agree in a whole band: only texts that share a
// band are compared.
const nearBands = 4

// episodes lists the texts to compare, by the time of their first article, and
// joins the articles of each: a text published a thousand times is then
// compared once.
func (c *clustering) episodes(into *sets) []episode {
	var episodes []episode
	first := newFirsts(len(c.order))
	current := make([]int32, len(c.order)) // by the first rank of a simhash, its last episode
	single := make([]int, len(c.order))    // room for the first rank of each
	for rank := range c.order {
		a := c.at(rank)
		if a.Words < nearWords || a.SimHash == 0 {
			continue
		}
		earliest, ok := first.of(rank, a.SimHash, func(other int) bool { return c.at(other).SimHash == a.SimHash })
		if ok {
			e := &episodes[current[earliest]]
			last := e.ranks[len(e.ranks)-1]
			if c.times[rank]-c.times[last] <= nearSpan.Microseconds() {
				into.join(last, rank)
				e.ranks = append(e.ranks, rank)
				continue
			}
		}
		current[earliest], single[rank] = int32(len(episodes)), rank
		episodes = append(episodes, episode{hash: a.SimHash, ranks: single[rank : rank+1 : rank+1]})
	}
	return episodes
}

// inBand is an episode beside those that agree with it in a band.
type inBand struct {
	hash       uint64
	begin, end int64 // until when another's first article is near in time, microseconds
	episode    int32
}

// joinBand joins articles whose simhashes agree in the band and differ in at
// most three bits.
func (c *clustering) joinBand(into *sets, episodes []episode, band int) {
	for _, bucket := range c.buckets(episodes, band) {
		for n := range bucket {
			a := &bucket[n]
			for m := n + 1; m < len(bucket) && bucket[m].begin <= a.end; m++ {
				if bits.OnesCount64(a.hash^bucket[m].hash) <= nearBits {
					c.joinEpisodes(into, episodes[a.episode].ranks, episodes[bucket[m].episode].ranks)
				}
			}
		}
	}
}

// buckets groups the episodes, in order of their first article, that agree in
// the band, by counting sort.
func (c *clustering) buckets(episodes []episode, band int) [][]inBand {
	key := func(e *episode) int { return int(uint16(e.hash >> (16 * band))) }
	starts := make([]int32, 1<<16+1)
	for i := range episodes {
		starts[key(&episodes[i])+1]++
	}
	var groups [][]inBand
	sorted := make([]inBand, len(episodes))
	for k := 1; k < len(starts); k++ {
		n := starts[k]
		starts[k] += starts[k-1]
		if n > 1 {
			groups = append(groups, sorted[starts[k-1]:starts[k]])
		}
	}
	for i := range episodes {
		e := &episodes[i]
		k := key(e)
		sorted[starts[k]] = inBand{
			hash: e.hash, begin: c.times[e.ranks[0]], end: c.times[e.ranks[len(e.ranks)-1]] + nearSpan.Microseconds(), episode: int32(i),
		}
		starts[k]++
	}
	return groups
}

// joinEpisodes joins the articles of two near texts that are at most nearSpan
// apart. It is enough to look at neighbours in the common order of time: all
// between two articles that are near in time are near each other.
func (c *clustering) joinEpisodes(into *sets, a, b []int) {
	for len(a) > 0 && len(b) > 0 {
		if a[0] > b[0] {
			a, b = b, a
		}
		for len(a) > 1 && a[1] < b[0] {
			a = a[1:]
		}
		if c.times[b[0]]-c.times[a[0]] <= nearSpan.Microseconds() {
			into.join(a[0], b[0])
		}
		a = a[1:]
	}
}

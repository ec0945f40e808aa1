package story

import "math/bits"

// episode is a run of articles of one simhash, none more than [nearSpan] after
// the one before; ranks are chronological. The articles of an episode are
// already joined.
type episode struct {
	hash  uint64
	ranks []int
}

// joinNearText joins articles whose simhashes differ in at most three bits.
// Four bands of 16 bits hold at most three differences, so near texts agree in
// a whole band: only texts that share a band are compared.
func (c *clustering) joinNearText() {
	episodes := c.episodes()
	for band := range 4 {
		for _, bucket := range buckets(episodes, band) {
			c.joinBucket(episodes, bucket)
		}
	}
}

// episodes lists the texts to compare, by the time of their first article, and
// joins the articles of each: a text published a thousand times is then
// compared once.
func (c *clustering) episodes() []episode {
	var episodes []episode
	current := make(map[uint64]int)
	for rank := range c.order {
		a := c.at(rank)
		if a.Words < nearWords || a.SimHash == 0 {
			continue
		}
		i, ok := current[a.SimHash]
		if ok {
			e := &episodes[i]
			last := e.ranks[len(e.ranks)-1]
			if a.PublishedAt.Sub(c.at(last).PublishedAt) <= nearSpan {
				c.sets.join(last, rank)
				e.ranks = append(e.ranks, rank)
				continue
			}
		}
		current[a.SimHash] = len(episodes)
		episodes = append(episodes, episode{hash: a.SimHash, ranks: []int{rank}})
	}
	return episodes
}

// buckets groups the episodes (by index, in order) that agree in the band, by
// counting sort.
func buckets(episodes []episode, band int) [][]int32 {
	key := func(e *episode) int { return int(uint16(e.hash >> (16 * band))) }
	var starts [1<<16 + 1]int32
	for i := range episodes {
		starts[key(&episodes[i])+1]++
	}
	var groups [][]int32
	sorted := make([]int32, len(episodes))
	for k := 1; k < len(starts); k++ {
		n := starts[k]
		starts[k] += starts[k-1]
		if n > 1 {
			groups = append(groups, sorted[starts[k-1]:starts[k]])
		}
	}
	next := starts
	for i := range episodes {
		k := key(&episodes[i])
		sorted[next[k]] = int32(i)
		next[k]++
	}
	return groups
}

// joinBucket compares the episodes of a bucket, which stand in order of their
// first article.
func (c *clustering) joinBucket(episodes []episode, bucket []int32) {
	for n, i := range bucket {
		a := &episodes[i]
		end := c.at(a.ranks[len(a.ranks)-1]).PublishedAt.Add(nearSpan)
		for _, j := range bucket[n+1:] {
			b := &episodes[j]
			if c.at(b.ranks[0]).PublishedAt.After(end) {
				break
			}
			if bits.OnesCount64(a.hash^b.hash) <= nearBits {
				c.joinEpisodes(a.ranks, b.ranks)
			}
		}
	}
}

// joinEpisodes joins the articles of two near texts that are at most nearSpan
// apart. It is enough to look at neighbours in the common order of time: all
// between two articles that are near in time are near each other.
func (c *clustering) joinEpisodes(a, b []int) {
	for len(a) > 0 && len(b) > 0 {
		if a[0] > b[0] {
			a, b = b, a
		}
		for len(a) > 1 && a[1] < b[0] {
			a = a[1:]
		}
		if c.at(b[0]).PublishedAt.Sub(c.at(a[0]).PublishedAt) <= nearSpan {
			c.sets.join(a[0], b[0])
		}
		a = a[1:]
	}
}

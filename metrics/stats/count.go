package stats

const (
	cellCount = 1 << 14
	// gapCells is how many empty cells in a row part the values before and
	// after them for certain.
	gapCells = 64
	// cellDraws is how many draws of every entrant the buckets are cut by.
	cellDraws = chunkDraws
)

// cells put the values of many entrants into buckets that hold about as many
// values each, so that one pass of counting puts a draw in order. A cell is an
// even part of the whole spread, a bucket a run of cells. Values in one bucket
// count as equal: with two buckets an entrant, a place is off by one now and
// then, either way. Where a wide gap parts the values a new bucket begins.
type cells struct {
	low, factor float32
	buckets     int
	bucket      [cellCount]uint16
}

// cells cuts the buckets of a league; nil for one so small that comparing is
// faster.
func (l *League) cells() *cells {
	if len(l.draws) < countFrom {
		return nil
	}
	low, _ := bounds(l.low)
	_, high := bounds(l.high)
	c := &cells{low: low, buckets: min(2*len(l.draws), cellCount) + cellCount/gapCells}
	if high > low {
		c.factor = (cellCount - 1) / (high - low)
	}
	var count [cellCount]uint32
	total := 0
	for _, values := range l.draws {
		for _, v := range values[:cellDraws] {
			count[c.of(v)]++
		}
		total += cellDraws
	}
	even := c.buckets - cellCount/gapCells
	below, empty, gaps := 0, 0, 0
	for i, n := range count {
		if empty++; n > 0 {
			if empty > gapCells {
				gaps++
			}
			empty = 0
		}
		c.bucket[i] = uint16((2*below+int(n))*(even-1)/(2*total) + gaps)
		below += int(n)
	}
	return c
}

// of is the cell of a value within the bounds of the league.
func (c *cells) of(value float32) uint32 {
	return uint32((value-c.low)*c.factor) & (cellCount - 1)
}

// sortIntoCells notes the buckets of the draws from … from+chunkDraws−1.
func (t *table) sortIntoCells(draws [][]float32, from int) {
	n := len(t.shuffle)
	for i, entrant := range t.shuffle {
		at := i
		for _, v := range draws[entrant][from : from+chunkDraws] {
			t.columns[at] = t.cells.bucket[t.cells.of(v)]
			at += n
		}
	}
}

// count orders the draws first … first+blockDraws−1 of the chunk by their
// buckets.
func (t *table) count(first int, src *Source) {
	n := len(t.shuffle)
	next := t.next
	for d := range blockDraws {
		clear(next)
		column := t.columns[(first+d)*n : (first+d+1)*n]
		for _, b := range column {
			next[b]++
		}
		sum := uint16(0)
		for i, c := range next {
			next[i] = sum
			sum += c
		}
		start := src.below(n)
		t.settle(d, t.shuffle[start:], column[start:], next)
		t.settle(d, t.shuffle[:start], column[:start], next)
	}
}

// settle gives each entrant the next place of its bucket.
func (t *table) settle(d int, entrants []int32, column []uint16, next []uint16) {
	column = column[:len(entrants)]
	for i, entrant := range entrants {
		b := column[i]
		t.places[int(entrant)*blockDraws+d] = next[b]
		next[b]++
	}
}

package story

import (
	"cmp"
	"math/bits"
	"slices"
	"time"
)

const (
	// nearBits is the largest number of differing bits of 64 at which two
	// texts are nearly the same. Three is the value Manku, Jain and Das found
	// for web pages ("Detecting near-duplicates for web crawling", WWW 2007).
	nearBits = 3
	// nearWords is the shortest body that a simhash can tell apart.
	nearWords = 40
	// nearSpan is how far apart two nearly equal texts may be published: the
	// monthly bulletins of one office look alike.
	nearSpan = 30 * 24 * time.Hour
	// titledBits is the largest distance at which two texts of one title, on
	// two sites within a week, are one piece: a portal that drops the closing
	// paragraph moves five to eight bits, while unrelated texts differ in 32
	// of 64 bits on average, with a standard deviation of four.
	titledBits = 10
	// titleSpan is how far apart two equal titles may be published.
	titleSpan = 7 * 24 * time.Hour
	// titleWords is the shortest title that says which piece it is; "Rapat
	// Koordinasi Bulanan" is the title of many.
	titleWords = 4
)

// joinSameAddress joins versions of one article, should the caller give any.
func (c *clustering) joinSameAddress() {
	first := make(map[string]int, len(c.order))
	for rank := range c.order {
		c.joinTo(first, c.at(rank).URL, rank)
	}
}

// joinSameText joins articles whose normalised texts are equal.
func (c *clustering) joinSameText() {
	first := make(map[uint64]int)
	for rank := range c.order {
		hash := c.at(rank).TextHash
		if hash == 0 {
			continue
		}
		if other, ok := first[hash]; ok {
			c.sets.join(rank, other)
		} else {
			first[hash] = rank
		}
	}
}

func (c *clustering) joinTo(first map[string]int, key string, rank int) {
	if other, ok := first[key]; ok {
		c.sets.join(rank, other)
	} else {
		first[key] = rank
	}
}

// joinTitles joins posts without a text of their own to the article of the same
// title, and to each other.
func (c *clustering) joinTitles() {
	groups := make(map[string][]int)
	var titles []string
	for rank := range c.order {
		title, ok := titleKey(c.at(rank).Title)
		if !ok {
			continue
		}
		if _, ok := groups[title]; !ok {
			titles = append(titles, title)
		}
		groups[title] = append(groups[title], rank)
	}
	// A set may hold one text only, so each set remembers the text in it: the
	// root that the set had before any title was looked at.
	text := make(map[int]int)
	for rank := range c.order {
		if c.at(rank).Words >= noBody {
			text[c.sets.find(rank)] = c.sets.find(rank)
		}
	}
	for _, title := range titles {
		c.joinTitle(groups[title], text)
	}
}

// joinTitle works on the articles of one title, in order of time. Pairs are
// joined nearest in time first: a post between two different texts of one title
// belongs to the nearer.
func (c *clustering) joinTitle(ranks []int, text map[int]int) {
	if len(ranks) < 2 {
		return
	}
	for _, p := range c.titlePairs(ranks) {
		a, b := c.sets.find(p.early), c.sets.find(p.late)
		if a == b {
			continue
		}
		textA, hasA := text[a]
		textB, hasB := text[b]
		if hasA && hasB && textA != textB && !p.shortened {
			continue // two different texts are two stories
		}
		root := c.sets.join(a, b)
		if hasA {
			text[root] = textA
		} else if hasB {
			text[root] = textB
		}
	}
}

type pair struct {
	early, late int
	gap         time.Duration
	shortened   bool // both have a text, one an edited or shortened copy of the other
}

// maxTitlePairs bounds the work on one title; a hostile feed can repeat one a
// million times. Each post is compared with that many neighbours on either
// side, which is more copies than a piece has.
const maxTitlePairs = 32

// titlePairs lists pairs of one title on different sites or channels, within a
// week, of which at least one has no body or one is an edited copy of the
// other; the nearest first. Posts of two
// agencies on the same kind of channel are not paired: on a feast day every
// agency's site carries the same greeting, and each wrote its own.
func (c *clustering) titlePairs(ranks []int) []pair {
	var pairs []pair
	for i, early := range ranks {
		a := c.at(early)
		for n, late := range ranks[i+1:] {
			b := c.at(late)
			gap := b.PublishedAt.Sub(a.PublishedAt)
			if gap > titleSpan || n >= maxTitlePairs {
				break
			}
			bodies := a.Words >= noBody && b.Words >= noBody
			if bodies && !editedCopy(a, b) {
				continue
			}
			if a.Channel == b.Channel && (hostOf(a.URL) == hostOf(b.URL) || differentAgencies(a, b)) {
				continue
			}
			pairs = append(pairs, pair{early: early, late: late, gap: gap, shortened: bodies})
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return cmp.Compare(p.gap, q.gap) })
	return pairs
}

// differentAgencies says that both articles name an agency and not the same.
func differentAgencies(a, b *Article) bool {
	return agency(a) != "" && agency(b) != "" && agency(a) != agency(b)
}

// agency is the one that the article names, else the one whose source it is on.
func agency(a *Article) string {
	if a.SumberOPD != "" {
		return a.SumberOPD
	}
	return a.SourceOPD
}

// editedCopy says that two texts of one title are close enough to be one piece.
func editedCopy(a, b *Article) bool {
	return a.Words >= nearWords && b.Words >= nearWords && a.SimHash != 0 && b.SimHash != 0 &&
		bits.OnesCount64(a.SimHash^b.SimHash) <= titledBits
}

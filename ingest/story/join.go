package story

import (
	"cmp"
	"hash/maphash"
	"maps"
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
func (c *clustering) joinSameAddress(into *sets) {
	seed := maphash.MakeSeed()
	first := newFirsts(len(c.order))
	for rank := range c.order {
		url := c.at(rank).URL
		if other, ok := first.of(rank, maphash.String(seed, url), func(other int) bool { return c.at(other).URL == url }); ok {
			into.join(rank, other)
		}
	}
}

// joinSameText joins articles whose normalised texts are equal.
func (c *clustering) joinSameText(into *sets) {
	first := newFirsts(len(c.order))
	for rank := range c.order {
		hash := c.at(rank).TextHash
		if hash == 0 {
			continue
		}
		if other, ok := first.of(rank, hash, func(other int) bool { return c.at(other).TextHash == hash }); ok {
			into.join(rank, other)
		}
	}
}

// titled is the articles of one title, in order of time.
type titled []int

// titleGroups lists the titles that more than one article has, by their first.
func (c *clustering) titleGroups() []titled {
	w := wordLists.Get().(*wordList)
	defer wordLists.Put(w)
	seed := maphash.MakeSeed()
	first := newFirsts(len(c.order))
	groups := make(map[int]titled)
	for rank := range c.order {
		if w.read(c.at(rank).Title); len(w.ends) < titleWords {
			continue
		}
		same := func(other int) bool {
			key, _ := titleKey(c.at(other).Title)
			return key == string(w.text)
		}
		if other, ok := first.of(rank, maphash.Bytes(seed, w.text), same); ok {
			if groups[other] == nil {
				groups[other] = titled{other}
			}
			groups[other] = append(groups[other], rank)
		}
	}
	list := make([]titled, 0, len(groups))
	for _, rank := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, groups[rank])
	}
	return list
}

// joinTitles joins posts without a text of their own to the article of the same
// title, and to each other.
func (c *clustering) joinTitles(titles []titled) {
	if len(titles) == 0 {
		return
	}
	// A set may hold one text only, so each set remembers the text in it: one
	// more than the root that the set had before any title was looked at.
	text := make([]int32, len(c.order))
	for rank := range c.order {
		if c.at(rank).Words >= noBody {
			root := c.sets.find(rank)
			text[root] = int32(root) + 1
		}
	}
	for _, ranks := range titles {
		c.joinTitle(ranks, text)
	}
}

// joinTitle works on the articles of one title, in order of time. Pairs are
// joined nearest in time first: a post between two different texts of one title
// belongs to the nearer.
func (c *clustering) joinTitle(ranks titled, text []int32) {
	for _, p := range c.titlePairs(ranks) {
		a, b := c.sets.find(p.early), c.sets.find(p.late)
		if a == b {
			continue
		}
		textA, textB := text[a], text[b]
		if textA != 0 && textB != 0 && textA != textB && !p.shortened {
			continue // two different texts are two stories
		}
		text[c.sets.join(a, b)] = cmp.Or(textA, textB)
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

package story

import (
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"time"
)

const (
	// copySpan is how far apart an edited copy may be published: portals and
	// the press take a release over within days.
	copySpan = 3 * 24 * time.Hour
	// copyBits is the largest distance of the simhashes of two texts whose
	// bodies are worth comparing. A copy that shares two thirds of its
	// three-word runs with the origin is 10 to 16 bits away; of unrelated texts
	// one pair in twenty-five thousand is as near (at 18 bits it would be one
	// in three thousand, and every other text of a large region would have to
	// be read). Where the titles share half of
	// their words, titledCopyBits is near enough; two agencies on the same kind
	// of channel must be as near as siblingBits.
	copyBits, titledCopyBits, siblingBits = 16, 20, 12
	// copyShare is the share of the shorter text's runs that a copy has in
	// common with the other; siblingShare what is asked of two agencies on the
	// same kind of channel, which publish by the same template rather than
	// copy each other.
	copyShare, siblingShare = 0.55, 0.8
	// copyNumbers is the share of the numbers of the text with fewer of them
	// that the other has too: texts made by one template differ in their
	// figures. Fewer than copyFigures say nothing.
	copyNumbers, copyFigures = 0.7, 2
	// copyLength is the least share that the shorter text has of the longer.
	copyLength = 0.35
)

// copyPair is two articles that may be one piece, by rank.
type copyPair struct{ early, late int }

// MarkCopies finds edited copies of one piece on different sites (a portal
// that cuts the last paragraph, rewrites the first, changes the title) and
// sets Copy of the articles: the same number, above 0, for all that are one
// piece. bodies is called with the indexes of the articles whose text must be
// seen, and calls give for each; none of the texts is held.
//
// Candidates are near by their simhash and published within three days.
// Whether they are copies is decided by the share of three-word runs that the
// shorter text has in common with the longer (containment: A. Broder, "On the
// resemblance and containment of documents", 1997) and by their figures.
func MarkCopies(articles []Article, bodies func(wanted []int, give func(i int, body string)) error) error {
	return newClustering(articles).markCopies(bodies)
}

func (c *clustering) markCopies(bodies func(wanted []int, give func(i int, body string)) error) error {
	pairs := c.copyPairs()
	if len(pairs) == 0 {
		return nil
	}
	wanted := make([]int, 0, 2*len(pairs))
	for _, p := range pairs {
		wanted = append(wanted, c.order[p.early], c.order[p.late])
	}
	slices.Sort(wanted)
	sketches := make(map[int]*sketch)
	err := bodies(slices.Compact(wanted), func(i int, body string) {
		sketches[i] = newSketch(c.articles[i].Title, body)
	})
	if err != nil {
		return err
	}
	copies := newSets(len(c.order))
	for _, p := range pairs {
		a, b := sketches[c.order[p.early]], sketches[c.order[p.late]]
		share := copyShare
		if siblings(c.at(p.early), c.at(p.late)) {
			share = siblingShare
		}
		if a != nil && b != nil && a.copies(b, share) {
			copies.join(p.early, p.late)
		}
	}
	number, last := make(map[int]int32), int32(0)
	for _, p := range pairs {
		for _, rank := range []int{p.early, p.late} {
			root := copies.find(rank)
			if copies.size[root] < 2 {
				continue
			}
			if number[root] == 0 {
				last++
				number[root] = last
			}
			c.at(rank).Copy = number[root]
		}
	}
	return nil
}

// copyPairs lists the candidates. Every pair within the span is looked at: a
// comparison is two instructions, and an index over this many differing bits
// would cost more than it saves.
func (c *clustering) copyPairs() []copyPair {
	var hashes []uint64
	var ranks []int32
	var hosts []int // numbered: they are compared many times each
	numbers := map[string]int{}
	for rank := range c.order {
		if a := c.at(rank); a.Words >= nearWords && a.SimHash != 0 {
			host := hostOf(a.URL)
			if _, ok := numbers[host]; !ok {
				numbers[host] = len(numbers)
			}
			hashes, ranks, hosts = append(hashes, a.SimHash), append(ranks, int32(rank)), append(hosts, numbers[host])
		}
	}
	// Every processor takes a stretch of time; put together, the pairs stand in
	// the order of the articles.
	parts := make([][]copyPair, runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	for n := range parts {
		from, to := n*len(hashes)/len(parts), (n+1)*len(hashes)/len(parts)
		workers.Go(func() { parts[n] = c.copyPairsOf(hashes, ranks, hosts, from, to) })
	}
	workers.Wait()
	return slices.Concat(parts...)
}

// copyPairsOf lists the candidates whose earlier text is one of from to to.
func (c *clustering) copyPairsOf(hashes []uint64, ranks []int32, hosts []int, from, to int) []copyPair {
	var pairs []copyPair
	title := &wordList{} // of the earlier text, once it is asked for
	end := from
	for i := from; i < to; i++ {
		hash, last := hashes[i], c.times[ranks[i]]+copySpan.Microseconds()
		for end < len(ranks) && c.times[ranks[end]] <= last {
			end++
		}
		tried, hasTitle := 0, false
		window := hashes[i+1 : min(end, i+1+maxCopyWindow)]
		for n := nextNear(window, hash, 0); n < len(window) && tried < maxCopyPairs; n = nextNear(window, hash, n+1) {
			distance := bits.OnesCount64(hash ^ window[n])
			if distance <= nearBits || hosts[i] == hosts[i+1+n] {
				continue // the nearest are joined without a look at their text
			}
			early, late := int(ranks[i]), int(ranks[i+1+n])
			a, b := c.at(early), c.at(late)
			if !mayBeCopies(a, b, distance) {
				continue
			}
			if distance > copyBits {
				if !hasTitle {
					title.read(a.Title)
					hasTitle = true
				}
				if !titlesShare(title, b.Title) {
					continue
				}
			}
			pairs = append(pairs, copyPair{early, late})
			tried++
		}
	}
	return pairs
}

// nextNear is the place of the next hash, from one place on, that is near
// enough to be looked at. Few are, so four are told apart by one branch.
func nextNear(window []uint64, hash uint64, from int) int {
	for ; from+4 <= len(window); from += 4 {
		four := window[from : from+4 : from+4]
		if min(bits.OnesCount64(hash^four[0]), bits.OnesCount64(hash^four[1]),
			bits.OnesCount64(hash^four[2]), bits.OnesCount64(hash^four[3])) <= titledCopyBits {
			break
		}
	}
	for from < len(window) && bits.OnesCount64(hash^window[from]) > titledCopyBits {
		from++
	}
	return from
}

const (
	// maxCopyWindow is how many of the texts that follow are looked at: those
	// of three days in any region that publishes less than 330 a day.
	maxCopyWindow = 1_000
	// maxCopyPairs bounds the candidates of one text: a hostile feed can repeat
	// one a million times.
	maxCopyPairs = 64
)

// mayBeCopies says by what is at hand, except their titles, whether two texts
// of different sites are worth comparing.
func mayBeCopies(a, b *Article, distance int) bool {
	shorter, longer := min(a.Words, b.Words), max(a.Words, b.Words)
	return float64(shorter) >= copyLength*float64(longer) && (distance <= siblingBits || !siblings(a, b))
}

// siblings are two agencies on the same kind of channel.
func siblings(a, b *Article) bool { return a.Channel == b.Channel && differentAgencies(a, b) }

// titlesShare says whether two titles have half of the words of the shorter in
// common.
func titlesShare(a *wordList, b string) bool {
	w := wordLists.Get().(*wordList)
	defer wordLists.Put(w)
	w.read(b)
	fewer, more := a.hashes, w.hashes
	if len(fewer) > len(more) {
		fewer, more = more, fewer
	}
	same := 0
	for _, word := range fewer {
		if slices.Contains(more, word) {
			same++
		}
	}
	return len(fewer) >= titleWords && 2*same >= len(fewer)
}

// sketchRuns is how many hashes of a text are kept, the lowest: enough to
// estimate a share within some four hundredths (bottom-k sketches: E. Cohen
// and H. Kaplan, PODC 2007), and all of an ordinary text's.
const sketchRuns = 192

// sketch is what is compared of a text.
type sketch struct {
	// runs are the lowest hashes of its three-word runs, sorted; total is how
	// many different runs it has.
	runs  []uint64
	total int
	// numbers are hashes of its numbers, sorted.
	numbers []uint64
}

func newSketch(title, body string) *sketch {
	w := wordLists.Get().(*wordList)
	defer wordLists.Put(w)
	w.read(body)
	s := &sketch{}
	for i := 0; i+shingle <= len(w.hashes); i++ {
		h := uint64(0)
		for _, word := range w.hashes[i : i+shingle] {
			h = mix(h ^ word)
		}
		s.runs = append(s.runs, h)
	}
	begin := 0
	for i, end := range w.ends {
		if c := w.text[begin]; c >= '0' && c <= '9' {
			s.numbers = append(s.numbers, w.hashes[i])
		}
		begin = end + 1
	}
	slices.Sort(s.runs)
	s.runs = slices.Compact(s.runs)
	s.total = len(s.runs)
	s.runs = slices.Clip(slices.Clone(s.runs[:min(len(s.runs), sketchRuns)]))
	slices.Sort(s.numbers)
	s.numbers = slices.Compact(s.numbers)
	return s
}

// copies says whether one of two texts is an edited copy of the other.
func (s *sketch) copies(o *sketch, share float64) bool {
	return s.containment(o) >= share && sameFigures(s.numbers, o.numbers)
}

// containment estimates which share of the runs of the text with fewer is in
// the other too.
func (s *sketch) containment(o *sketch) float64 {
	if s.total == 0 || o.total == 0 {
		return 0
	}
	// The lowest hashes of the union are a random sample of it, as far as
	// both sketches reach.
	limit := ^uint64(0)
	for _, of := range []*sketch{s, o} {
		if of.total > len(of.runs) {
			limit = min(limit, of.runs[len(of.runs)-1])
		}
	}
	both, either := 0, 0
	for i, j := 0, 0; i < len(s.runs) || j < len(o.runs); {
		switch {
		case j == len(o.runs) || i < len(s.runs) && s.runs[i] < o.runs[j]:
			if s.runs[i] > limit {
				i = len(s.runs)
				continue
			}
			i++
		case i == len(s.runs) || o.runs[j] < s.runs[i]:
			if o.runs[j] > limit {
				j = len(o.runs)
				continue
			}
			j++
		default:
			if s.runs[i] > limit {
				i, j = len(s.runs), len(o.runs)
				continue
			}
			both++
			i++
			j++
		}
		either++
	}
	if either == 0 {
		return 0
	}
	resemblance := float64(both) / float64(either)
	shared := resemblance / (1 + resemblance) * float64(s.total+o.total)
	return shared / float64(min(s.total, o.total))
}

// sameFigures says that the numbers of two texts do not speak against one
// being a copy of the other.
func sameFigures(a, b []uint64) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < copyFigures {
		return true
	}
	same := 0
	for _, n := range a {
		if _, ok := slices.BinarySearch(b, n); ok {
			same++
		}
	}
	return float64(same) >= copyNumbers*float64(len(a))
}

// joinCopies joins what was marked.
func (c *clustering) joinCopies() {
	first := make(map[int32]int)
	for rank := range c.order {
		group := c.at(rank).Copy
		if group == 0 {
			continue
		}
		if other, ok := first[group]; ok {
			c.sets.join(rank, other)
		} else {
			first[group] = rank
		}
	}
}

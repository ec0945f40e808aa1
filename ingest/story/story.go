// Package story finds which articles are the same piece: the release on the
// agency's site, its copies on the portal and in the press, the post about it.
//
// Articles are one story when their text is the same, when it is nearly the
// same within a month, when one is an edited copy of the other on another site
// within days, or, for posts without a text of their own, when their
// titles are the same within a week on different sites or channels. Two
// articles with different texts are never one story for their titles.
package story

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Article is what is compared of one article.
type Article struct {
	// URL is the canonical address; it is unique in a region.
	URL   string
	Title string
	// Channel is website, media, portal or a social network.
	Channel string
	// PublishedAt is the instant of publication; articles with the zero time
	// are undated and belong to no story.
	PublishedAt time.Time
	// TextHash, SimHash and Words come from [Fingerprint].
	TextHash, SimHash uint64
	Words             int
	// Copy is the group of edited copies that [MarkCopies] found, 0 for none.
	Copy int32
	// DayOnly says that no hour is known: PublishedAt is the start of the local
	// day, which is 24 hours long (no zone of Indonesia has summer time).
	DayOnly bool
	// SumberOPD is the agency that the byline names, SourceOPD the one whose
	// source the article came from; both resolved, empty if unknown.
	SumberOPD, SourceOPD string
}

// Story is a set of articles that are one piece.
type Story struct {
	// ID is made from the address of the earliest article: it stays when later
	// copies turn up.
	ID uint64
	// Members are indexes into the articles given, earliest first; articles of
	// one instant stand in the order website, media, portal, social, then by
	// address, and so do those of a day on which the hour of one is unknown.
	Members []int
	// OPD is the agency credited: the one a byline names (the earliest byline
	// that names one), else the source's of the earliest article that has one;
	// empty if there is none.
	OPD string
}

// Find marks the edited copies among the articles, as [MarkCopies] does, and
// groups the articles into stories, as [Cluster] does, both at once.
func Find(articles []Article, bodies func(wanted []int, give func(i int, body string)) error) ([]Story, error) {
	c := newClustering(articles)
	prepared := make(chan []titled, 1)
	go func() { prepared <- c.join() }()
	err := c.markCopies(bodies)
	titles := <-prepared
	if err != nil {
		return nil, err
	}
	return c.finish(titles), nil
}

// Cluster groups the articles into stories, ordered by their earliest article.
// Every dated article is in exactly one story. The result does not depend on
// the order of the articles.
func Cluster(articles []Article) []Story {
	c := newClustering(articles)
	return c.finish(c.join())
}

// clustering works on ranks: rank r is article order[r], ranks are
// chronological.
type clustering struct {
	articles []Article
	order    []int
	times    []int64 // of publication, by rank, in microseconds since 1970
	sets     *sets
}

func newClustering(articles []Article) *clustering {
	c := &clustering{articles: articles, order: chronological(articles)}
	c.times = make([]int64, len(c.order))
	for rank := range c.order {
		c.times[rank] = c.at(rank).PublishedAt.UnixMicro()
	}
	c.sets = newSets(len(c.order))
	return c
}

func (c *clustering) at(rank int) *Article { return &c.articles[c.order[rank]] }

// join joins articles by address and text and lists the groups of one title;
// nothing it looks at depends on what else is joined.
func (c *clustering) join() (titles []titled) {
	var episodes []episode
	c.together(
		c.joinSameAddress,
		c.joinSameText,
		func(s *sets) { episodes = c.episodes(s) },
		func(*sets) { titles = c.titleGroups() },
	)
	bands := make([]func(*sets), nearBands)
	for band := range bands {
		bands[band] = func(s *sets) { c.joinBand(s, episodes, band) }
	}
	c.together(bands...)
	return titles
}

// together runs steps side by side, each joining in sets of its own, and joins
// what they joined.
func (c *clustering) together(steps ...func(*sets)) {
	var workers sync.WaitGroup
	var joining sync.Mutex
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, step := range steps {
		workers.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			own := newSets(len(c.order))
			step(own)
			joining.Lock()
			defer joining.Unlock()
			c.sets.add(own)
		})
	}
	workers.Wait()
}

// finish joins what depends on what was joined before, and tells the stories.
func (c *clustering) finish(titles []titled) []Story {
	c.joinCopies()
	c.joinTitles(titles)
	return c.stories()
}

// chronological lists the dated articles in the order that decides everything.
func chronological(articles []Article) []int {
	// Most instants differ: they are compared beside each other in memory, and
	// the articles looked up only where they do not.
	type dated struct {
		at      int64 // microseconds
		article int
	}
	order := make([]dated, 0, len(articles))
	for i := range articles {
		if at := articles[i].PublishedAt; !at.IsZero() {
			order = append(order, dated{at.UnixMicro(), i})
		}
	}
	slices.SortFunc(order, func(x, y dated) int {
		if x.at != y.at {
			return cmp.Compare(x.at, y.at)
		}
		a, b := &articles[x.article], &articles[y.article]
		return cmp.Or(
			cmp.Compare(channelRank(a.Channel), channelRank(b.Channel)),
			cmp.Compare(a.URL, b.URL),
			cmp.Compare(a.Title, b.Title),
			cmp.Compare(a.TextHash, b.TextHash),
			cmp.Compare(x.article, y.article),
		)
	})
	list := make([]int, len(order))
	for rank, d := range order {
		list[rank] = d.article
	}
	return list
}

// channelRank orders articles of one instant: an agency's own site is the
// origin before the press, the press before the portal that collects, social
// posts last.
func channelRank(channel string) int {
	switch channel {
	case "website":
		return 0
	case "media":
		return 1
	case "portal":
		return 2
	}
	return 3
}

// stories turns the sets into stories. Ranks are chronological, so the members
// and the stories come out in order by themselves.
func (c *clustering) stories() []Story {
	place := make([]int32, len(c.order)) // by root, one more than the place of its story
	stories := make([]Story, 0, c.sets.count)
	members := make([]int, len(c.order)) // room for all, story by story
	for rank, article := range c.order {
		root := c.sets.find(rank)
		if place[root] == 0 {
			n := int(c.sets.size[root])
			stories = append(stories, Story{Members: members[:0:n]})
			members = members[n:]
			place[root] = int32(len(stories))
		}
		s := &stories[place[root]-1]
		s.Members = append(s.Members, article)
	}
	shared(len(stories), func(i int) {
		s := &stories[i]
		orderUntimedDays(c.articles, s.Members)
		s.ID, s.OPD = storyID(c.articles[s.Members[0]].URL), credited(c.articles, s.Members)
	})
	return stories
}

// shared calls do for 0 to n-1, on all processors.
func shared(n int, do func(i int)) {
	var workers sync.WaitGroup
	parts := runtime.GOMAXPROCS(0)
	for part := range parts {
		workers.Go(func() {
			for i := part * n / parts; i < (part+1)*n/parts; i++ {
				do(i)
			}
		})
	}
	workers.Wait()
}

// credited is the agency of a story (contract section 3, "Publication").
func credited(articles []Article, members []int) string {
	for _, m := range members {
		if opd := articles[m].SumberOPD; opd != "" {
			return opd
		}
	}
	for _, m := range members {
		if opd := articles[m].SourceOPD; opd != "" {
			return opd
		}
	}
	return ""
}

func storyID(address string) uint64 {
	sum := sha256.Sum256([]byte(address))
	return binary.BigEndian.Uint64(sum[:8])
}

package ingest

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"gaung/ingest/story"
)

// articleRollup writes the tables of the articles rollup.
type articleRollup struct {
	job     *rebuild
	shelf   *shelf
	stories []story.Story
	burst   []bool // by story
}

const (
	// rollupStretch is how many stories or articles are taken at a time.
	rollupStretch = 2000
	// rollupWriters bounds how many write at once: each holds a batch.
	rollupWriters = 4
)

// write shares the stories among as many writers as there are processors.
// Stories have no article in common, so the writers do not meet.
func (o *articleRollup) write(ctx context.Context) error {
	loose := o.loose()
	people := newPersonDays(o.job)
	var taken atomic.Int64
	var counting sync.Mutex
	writers, within := errgroup.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), rollupWriters) {
		writers.Go(func() error {
			w := newArticleWriter(o)
			for {
				from := int(taken.Add(rollupStretch)) - rollupStretch
				to := from + rollupStretch
				if from >= len(o.stories)+len(loose) {
					break
				}
				for n := from; n < min(to, len(o.stories)); n++ {
					if err := w.add(within, n); err != nil {
						return err
					}
				}
				for n := max(from, len(o.stories)); n < min(to, len(o.stories)+len(loose)); n++ {
					i := loose[n-len(o.stories)]
					if err := w.addArticle(within, i, 0, false, o.shelf.ownOPD(i)); err != nil {
						return err
					}
				}
			}
			counting.Lock()
			people.add(w.people)
			counting.Unlock()
			return w.flush(within)
		})
	}
	if err := writers.Wait(); err != nil {
		return err
	}
	return people.write(ctx)
}

// loose lists the articles that are in no story.
func (o *articleRollup) loose() []int {
	inStory := make([]bool, len(o.shelf.articles))
	for n := range o.stories {
		for _, member := range o.stories[n].Members {
			inStory[member] = true
		}
	}
	var loose []int
	for i, in := range inStory {
		if !in {
			loose = append(loose, i)
		}
	}
	return loose
}

// articleWriter writes some of the stories and their articles.
type articleWriter struct {
	*articleRollup
	storyRow   storyColumns
	articleRow articleColumns
	// storyTable and articleTable send what the rows collect.
	storyTable, articleTable *columnWriter
	people                   *personDays
	days                     []time.Time // room for the days that rows point to
}

func newArticleWriter(o *articleRollup) *articleWriter {
	w := &articleWriter{articleRollup: o, people: newPersonDays(o.job)}
	w.storyTable, w.articleTable = w.storyRow.into(o.job), w.articleRow.into(o.job)
	return w
}

// add writes the n-th story and its articles.
func (w *articleWriter) add(ctx context.Context, n int) error {
	s, shelf := w.stories[n], w.shelf
	first := s.Members[0]
	origin := &shelf.articles[first]
	if w.burst[n] {
		shelf.pieces[first].signs |= signBurst
	}
	c, day := shelf.creditsOf(s), w.job.day(origin.PublishedAt)
	w.people.count(day, c.authors.([]string), c.editors.([]string), c.photographers.([]string))
	row := &w.storyRow
	row.id.add(s.ID)
	row.opd.add(s.OPD)
	row.opdRaw.add(shelf.creditText(s))
	row.published.add(origin.PublishedAt)
	row.day.add(day)
	row.title.add(origin.Title)
	row.url.add(shelf.link(first))
	row.place.add(c.place)
	row.articles.add(uint32(len(s.Members)))
	row.channels.add(c.channels)
	row.authors.add(c.authors)
	row.editors.add(c.editors)
	row.photographers.add(c.photographers)
	row.signNames.add(shelf.pieces[first].signs.names())
	if err := w.storyTable.added(ctx); err != nil {
		return err
	}
	for rank, i := range s.Members {
		if rank > 0 && shelf.nearCopy(i, first) {
			shelf.pieces[i].signs |= signNearCopy
		}
		if err := w.addArticle(ctx, i, s.ID, rank == 0, s.OPD); err != nil {
			return err
		}
	}
	return nil
}

// addArticle writes the i-th article.
func (w *articleWriter) addArticle(ctx context.Context, i int, storyID uint64, origin bool, opd string) error {
	shelf, row := w.shelf, &w.articleRow
	a, p := &shelf.articles[i], &shelf.pieces[i]
	var published, day *time.Time
	if !a.PublishedAt.IsZero() {
		published, day = &a.PublishedAt, w.keep(w.job.day(a.PublishedAt))
	}
	seen := time.UnixMilli(p.seen).UTC()
	row.url.add(shelf.link(i))
	row.title.add(a.Title)
	row.published.add(published)
	row.day.add(day)
	row.seen.add(seen)
	row.seenDay.add(w.job.day(seen))
	row.channel.add(a.Channel)
	row.source.add(shelf.texts.of(p.source))
	row.storyID.add(storyID)
	row.isOrigin.add(origin)
	row.opd.add(opd)
	row.sourceOPD.add(a.SourceOPD)
	row.opdRaw.add(shelf.texts.of(p.opdRaw))
	row.sumberRaw.add(shelf.texts.of(p.sumberRaw))
	row.unmatchedOPD.add(opd == "")
	row.unmatchedPeople.add(shelf.lists.of(p.unmatched))
	row.place.add(placeName(shelf.texts.of(p.place)))
	row.words.add(uint32(a.Words))
	row.flags.add(shelf.flagsOf(i))
	return w.articleTable.added(ctx)
}

// keep gives a day a place to point to.
func (w *articleWriter) keep(day time.Time) *time.Time {
	if len(w.days) == cap(w.days) {
		w.days = make([]time.Time, 0, rollupStretch)
	}
	w.days = append(w.days, day)
	return &w.days[len(w.days)-1]
}

func (w *articleWriter) flush(ctx context.Context) error {
	if err := w.storyTable.flush(ctx); err != nil {
		return err
	}
	return w.articleTable.flush(ctx)
}

package ingest

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gaung/ingest/story"
)

func rebuildArticles(ctx context.Context, job *rebuild) error {
	shelf, err := job.shelf(ctx)
	if err != nil {
		return err
	}
	if err := job.markBackdated(ctx, shelf); err != nil {
		return err
	}
	stories := story.Cluster(shelf.articles)
	out := &articleRollup{
		job: job, shelf: shelf, burst: bursts(job, shelf, stories),
		stories: job.into("stories", "story_id", "opd", "opd_raw", "published_at", "day", "title", "url", "place", "articles",
			"channels", "authors", "editors", "photographers", "flags"),
		articles: job.into("story_articles", "url", "title", "published_at", "day", "first_seen_at", "first_seen_day", "channel",
			"source", "story_id", "is_origin", "opd", "source_opd", "opd_raw", "sumber_raw", "unmatched_opd", "unmatched_people",
			"place", "word_count", "flags"),
		people: newPersonDays(job),
	}
	inStory := make([]bool, len(shelf.articles))
	for n, s := range stories {
		if err := out.story(ctx, n, s); err != nil {
			return err
		}
		for _, member := range s.Members {
			inStory[member] = true
		}
	}
	for i := range shelf.articles {
		if !inStory[i] {
			if err := out.article(ctx, i, 0, false, shelf.ownOPD(i)); err != nil {
				return err
			}
		}
	}
	if err := out.stories.flush(ctx); err != nil {
		return err
	}
	if err := out.people.write(ctx); err != nil {
		return err
	}
	return out.articles.flush(ctx)
}

func union(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// articleRollup writes the tables of the articles rollup.
type articleRollup struct {
	job               *rebuild
	shelf             *shelf
	burst             []bool // by story
	stories, articles *rollupWriter
	people            *personDays
}

// story writes the n-th story and its articles.
func (o *articleRollup) story(ctx context.Context, n int, s story.Story) error {
	first := s.Members[0]
	origin := &o.shelf.articles[first]
	place := ""
	channels, authors, editors, photographers := []string{}, []string{}, []string{}, []string{}
	for _, i := range s.Members {
		p := &o.shelf.pieces[i]
		if place == "" {
			place = placeName(o.shelf.texts.of(p.place))
		}
		channels = union(channels, o.shelf.articles[i].Channel)
		authors = union(authors, o.shelf.lists.of(p.authors)...)
		editors = union(editors, o.shelf.lists.of(p.editors)...)
		photographers = union(photographers, o.shelf.lists.of(p.photographers)...)
	}
	if o.burst[n] {
		o.shelf.pieces[first].signs |= signBurst
	}
	day := o.job.day(origin.PublishedAt)
	o.people.count(day, authors, editors, photographers)
	err := o.stories.add(ctx, o.job, s.ID, s.OPD, o.shelf.creditText(s), origin.PublishedAt, day, origin.Title,
		origin.URL, place, uint32(len(s.Members)), channels, authors, editors, photographers, o.shelf.pieces[first].signs.names())
	for rank, i := range s.Members {
		if rank > 0 && o.shelf.nearCopy(i, first) {
			o.shelf.pieces[i].signs |= signNearCopy
		}
		if err == nil {
			err = o.article(ctx, i, s.ID, rank == 0, s.OPD)
		}
	}
	return err
}

func (o *articleRollup) article(ctx context.Context, i int, storyID uint64, origin bool, opd string) error {
	a, p, shelf := &o.shelf.articles[i], &o.shelf.pieces[i], o.shelf
	var published *time.Time
	if !a.PublishedAt.IsZero() {
		published = &a.PublishedAt
	}
	seen := time.UnixMilli(p.seen).UTC()
	flags := append(slices.Clone(shelf.lists.of(p.flags)), p.signs.names()...)
	return o.articles.add(ctx, o.job, a.URL, a.Title, published, o.job.optionalDay(published), seen, o.job.day(seen),
		a.Channel, shelf.texts.of(p.source), storyID, origin, opd, a.SourceOPD, shelf.texts.of(p.opdRaw), shelf.texts.of(p.sumberRaw),
		opd == "", shelf.lists.of(p.unmatched), placeName(shelf.texts.of(p.place)), uint32(a.Words), orEmpty(flags))
}

// placeName writes a dateline's place as a name: "KOTA CONTOH" and "Kota
// Contoh" are one place. A name that is not all capitals stays as printed.
func placeName(printed string) string {
	if printed != strings.ToUpper(printed) {
		return printed
	}
	words := strings.Fields(strings.ToLower(printed))
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		words[i] = string(unicode.ToUpper(first)) + word[size:]
	}
	return strings.Join(words, " ")
}

package ingest

import (
	"slices"
	"time"

	"gaung/ingest/story"
)

// storyColumns are the rows of the stories table, except the region and the
// generation.
type storyColumns struct {
	id                                                   values[uint64]
	opd, opdRaw, title, url, place                       values[string]
	published, day                                       values[time.Time]
	articles                                             values[uint32]
	channels, authors, editors, photographers, signNames arrays
}

func (c *storyColumns) into(job *rebuild) *columnWriter {
	return job.columnsInto("stories", namedColumn{"story_id", &c.id}, namedColumn{"opd", &c.opd}, namedColumn{"opd_raw", &c.opdRaw},
		namedColumn{"published_at", &c.published}, namedColumn{"day", &c.day}, namedColumn{"title", &c.title}, namedColumn{"url", &c.url},
		namedColumn{"place", &c.place}, namedColumn{"articles", &c.articles}, namedColumn{"channels", &c.channels},
		namedColumn{"authors", &c.authors}, namedColumn{"editors", &c.editors}, namedColumn{"photographers", &c.photographers},
		namedColumn{"flags", &c.signNames})
}

// articleColumns are the rows of the story_articles table.
type articleColumns struct {
	url, title, channel, source, opd, sourceOPD, opdRaw, sumberRaw, place values[string]
	published, day                                                        values[*time.Time]
	seen, seenDay                                                         values[time.Time]
	storyID                                                               values[uint64]
	isOrigin, unmatchedOPD                                                values[bool]
	words                                                                 values[uint32]
	unmatchedPeople, flags                                                arrays
}

func (c *articleColumns) into(job *rebuild) *columnWriter {
	return job.columnsInto("story_articles", namedColumn{"url", &c.url}, namedColumn{"title", &c.title},
		namedColumn{"published_at", &c.published}, namedColumn{"day", &c.day}, namedColumn{"first_seen_at", &c.seen},
		namedColumn{"first_seen_day", &c.seenDay}, namedColumn{"channel", &c.channel}, namedColumn{"source", &c.source},
		namedColumn{"story_id", &c.storyID}, namedColumn{"is_origin", &c.isOrigin}, namedColumn{"opd", &c.opd},
		namedColumn{"source_opd", &c.sourceOPD}, namedColumn{"opd_raw", &c.opdRaw}, namedColumn{"sumber_raw", &c.sumberRaw},
		namedColumn{"unmatched_opd", &c.unmatchedOPD}, namedColumn{"unmatched_people", &c.unmatchedPeople},
		namedColumn{"place", &c.place}, namedColumn{"word_count", &c.words}, namedColumn{"flags", &c.flags})
}

// credits are what the members of a story add up to; every list is a []string.
type credits struct {
	place                                     string
	channels, authors, editors, photographers any
}

// creditsOf collects the credits of a story.
func (s *shelf) creditsOf(of story.Story) credits {
	if len(of.Members) == 1 {
		i := of.Members[0]
		p := &s.pieces[i]
		return credits{
			place: placeName(s.texts.of(p.place)), channels: s.lists.of(p.channel),
			authors: s.lists.of(p.authors), editors: s.lists.of(p.editors), photographers: s.lists.of(p.photographers),
		}
	}
	place := ""
	channels, authors, editors, photographers := []string{}, []string{}, []string{}, []string{}
	for _, i := range of.Members {
		p := &s.pieces[i]
		if place == "" {
			place = placeName(s.texts.of(p.place))
		}
		channels = union(channels, s.articles[i].Channel)
		authors = union(authors, s.namesAt(p.authors)...)
		editors = union(editors, s.namesAt(p.editors)...)
		photographers = union(photographers, s.namesAt(p.photographers)...)
	}
	return credits{place: place, channels: channels, authors: authors, editors: editors, photographers: photographers}
}

// flagsOf are an article's flags and the names of its signs, a []string.
func (s *shelf) flagsOf(i int) any {
	p := &s.pieces[i]
	if p.signs == 0 {
		return s.lists.of(p.flags)
	}
	return append(slices.Clone(s.namesAt(p.flags)), p.signs.names()...)
}

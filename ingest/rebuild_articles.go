package ingest

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/byline"
	"gaung/ingest/story"
)

// piece is one article of rebuild_articles.sql with its names resolved.
type piece struct {
	url, title                      string
	published                       *time.Time
	firstSeen                       time.Time
	channel, source                 string
	opdRaw, sumberRaw               string
	authors, editors, photographers []string // person ids
	unmatched                       []string // names that mean nobody known
	place                           string
	words                           uint32
	textHash, simHash               uint64
	flags                           []string
	sourceOPD, sumberOPD            string
}

func rebuildArticles(ctx context.Context, job *rebuild) error {
	pieces, err := job.pieces(ctx)
	if err != nil {
		return err
	}
	articles := make([]story.Article, len(pieces))
	for i, p := range pieces {
		articles[i] = story.Article{
			URL: p.url, Title: p.title, Channel: p.channel, PublishedAt: orZero(p.published),
			TextHash: p.textHash, SimHash: p.simHash, Words: int(p.words), SumberOPD: p.sumberOPD, SourceOPD: p.sourceOPD,
		}
	}
	out := &articleRollup{
		job: job,
		stories: job.into("stories", "story_id", "opd", "opd_raw", "published_at", "day", "title", "url", "place", "articles",
			"channels", "authors", "editors", "photographers"),
		articles: job.into("story_articles", "url", "title", "published_at", "day", "first_seen_at", "first_seen_day", "channel",
			"source", "story_id", "is_origin", "opd", "source_opd", "opd_raw", "sumber_raw", "unmatched_opd", "unmatched_people",
			"place", "word_count", "flags"),
	}
	inStory := make([]bool, len(pieces))
	for _, s := range story.Cluster(articles) {
		if err := out.story(ctx, s, pieces); err != nil {
			return err
		}
		for i, member := range s.Members {
			inStory[member] = true
			if err := out.article(ctx, pieces[member], s.ID, i == 0, s.OPD); err != nil {
				return err
			}
		}
	}
	for i, p := range pieces {
		if !inStory[i] {
			if err := out.article(ctx, p, 0, false, p.ownOPD()); err != nil {
				return err
			}
		}
	}
	if err := out.stories.flush(ctx); err != nil {
		return err
	}
	return out.articles.flush(ctx)
}

// pieces reads the newest version of every article and resolves its names on
// its local day.
func (job *rebuild) pieces(ctx context.Context) ([]*piece, error) {
	var pieces []*piece
	err := each(ctx, job.in.conn, "rebuild_articles", named("region", job.region.Code), func(rows driver.Rows) error {
		var p piece
		var authors, editors, photographers []string
		if err := rows.Scan(&p.url, &p.title, &p.published, &p.firstSeen, &p.channel, &p.source, &p.opdRaw, &p.sumberRaw,
			&authors, &editors, &photographers, &p.place, &p.words, &p.textHash, &p.simHash, &p.flags); err != nil {
			return err
		}
		on := job.local(p.firstSeen)
		if p.published != nil {
			on = job.local(*p.published)
		}
		p.sourceOPD = job.names.opd.resolve(p.opdRaw, on)
		p.sumberOPD = job.names.opd.resolve(p.sumberRaw, on)
		p.authors = p.persons(job, authors, on)
		p.editors = p.persons(job, editors, on)
		p.photographers = p.persons(job, photographers, on)
		pieces = append(pieces, &p)
		return nil
	})
	return pieces, err
}

// persons resolves bylines and remembers the names that mean nobody known,
// except those that name no person at all.
func (p *piece) persons(job *rebuild, names []string, on time.Time) []string {
	ids := []string{}
	for _, name := range names {
		switch id := job.names.people.resolve(name, on); {
		case id != "":
			ids = union(ids, id)
		case !byline.IsUnknownAuthor(name):
			p.unmatched = union(p.unmatched, name)
		}
	}
	return ids
}

func union(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// ownOPD is the OPD of the article by itself, outside any story.
func (p *piece) ownOPD() string {
	if p.sumberOPD != "" {
		return p.sumberOPD
	}
	return p.sourceOPD
}

// articleRollup writes the two tables of the articles rollup.
type articleRollup struct {
	job               *rebuild
	stories, articles *rollupWriter
}

func (o *articleRollup) story(ctx context.Context, s story.Story, pieces []*piece) error {
	origin := pieces[s.Members[0]]
	place := ""
	channels, authors, editors, photographers := []string{}, []string{}, []string{}, []string{}
	for _, i := range s.Members {
		p := pieces[i]
		if place == "" {
			place = placeName(p.place)
		}
		channels = union(channels, p.channel)
		authors = union(authors, p.authors...)
		editors = union(editors, p.editors...)
		photographers = union(photographers, p.photographers...)
	}
	return o.stories.add(ctx, o.job, s.ID, s.OPD, creditText(s, pieces), *origin.published, o.job.day(*origin.published), origin.title,
		origin.url, place, uint32(len(s.Members)), channels, authors, editors, photographers)
}

// creditText is the text that the story's OPD was read from; for a story
// without an OPD the first text there is, which a person can decide about.
func creditText(s story.Story, pieces []*piece) string {
	first := ""
	for _, bySumber := range []bool{true, false} {
		for _, i := range s.Members {
			text, opd := pieces[i].opdRaw, pieces[i].sourceOPD
			if bySumber {
				text, opd = pieces[i].sumberRaw, pieces[i].sumberOPD
			}
			if text != "" && opd == s.OPD {
				return text
			}
			if first == "" {
				first = text
			}
		}
	}
	return first
}

func (o *articleRollup) article(ctx context.Context, p *piece, storyID uint64, origin bool, opd string) error {
	return o.articles.add(ctx, o.job, p.url, p.title, p.published, o.job.optionalDay(p.published), p.firstSeen, o.job.day(p.firstSeen),
		p.channel, p.source, storyID, origin, opd, p.sourceOPD, p.opdRaw, p.sumberRaw, opd == "", orEmpty(p.unmatched),
		placeName(p.place), p.words, p.flags)
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

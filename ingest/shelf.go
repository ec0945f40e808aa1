package ingest

import (
	"context"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/date"
	"gaung/ingest/story"
)

// shelf holds every article of a region while its stories are found: what the
// clustering compares, and beside it, at the same index, what else the rollup
// writes. Near copies can stand years apart, so the articles cannot be taken a
// stretch of time at a time; a million of them must fit into memory, and names
// and lists that repeat are therefore kept once.
type shelf struct {
	articles []story.Article
	pieces   []piece
	texts    interned[string]
	lists    interned[any]       // each a []string, in the form in which it is sent
	splits   map[string][]string // lists by the text they came as
}

// piece is what the clustering does not look at. Numbers are places in the
// shelf's texts and lists.
type piece struct {
	seen                                     int64 // first seen, milliseconds since 1970
	source, opdRaw, sumberRaw, place         uint32
	channel, authors, editors, photographers uint32
	unmatched, flags                         uint32
	signs                                    signs
	spelling                                 spelling // of the address
}

// interned keeps every different value once.
type interned[T any] struct {
	values []T
	places map[string]uint32
}

func (in *interned[T]) put(key string, value T) uint32 {
	if n, ok := in.places[key]; ok {
		return n
	}
	if in.places == nil {
		in.places = map[string]uint32{}
	}
	n := uint32(len(in.values))
	in.values = append(in.values, value)
	in.places[key] = n
	return n
}

func (in *interned[T]) of(n uint32) T { return in.values[n] }

func (s *shelf) text(t string) uint32 { return s.texts.put(t, t) }

// once is the text itself, sharing the memory of all its equals.
func (s *shelf) once(t string) string { return s.texts.of(s.text(t)) }

func (s *shelf) list(l []string) uint32 {
	key := strings.Join(l, listMark)
	if n, ok := s.lists.places[key]; ok {
		return n // before the list is made into a value, which takes memory
	}
	return s.lists.put(key, orEmpty(l))
}

// single is the list of one value, which may be empty.
func (s *shelf) single(value string) uint32 {
	key := listMark + listMark + value
	if n, ok := s.lists.places[key]; ok {
		return n
	}
	return s.lists.put(key, []string{value})
}

// listMark parts the values of a list that comes as one text.
const listMark = "\x00"

// split is the list that comes as one text; none is the empty list.
func (s *shelf) split(joined string) []string {
	if joined == "" {
		return nil
	}
	if list, ok := s.splits[joined]; ok {
		return list
	}
	list := strings.Split(joined, listMark)
	s.splits[joined] = list
	return list
}

// namesAt is the list of that number.
func (s *shelf) namesAt(n uint32) []string { return s.lists.of(n).([]string) }

// shelfRow is an article as the warehouse gives it.
type shelfRow struct {
	article                                     story.Article
	published                                   *time.Time
	firstSeen                                   time.Time
	precision, source, opdRaw, sumberRaw, place string
	authors, editors, photographers, flags      string // lists, see sql/rebuild_articles.sql
	words                                       uint32
	spelling                                    uint8
}

func (r *shelfRow) scan(rows driver.Rows) error {
	a := &r.article
	return rows.Scan(&a.URL, &a.Title, &r.published, &r.precision, &r.firstSeen, &a.Channel, &r.source, &r.opdRaw, &r.sumberRaw,
		&r.authors, &r.editors, &r.photographers, &r.place, &r.words, &a.TextHash, &a.SimHash, &r.flags, &r.spelling)
}

// shelf reads the newest version of every article and resolves its names on
// its local day.
func (job *rebuild) shelf(ctx context.Context) (*shelf, error) {
	about, err := job.in.number(ctx, "key_estimate", "region", job.region.Code)
	if err != nil {
		return nil, err
	}
	room := int(about + about/32)
	s := &shelf{articles: make([]story.Article, 0, room), pieces: make([]piece, 0, room), splits: map[string][]string{}}
	scan := func(rows driver.Rows, r *shelfRow) error { return r.scan(rows) }
	err = eachAhead(ctx, job.in.conn, "rebuild_articles", named("region", job.region.Code), scan, func(r *shelfRow) error {
		job.put(s, r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// put puts an article on the shelf.
func (job *rebuild) put(s *shelf, r *shelfRow) {
	a, on := r.article, job.local(r.firstSeen)
	if r.published != nil {
		a.PublishedAt = r.published.UTC()
		on = job.local(*r.published)
	}
	a.Words, a.Channel, a.DayOnly = int(r.words), s.once(a.Channel), r.precision == string(date.Day)
	a.SourceOPD, a.SumberOPD = s.once(job.names.opd.resolve(r.opdRaw, on)), s.once(job.names.opd.resolve(r.sumberRaw, on))
	var unmatched []string
	persons := func(joined string) uint32 { return s.list(job.persons(s.split(joined), on, &unmatched)) }
	p := piece{
		seen: r.firstSeen.UnixMilli(), source: s.text(r.source), opdRaw: s.text(r.opdRaw), sumberRaw: s.text(r.sumberRaw), place: s.text(r.place),
		authors: persons(r.authors), editors: persons(r.editors), photographers: persons(r.photographers),
		channel: s.single(a.Channel), flags: s.list(s.split(r.flags)),
	}
	p.spelling, p.unmatched = spelling(r.spelling), s.list(unmatched)
	s.articles, s.pieces = append(s.articles, a), append(s.pieces, p)
}

// persons resolves bylines and adds the names that mean nobody known to
// unmatched, except those that name no person at all.
func (job *rebuild) persons(names []string, on time.Time, unmatched *[]string) []string {
	var ids []string
	for _, name := range names {
		switch id := job.names.people.resolve(name, on); {
		case id != "":
			ids = union(ids, id)
		case !job.names.namesNobody(name):
			*unmatched = union(*unmatched, name)
		}
	}
	return ids
}

// link is the address that leads to the i-th article.
func (s *shelf) link(i int) string { return s.pieces[i].spelling.link(s.articles[i].URL) }

// ownOPD is the OPD of an article by itself, outside any story.
func (s *shelf) ownOPD(i int) string {
	if a := &s.articles[i]; a.SumberOPD == "" {
		return a.SourceOPD
	}
	return s.articles[i].SumberOPD
}

// creditText is the text that the story's OPD was read from; for a story
// without an OPD the first text there is, which a person can decide about.
func (s *shelf) creditText(of story.Story) string {
	first := ""
	for _, bySumber := range []bool{true, false} {
		for _, i := range of.Members {
			text, opd := s.texts.of(s.pieces[i].opdRaw), s.articles[i].SourceOPD
			if bySumber {
				text, opd = s.texts.of(s.pieces[i].sumberRaw), s.articles[i].SumberOPD
			}
			if text != "" && opd == of.OPD {
				return text
			}
			if first == "" {
				first = text
			}
		}
	}
	return first
}

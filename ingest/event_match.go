package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

const (
	// A story belongs to an event of its OPD from a day before it (an
	// announcement) to a week after it.
	eventDaysBefore = 1
	eventDaysAfter  = 7
	// minSimilarity is the share of the shorter title's words that both titles
	// have; minShared is how many words that must be at least, unless the
	// event's title has fewer.
	minSimilarity = 0.5
	minShared     = 2
	// maxEventLag is how far an event may lie before its story, in days. A
	// date further back is a misread one.
	maxEventLag = 365
)

// fillers are words that say nothing about which event is meant.
var fillers = map[string]bool{
	"dan": true, "atau": true, "di": true, "ke": true, "dari": true, "pada": true, "dalam": true, "untuk": true, "dengan": true,
	"yang": true, "bagi": true, "oleh": true, "serta": true, "tentang": true, "terkait": true, "guna": true, "rangka": true,
	"para": true, "se": true, "tahun": true, "tingkat": true, "kegiatan": true, "acara": true,
}

// titleWords are the telling words of a title, each once: letters and digits
// in lower case, without fillers.
func titleWords(title string) map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !fillers[word] {
			words[word] = true
		}
	}
	return words
}

// announced is an event of an OPD's agenda.
type announced struct {
	id    string
	day   int64 // days since 1970-01-01
	words map[string]bool
}

// newAnnounced leaves the words of the venue out of the title, which often
// ends in "… di Aula Kantor Camat", if anything is left then: events at one
// venue are not alike for that.
func newAnnounced(id string, day int64, title, venue string) announced {
	words := titleWords(title)
	subject := titleWords(title)
	for word := range titleWords(venue) {
		delete(subject, word)
	}
	if len(subject) > 0 {
		words = subject
	}
	return announced{id: id, day: day, words: words}
}

// similarity is the overlap coefficient of the two sets of words (Szymkiewicz
// 1934; Simpson 1960): words in both by words of the shorter one. It is 0
// where too few are shared for it to mean anything.
func (a announced) similarity(title map[string]bool) float64 {
	shared := 0
	for word := range a.words {
		if title[word] {
			shared++
		}
	}
	if shared == 0 || shared < min(minShared, len(a.words)) {
		return 0
	}
	return float64(shared) / float64(min(len(a.words), len(title)))
}

// told is a story as far as matching goes.
type told struct {
	day      int64
	eventDay *int64 // the day of the event that the article gives
	words    map[string]bool
}

// eventBook holds the events of every OPD by day.
type eventBook map[string]map[int64][]announced

func (b eventBook) add(opd string, e announced) {
	if b[opd] == nil {
		b[opd] = map[int64][]announced{}
	}
	b[opd][e.day] = append(b[opd][e.day], e)
}

// match finds the one event of the OPD that a story is about: on the event
// day it gives, else within the window around its own day; the most similar
// title wins, then the nearer day, the earlier day, the lower id. Whether
// other stories match the same event does not matter, so that a later story
// never changes what an earlier one is about.
func (b eventBook) match(opd string, s told) (event announced, similarity float64, ok bool) {
	from, to := s.day-eventDaysAfter, s.day+eventDaysBefore
	if s.eventDay != nil {
		from, to = *s.eventDay, *s.eventDay
	}
	distance := func(e announced) int64 { return max(s.day-e.day, e.day-s.day) }
	for day := from; day <= to; day++ {
		for _, e := range b[opd][day] {
			score := e.similarity(s.words)
			if score < minSimilarity {
				continue
			}
			better := !ok || cmp.Or(
				cmp.Compare(score, similarity), cmp.Compare(distance(event), distance(e)),
				cmp.Compare(event.day, e.day), strings.Compare(event.id, e.id)) > 0
			if better {
				event, similarity, ok = e, score, true
			}
		}
	}
	return event, similarity, ok
}

// sorted puts the events of a day in the order of their ids, for the same
// answer whatever the order they were read in.
func (b eventBook) sorted() eventBook {
	for _, days := range b {
		for _, events := range days {
			slices.SortFunc(events, func(x, y announced) int { return strings.Compare(x.id, y.id) })
		}
	}
	return b
}

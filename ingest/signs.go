package ingest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/story"
)

// signs are what only the comparison with other articles shows. They stand
// among the flags of the rollups and never change a count; docs/DATA.md
// explains them to people.
type signs uint8

const (
	signBackdated signs = 1 << iota
	signBurst
	signNearCopy
)

// signNames are the flags in the order of the bits.
var signNames = [...]string{"backdated", "burst", "near_copy"}

func (s signs) names() []string {
	names := []string{}
	for bit, name := range signNames {
		if s>>bit&1 == 1 {
			names = append(names, name)
		}
	}
	return names
}

const (
	// lateAfter is how far before the first sight a date may lie (fairness.md
	// F11: three days).
	lateAfter = 3 * 24 * time.Hour
	// burstStories is how many stories of one OPD within burstSpan are still
	// ordinary.
	burstStories = 5
	burstSpan    = time.Hour
	// closingShare of a month's stories on its closingDays is a rush to meet a
	// quota, from closingLeast stories on: of seven at random days three or
	// more fall there once in a hundred months.
	closingShare = 0.4
	closingDays  = 2
	closingLeast = 3
)

// markBackdated marks articles whose date the polls disprove: the source
// answered more than three days after the date and did not have the article
// yet. What was published before the source was first polled, or while nobody
// answered, is not marked.
func (job *rebuild) markBackdated(ctx context.Context, s *shelf) error {
	first := map[string]time.Time{}
	err := each(ctx, job.in.conn, "first_answers", named("region", job.region.Code), func(rows driver.Rows) error {
		var source string
		var at time.Time
		err := rows.Scan(&source, &at)
		first[source] = at
		return err
	})
	if err != nil || len(first) == 0 {
		return err
	}
	var late []int
	sources := map[string]bool{}
	for i := range s.articles {
		source := s.texts.of(s.pieces[i].source)
		begun, polled := first[source]
		if latest := s.latestDate(i); !polled || latest.IsZero() || s.articles[i].PublishedAt.Before(begun) ||
			time.UnixMilli(s.pieces[i].seen).Sub(latest) <= lateAfter {
			continue
		}
		late = append(late, i)
		sources[source] = true
	}
	if len(late) == 0 {
		return nil
	}
	answers, err := job.answers(ctx, sources)
	if err != nil {
		return err
	}
	for _, i := range late {
		p := &s.pieces[i]
		polls := answers[s.texts.of(p.source)]
		n, _ := slices.BinarySearch(polls, p.seen)
		if n > 0 && polls[n-1] > s.latestDate(i).Add(lateAfter).UnixMilli() {
			p.signs |= signBackdated
		}
	}
	return nil
}

// latestDate is the last instant that the publication date can mean, zero for
// an undated article.
func (s *shelf) latestDate(i int) time.Time {
	at := s.articles[i].PublishedAt
	if !at.IsZero() && s.articles[i].DayOnly {
		return at.Add(24 * time.Hour)
	}
	return at
}

// answers lists when the sources answered, in milliseconds since 1970, in
// order.
func (job *rebuild) answers(ctx context.Context, sources map[string]bool) (map[string][]int64, error) {
	names := make([]string, 0, len(sources))
	for name := range sources {
		names = append(names, name)
	}
	answers := map[string][]int64{}
	err := each(ctx, job.in.conn, "answers", named("region", job.region.Code, "sources", names), func(rows driver.Rows) error {
		var source string
		var at time.Time
		err := rows.Scan(&source, &at)
		answers[source] = append(answers[source], at.UnixMilli())
		return err
	})
	return answers, err
}

// released is one story of an OPD in time.
type released struct {
	opd   string
	at    time.Time
	day   time.Time // local
	timed bool      // the hour is known
	story int
}

// bursts tells, by story, which were published in a burst: more than five of
// one OPD within an hour, or a month of which more than 40 % stand on the last
// two days.
func bursts(job *rebuild, s *shelf, stories []story.Story) []bool {
	burst := make([]bool, len(stories))
	var all []released
	for n, st := range stories {
		if st.OPD == "" {
			continue
		}
		at := s.articles[st.Members[0]].PublishedAt
		all = append(all, released{opd: st.OPD, at: at, day: job.day(at), timed: !s.articles[st.Members[0]].DayOnly, story: n})
	}
	slices.SortStableFunc(all, func(a, b released) int { return cmp.Or(cmp.Compare(a.opd, b.opd), a.at.Compare(b.at)) })
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].opd == all[from].opd {
			to++
		}
		markCrowds(all[from:to], burst)
		markClosing(all[from:to], burst)
		from = to
	}
	return burst
}

// markCrowds marks more than five stories within an hour.
func markCrowds(stories []released, burst []bool) {
	timed := slices.DeleteFunc(slices.Clone(stories), func(r released) bool { return !r.timed })
	for i := range timed {
		j := i + burstStories
		if j >= len(timed) || timed[j].at.Sub(timed[i].at) >= burstSpan {
			continue
		}
		for _, r := range timed[i : j+1] {
			burst[r.story] = true
		}
	}
}

// markClosing marks the stories of the last two days of a month that hold too
// much of it.
func markClosing(stories []released, burst []bool) {
	for from := 0; from < len(stories); {
		y, m, _ := stories[from].day.Date()
		edge := time.Date(y, m+1, 1-closingDays, 0, 0, 0, 0, time.UTC)
		to, closing := from, from
		for ; to < len(stories) && stories[to].day.Year() == y && stories[to].day.Month() == m; to++ {
			if stories[to].day.Before(edge) {
				closing = to + 1
			}
		}
		if n := to - closing; n >= closingLeast && float64(n) > closingShare*float64(to-from) {
			for _, r := range stories[closing:to] {
				burst[r.story] = true
			}
		}
		from = to
	}
}

// nearCopy reports whether an article has a text of its own that is not the
// origin's to the letter.
func (s *shelf) nearCopy(i, origin int) bool {
	a, b := s.articles[i].TextHash, s.articles[origin].TextHash
	return a != 0 && b != 0 && a != b
}

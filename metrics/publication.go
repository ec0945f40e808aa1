package metrics

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// newDays is how long an OPD counts as new after its first day.
const newDays = 60

// storyCount is the stories of one OPD on one day that has any.
type storyCount struct {
	day     calendar.Day
	stories int
}

// articleCount is the articles of one OPD in the month.
type articleCount struct {
	articles, undated, unmatched, unknownPeople, nearCopies int
	channels                                                map[string]int // articles with a date
}

// add counts the articles of a channel; without a date they count as undated
// and for nothing else.
func (c *articleCount) add(opd, channel string, undated bool, n [4]uint64) {
	if undated {
		c.undated += int(n[0])
		return
	}
	c.articles += int(n[0])
	c.unmatched += int(n[1])
	c.unknownPeople += int(n[2])
	if channel == channelWebsite && opd != "" {
		c.nearCopies += int(n[3])
	}
	if c.channels == nil {
		c.channels = map[string]int{}
	}
	c.channels[channel] += int(n[0])
}

// channelWebsite is the channel of an OPD's own site.
const channelWebsite = "website"

// publicationData is what the engine says of the month's publication, by OPD
// code; "" stands for the OPD nobody could name.
type publicationData struct {
	stories  map[string][]storyCount
	articles map[string]articleCount
	last     map[string]calendar.Day
	first    *calendar.Day // of any story of the region, nil without one
}

// knows reports whether a period can be compared with: one that ended before
// the region's first story was not silent, it was not watched.
func (d publicationData) knows(p calendar.Period) bool { return d.first != nil && p.Last >= *d.first }

// publicationData reads stories and articles.
func (s *snapshot) publicationData(ctx context.Context, a *agencies) (publicationData, error) {
	d := publicationData{stories: map[string][]storyCount{}, articles: map[string]articleCount{}, last: map[string]calendar.Day{}}
	err := together(ctx,
		func(ctx context.Context) (err error) { d.first, err = s.firstStory(ctx); return err },
		func(ctx context.Context) error {
			first, last := s.storySpan(s.period())
			before, until := s.storySpan(s.query.earlier())
			if until >= first.Add(-1) { // both periods in one go
				first, last, until = min(first, before), max(last, until), before.Add(-1)
			}
			if err := s.storyCounts(ctx, first, last, d.stories); err != nil {
				return err
			}
			if err := s.lastStories(ctx, a, first, last, d); err != nil || until < before {
				return err
			}
			return s.storyCounts(ctx, before, until, d.stories)
		},
		func(ctx context.Context) error { return s.articleCounts(ctx, d.articles) },
	)
	return d, err
}

func (s *snapshot) articleCounts(ctx context.Context, out map[string]articleCount) error {
	return s.each(ctx, "articleCounts", rollupArticles, func(r driver.Rows) error {
		var opd, channel string
		var undated bool
		var n [4]uint64
		if err := r.Scan(&opd, &channel, &undated, &n[0], &n[1], &n[2], &n[3]); err != nil {
			return err
		}
		sum := out[opd]
		sum.add(opd, channel, undated, n)
		out[opd] = sum
		return nil
	})
}

// storySpan is the days whose stories a period needs, by the as-of day: its own,
// the ISO weeks that belong to it but stick out of it, and the days of grace.
func (s *snapshot) storySpan(p calendar.Period) (first, last calendar.Day) {
	first = p.First
	if weeks := p.Weeks(); len(weeks) > 0 {
		first = min(first, weeks[0].Monday)
	}
	return first, min(p.Last.Add(graceDays), s.asOf)
}

// storyCounts adds to out the stories of every OPD between two days.
func (s *snapshot) storyCounts(ctx context.Context, first, last calendar.Day, out map[string][]storyCount) error {
	byDay := make([]int, max(last.Sub(first)+1, 0))
	return s.each(ctx, "storyCounts", rollupArticles, func(r driver.Rows) error {
		var opd, days string // one day for each story
		if err := r.Scan(&opd, &days); err != nil {
			return err
		}
		clear(byDay)
		for text := range strings.SplitSeq(days, " ") {
			day, err := strconv.Atoi(text)
			if err != nil || calendar.Day(day) < first || calendar.Day(day) > last {
				return fmt.Errorf("day %q is not between %s and %s", text, first, last)
			}
			byDay[calendar.Day(day).Sub(first)]++
		}
		counts := out[opd]
		for i, n := range byDay {
			if n > 0 {
				counts = append(counts, storyCount{first.Add(i), n})
			}
		}
		out[opd] = counts
		return nil
	}, named("first", first), named("last", last))
}

// inPeriod adds up the stories, and the days with a story, of a period.
func inPeriod(counts []storyCount, p calendar.Period) (stories, days int) {
	for _, c := range counts {
		if p.Contains(c.day) {
			stories, days = stories+c.stories, days+1
		}
	}
	return stories, days
}

// inWeek adds up the stories of a week, whichever months it lies in.
func inWeek(counts []storyCount, w calendar.Week) int {
	n := 0
	for _, c := range counts {
		if c.day >= w.Monday && c.day <= w.Sunday() {
			n += c.stories
		}
	}
	return n
}

// publication builds the league table of publication.
func (s *snapshot) publication(a *agencies, t targets, src sources, d publicationData) Publication {
	p := Publication{OPD: []PublicationOPD{}}
	for _, counts := range kept(s, d.stories) {
		n, _ := inPeriod(counts, s.period())
		p.Stories += n
	}
	for _, n := range kept(s, d.articles) {
		p.Articles += n.articles
	}
	p.OPD = s.rankPublication(a, s.publicationRows(a, t, src, d))
	p.PublishedShare = publishedShare(p.OPD)
	return p
}

// publicationRows measures the OPD of the region that existed in the period.
func (s *snapshot) publicationRows(a *agencies, t targets, src sources, d publicationData) []publicationRow {
	var rows []publicationRow
	for _, o := range s.existing(a) {
		rows = append(rows, s.publicationRow(o, t, src, d))
	}
	return rows
}

// Heard reports whether the OPD counts for the share of OPD with a story: it has
// one, or its silence can be judged.
func (o PublicationOPD) Heard() bool {
	return o.Stories > 0 || o.Status != StatusNoSource && o.Status != StatusSourceFailed
}

// publishedShare is the share of OPD with a story among those whose silence
// can be judged: an OPD without a story whose source failed, or that has none,
// is left out. It is nil where nobody can be judged.
func publishedShare(rows []PublicationOPD) *float64 {
	published, judged := 0, 0
	for _, r := range rows {
		if r.Heard() {
			judged++
		}
		if r.Stories > 0 {
			published++
		}
	}
	if judged == 0 {
		return nil
	}
	share := float64(published) / float64(judged)
	return &share
}

// publicationRow measures one OPD.
func (s *snapshot) publicationRow(o agency, t targets, src sources, d publicationData) publicationRow {
	counts := d.stories[o.code]
	row := publicationRow{PublicationOPD: PublicationOPD{OPD: o.code, Name: o.name, Articles: d.articles[o.code].articles, Channels: d.articles[o.code].channels}}
	if row.Channels == nil {
		row.Channels = map[string]int{}
	}
	row.Stories, row.ActiveDays = inPeriod(counts, s.period())
	row.TargetPerWeek = t.in(o, calendar.WeekOf(s.period().Last)) // where no week belongs to the period
	for _, w := range s.period().Weeks() {
		// The last week's target is the one shown, whether the week is over or not.
		row.TargetPerWeek = t.in(o, w)
		if w.Sunday() > s.asOf {
			continue
		}
		row.Weeks++
		row.expected += row.TargetPerWeek
		if float64(inWeek(counts, w)) >= row.TargetPerWeek {
			row.WeeksMet++
		}
	}
	if last, ok := d.last[o.code]; ok {
		days := s.asOf.Sub(last)
		row.DaysSinceLast = &days
	}
	earlier := s.query.earlier()
	if n, _ := inPeriod(counts, earlier); d.knows(earlier) && (n > 0 || o.validIn(earlier.First, earlier.Last)) {
		row.PreviousStories = &n
	}
	row.Status = s.status(o, src, row.Stories)
	return row
}

// status says how the figures of an OPD are to be read. A missing or failed
// source outranks everything: then the figures say little about the OPD.
func (s *snapshot) status(o agency, src sources, stories int) OPDStatus {
	polls := src.byOPD[o.code].counted()
	switch {
	case !o.hasSource && polls.expected == 0:
		return StatusNoSource
	case polls.failed():
		return StatusSourceFailed
	case o.from != nil && s.to.Sub(*o.from) < newDays:
		return StatusNew
	case stories > 0:
		return StatusOK
	}
	return StatusQuiet
}

package metrics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// SourceState is how a source is doing.
type SourceState string

// The states of a source, the worst first.
const (
	SourceFailing SourceState = "failing" // the last poll was not answered
	SourceSilent  SourceState = "silent"  // it answers, but gives nothing new for too long
	SourceEmpty   SourceState = "empty"   // it answers for a week and has never given an item
	SourceWaiting SourceState = "waiting" // not polled yet
	SourceOK      SourceState = "ok"
)

const (
	// healthDays is the stretch over which polls are counted.
	healthDays = 30
	// rhythmDays is the stretch of publication days from which a source's own
	// rhythm is taken, and rhythmGaps how many gaps make one.
	rhythmDays = 365
	rhythmGaps = 5
	// silenceFactor times the usual longest gap, but at least silenceLeast
	// days, is silence that wants an explanation.
	silenceFactor = 3
	silenceLeast  = 7
)

// SourceHealth is what the polls and articles say of one configured source.
// Instants are UTC; what never happened is null.
type SourceHealth struct {
	Source string      `json:"source"`
	Kind   string      `json:"kind"`
	OPD    string      `json:"opd"` // as configured: a code, a name, or empty
	State  SourceState `json:"state"`
	// ConfiguredAt is when the program first saw the source in its
	// configuration; EverySeconds is the configured interval.
	ConfiguredAt time.Time `json:"configured_at"`
	EverySeconds int       `json:"every_seconds"`
	// Expected and Answered count the polls of the last 30 days. Expected are
	// those the schedule made, and those it left out while the source was left
	// alone after failures; while the program did not run none is expected.
	// AnsweredShare is null without an expected poll.
	Expected      int        `json:"expected"`
	Answered      int        `json:"answered"`
	AnsweredShare *float64   `json:"answered_share"`
	LastPoll      *time.Time `json:"last_poll"`
	LastSuccess   *time.Time `json:"last_success"`
	// LastNewItem is the last poll that brought an article not known before;
	// LastPublished the local day of the newest article.
	LastNewItem   *time.Time `json:"last_new_item"`
	LastPublished *string    `json:"last_published"`
	Articles      int        `json:"articles"`
	// BrokenSince is the first failure after the last answer, Reason the code
	// of the latest (docs/DATA.md lists them) and HTTPStatus its status, 0
	// when nothing answered. Reason is empty while the source answers.
	BrokenSince *time.Time `json:"broken_since"`
	Reason      string     `json:"reason"`
	HTTPStatus  int        `json:"http_status"`
	// UsualGapDays is the 90th percentile (nearest rank) of the days between
	// two days with an article within a year; SilentAfterDays is the greater
	// of three times that and seven days. Both are null while the source has
	// shown fewer than five gaps. QuietDays are the days since the last article
	// was published or found, whichever is later.
	UsualGapDays    *int `json:"usual_gap_days"`
	SilentAfterDays *int `json:"silent_after_days"`
	QuietDays       *int `json:"quiet_days"`
}

// Health tells how every configured source of a region is doing at the
// instant now, the worst first and by name among equals. A source taken out of
// the configuration is left out.
func (m *Metrics) Health(ctx context.Context, reg region.Region, now time.Time) ([]SourceHealth, error) {
	generations, err := m.generations(ctx, reg.Code)
	if err != nil {
		return nil, err
	}
	rhythms, err := m.sourceRhythms(ctx, reg, now, generations[rollupArticles])
	if err != nil {
		return nil, err
	}
	list := []SourceHealth{}
	since, _ := healthWindow(now)
	err = each(ctx, m.conn, "sourceHealth", func(r driver.Rows) error {
		var h SourceHealth
		var every, status uint32
		var expected, answered uint64
		var polled, success, found, broken *time.Time
		if err := r.Scan(&h.Source, &h.Kind, &h.OPD, &every, &h.ConfiguredAt, &expected, &answered, &polled, &success, &found,
			&broken, &h.Reason, &status); err != nil {
			return err
		}
		h.EverySeconds, h.ConfiguredAt, h.HTTPStatus = int(every), h.ConfiguredAt.UTC(), int(status)
		h.Expected, h.Answered = int(expected), int(answered)
		if expected > 0 {
			share := float64(answered) / float64(expected)
			h.AnsweredShare = &share
		}
		h.LastPoll, h.LastSuccess, h.LastNewItem, h.BrokenSince = inUTC(polled), inUTC(success), inUTC(found), inUTC(broken)
		h.judge(rhythms[h.Source], reg.Zone, now)
		list = append(list, h)
		return nil
	}, named("region", reg.Code), named("as_of_end", instant(now)), named("month_start", instant(since)))
	slices.SortStableFunc(list, func(a, b SourceHealth) int { return a.State.rank() - b.State.rank() })
	return list, err
}

// rank orders the states, the worst first.
func (s SourceState) rank() int {
	return slices.Index([]SourceState{SourceFailing, SourceSilent, SourceEmpty, SourceWaiting, SourceOK}, s)
}

func inUTC(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	at := t.UTC()
	return &at
}

// rhythm is when a source's articles were published.
type rhythm struct {
	articles int
	days     []int32 // distinct days within a year, in order
}

func (m *Metrics) sourceRhythms(ctx context.Context, reg region.Region, now time.Time, generation uint64) (map[string]rhythm, error) {
	today := calendar.DayOf(now, reg.Zone)
	rhythms := map[string]rhythm{}
	err := each(ctx, m.conn, "sourceRhythms", func(r driver.Rows) error {
		var source string
		var articles uint64
		var h rhythm
		if err := r.Scan(&source, &articles, &h.days); err != nil {
			return err
		}
		h.articles = int(articles)
		rhythms[source] = h
		return nil
	}, named("region", reg.Code), named("generation", generation), named("from", today.Add(-rhythmDays)), named("to", today))
	return rhythms, err
}

// usualGap is the 90th percentile of the days between publication days, by
// nearest rank; ok is false with too few.
func (r rhythm) usualGap() (gap int, ok bool) {
	if len(r.days) <= rhythmGaps {
		return 0, false
	}
	gaps := make([]int, 0, len(r.days)-1)
	for i, day := range r.days[1:] {
		gaps = append(gaps, int(day-r.days[i]))
	}
	slices.Sort(gaps)
	return gaps[(9*len(gaps)+9)/10-1], true
}

// judge fills in the rhythm and decides on the state.
func (h *SourceHealth) judge(r rhythm, zone *time.Location, now time.Time) {
	today := calendar.DayOf(now, zone)
	h.Articles = r.articles
	if len(r.days) > 0 {
		last := calendar.Day(r.days[len(r.days)-1])
		text := last.String()
		h.LastPublished = &text
		h.quiet(today.Sub(last))
	}
	if h.LastNewItem != nil {
		h.quiet(today.Sub(calendar.DayOf(*h.LastNewItem, zone)))
	}
	if gap, ok := r.usualGap(); ok {
		limit := max(silenceFactor*gap, silenceLeast)
		h.UsualGapDays, h.SilentAfterDays = &gap, &limit
	}
	switch {
	case h.LastPoll == nil:
		h.State = SourceWaiting
	case h.BrokenSince != nil:
		h.State = SourceFailing
	case h.QuietDays == nil && now.Sub(h.ConfiguredAt) >= silenceLeast*24*time.Hour:
		h.State = SourceEmpty
	case h.QuietDays != nil && h.SilentAfterDays != nil && *h.QuietDays > *h.SilentAfterDays:
		h.State = SourceSilent
	default:
		h.State = SourceOK
	}
}

// quiet keeps the shortest silence.
func (h *SourceHealth) quiet(days int) {
	if h.QuietDays == nil || days < *h.QuietDays {
		h.QuietDays = &days
	}
}

package ingest

import (
	"time"

	"gaung/ingest/source"
)

const (
	// pollsPerItem is how often a source is asked in the time it usually takes
	// it to publish once.
	pollsPerItem = 4
	// fastest and slowest bound how far a source's own rhythm moves the
	// configured interval: a half to four times of it.
	fastest = 2
	slowest = 4
	// shortestPace and longestPace bound it absolutely.
	shortestPace = time.Minute
	longestPace  = 7 * 24 * time.Hour
	// longestBackOff bounds the pause after failures, unless the interval
	// itself is longer.
	longestBackOff = 24 * time.Hour
	// together is how much sooner a poll may be made to go with others.
	together = time.Minute
	// jitter spreads the polls by up to a tenth of the pause either way, so
	// that sources of one interval do not come due together for ever.
	jitter = 0.1
)

// timetable decides when which source is due. It knows neither the clock nor
// the warehouse: both are told to it.
type timetable struct {
	entries []*timeEntry // in the order of the configuration
	byName  map[string]*timeEntry
	// random gives numbers of [0, 1).
	random func() float64
}

// timeEntry is one source in the timetable.
type timeEntry struct {
	source source.Source
	// pace is how often the source is asked while it answers.
	pace time.Duration
	due  time.Time
	// failures counts the polls in a row that were not answered, for the
	// reason of the last.
	failures int
	reason   string
	// slot is when the next poll would have been due, had the source not been
	// left alone after failures.
	slot time.Time
	// notBefore is until when the server asked to be left alone.
	notBefore time.Time
}

// pollHistory is what earlier runs of the program know of a source.
type pollHistory struct {
	last     time.Time // last poll made, zero for never
	failures int
	reason   string
	retryAt  time.Time // until when the server asked to be left alone
}

// newTimetable goes on where the history ends: due times survive a restart.
// What came due while nobody ran the program is due now, once.
func newTimetable(sources []source.Source, history map[regionSource]pollHistory, gaps map[regionSource]time.Duration, now time.Time, random func() float64) *timetable {
	t := &timetable{byName: map[string]*timeEntry{}, random: random}
	for _, s := range sources {
		key := regionSource{s.Region, s.Name}
		e := &timeEntry{source: s, pace: pace(s.Every, gaps[key]), due: now}
		if h := history[key]; !h.last.IsZero() {
			e.failures, e.reason = h.failures, h.reason
			t.settle(e, h.last, h.retryAt)
			// Nobody expected polls while the program did not run.
			for !e.slot.After(now) {
				e.slot = e.slot.Add(e.pace)
			}
		}
		t.entries = append(t.entries, e)
		t.byName[s.Name] = e
	}
	return t
}

// due names the sources whose time has come, and with them those whose time
// comes in a moment, so that the rollups are rebuilt once for all.
func (t *timetable) due(now time.Time) []string {
	if first := t.next(); first.IsZero() || now.Before(first) {
		return nil
	}
	var names []string
	for _, e := range t.entries {
		if moment := min(together, e.pace/10); !now.Add(moment).Before(e.due) && !now.Before(e.notBefore) {
			names = append(names, e.source.Name)
		}
	}
	return names
}

// next is when the first source comes due.
func (t *timetable) next() time.Time {
	var first time.Time
	for _, e := range t.entries {
		if first.IsZero() || e.due.Before(first) {
			first = e.due
		}
	}
	return first
}

// polled notes the outcome of a poll made at an instant; failure is nil when
// the source answered.
func (t *timetable) polled(name string, at time.Time, failure *SourceFailure) {
	e := t.byName[name]
	if e == nil {
		return
	}
	var retryAt time.Time
	if failure == nil {
		e.failures, e.reason = 0, ""
	} else {
		e.failures++
		e.reason = failure.Reason
		retryAt = at.Add(failure.RetryAfter)
	}
	t.settle(e, at, retryAt)
}

// settle books the next poll after one at an instant.
func (t *timetable) settle(e *timeEntry, at, retryAt time.Time) {
	pause := backOff(e.pace, e.failures)
	e.due = at.Add(pause + time.Duration(jitter*(2*t.random()-1)*float64(pause)))
	e.notBefore = retryAt
	if e.due.Before(retryAt) {
		e.due = retryAt
	}
	e.slot = at.Add(e.pace)
}

// postpone moves a poll that could not be made for no fault of the source.
func (t *timetable) postpone(name string, until time.Time) {
	if e := t.byName[name]; e != nil && e.due.Before(until) {
		e.due = until
	}
}

// rhythm tells how long the sources usually take to publish once. It counts
// from the next poll on.
func (t *timetable) rhythm(gaps map[regionSource]time.Duration) {
	for _, e := range t.entries {
		e.pace = pace(e.source.Every, gaps[regionSource{e.source.Region, e.source.Name}])
	}
}

// missedPoll is a poll that the schedule left out.
type missedPoll struct {
	source source.Source
	at     time.Time
	reason string
}

// missed lists, once, the polls that were due by now at the sources' ordinary
// pace and were left out because they failed before. A dead source must not
// look half alive because it is asked once a day only.
func (t *timetable) missed(now time.Time) []missedPoll {
	var list []missedPoll
	for _, e := range t.entries {
		if e.failures == 0 {
			continue
		}
		// A slot that the coming poll stands for is not missed.
		for !e.slot.After(now) && e.slot.Before(e.due.Add(-e.pace/2)) {
			list = append(list, missedPoll{source: e.source, at: e.slot, reason: e.reason})
			e.slot = e.slot.Add(e.pace)
		}
	}
	return list
}

// pace is how often a source is asked: four times in the time it usually takes
// to publish once, but between half of and four times the configured interval.
// A gap of 0 means that its rhythm is not known.
func pace(every, gap time.Duration) time.Duration {
	p := every
	if gap > 0 {
		p = min(max(gap/pollsPerItem, every/fastest), slowest*every)
	}
	return min(max(p, shortestPace), longestPace)
}

// backOff is the pause before the next poll: the pace, doubled with every
// further failure in a row, at most a day.
func backOff(pace time.Duration, failures int) time.Duration {
	pause := pace
	for range failures - 1 {
		if pause >= longestBackOff {
			break
		}
		pause *= 2
	}
	return max(pace, min(pause, longestBackOff))
}

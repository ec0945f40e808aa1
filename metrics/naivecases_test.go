package metrics

import (
	"fmt"
	"math/big"
	"slices"
	"time"

	"pgregory.net/rapid"

	"gaung/metrics/calendar"
)

// drawCases adds hand-overs, drafts, false news, events and their stories to a
// region around the first of a month.
func drawCases(t *rapid.T, w *world, first calendar.Day, opd *rapid.Generator[string]) {
	day := func(label string, from, days int) calendar.Day {
		return first.Add(rapid.IntRange(from, from+days).Draw(t, label))
	}
	maybe := func(label string, d calendar.Day, days int) *calendar.Day {
		if rapid.IntRange(0, 2).Draw(t, label+"?") == 0 {
			return nil
		}
		return ref(d.Add(rapid.IntRange(0, days).Draw(t, label)))
	}
	for i := range w.complaints {
		c := &w.complaints[i]
		c.officer = rapid.SampledFrom([]string{"", "p0", "p1", "p9"}).Draw(t, "officer")
		left := c.submitted
		for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "handed over") {
			left = left.Add(rapid.IntRange(0, 12).Draw(t, "left"))
			s := worldSpell{opd: opd.Draw(t, "next opd"), officer: "p0", taken: left.Add(rapid.IntRange(0, 4).Draw(t, "taken"))}
			if n := len(c.handed); n == 0 {
				c.misroutedA = ref(left)
			} else {
				c.handed[n-1].left = ref(left)
			}
			s.responded, s.resolved, s.left = maybe("responded", s.taken, 20), maybe("resolved", s.taken, 40), nil
			c.handed = append(c.handed, s)
			left = s.taken
		}
	}
	for i := range w.ppid {
		w.ppid[i].officer = rapid.SampledFrom([]string{"", "p0", "p1"}).Draw(t, "officer")
	}
	for range rapid.IntRange(0, 12).Draw(t, "drafts") {
		at := day("submitted", -20, 60).Time(w.region.Zone).Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute).UTC()
		s := worldSubmission{opd: opd.Draw(t, "opd"), submitted: &at, decision: rapid.SampledFrom([]string{"", "published", "published", "returned", "rejected"}).Draw(t, "decision")}
		if s.decision != "" && rapid.IntRange(0, 4).Draw(t, "dated") > 0 {
			s.decided = ref(at.Add(time.Duration(rapid.IntRange(-120, 15*24*60).Draw(t, "decided")) * time.Minute))
		}
		w.submissions = append(w.submissions, s)
	}
	for range rapid.IntRange(0, 8).Draw(t, "false news") {
		c := worldClarification{opd: opd.Draw(t, "opd"), spotted: day("spotted", -20, 60)}
		c.answered = maybe("answered", c.spotted.Add(-1), 30)
		w.clarifications = append(w.clarifications, c)
	}
	for range rapid.IntRange(0, 8).Draw(t, "events") {
		w.agenda = append(w.agenda, worldEvent{opd.Draw(t, "opd"), day("event", -20, 60)})
	}
	for range rapid.IntRange(0, 12).Draw(t, "told") {
		e := worldTold{opd: opd.Draw(t, "opd"), event: -1, authors: []string{rapid.SampledFrom([]string{"p0", "p1"}).Draw(t, "author")}}
		if len(w.agenda) > 0 && rapid.IntRange(0, 3).Draw(t, "of the agenda") > 0 {
			e.event = rapid.IntRange(0, len(w.agenda)-1).Draw(t, "event")
			e.opd, e.eventDay = w.agenda[e.event].opd, w.agenda[e.event].day
		} else {
			e.eventDay = day("event day", -20, 60)
		}
		e.day = e.eventDay.Add(rapid.IntRange(-1, 7).Draw(t, "after"))
		w.told = append(w.told, e)
	}
	for i := range 2 {
		w.people = append(w.people, worldPerson{fmt.Sprint("p", i), fmt.Sprint("Orang ", i), "pranata humas", "o0"})
	}
	places := []string{"", "Pangkalpinang", "KOTA PANGKAL PINANG", "Jakarta", "Kab. Bangka", "Bangka", "Bogor"}
	for i := range w.stories {
		s := &w.stories[i]
		s.place = rapid.SampledFrom(places).Draw(t, "place")
		s.authors = rapid.SampledFrom([][]string{nil, {"p0"}, {"p0", "p1"}}).Draw(t, "authors")
		s.editors = rapid.SampledFrom([][]string{nil, {"p1"}}).Draw(t, "editors")
	}
	for i := range w.articles {
		w.articles[i].channel = rapid.SampledFrom([]string{"website", "portal", "instagram"}).Draw(t, "channel")
	}
}

// spells are the hands a complaint is in by the as-of day: each OPD's share of
// it as a complaint of its own.
func (n naive) spells(c worldComplaint) []worldComplaint {
	out := []worldComplaint{c}
	for _, s := range c.handed {
		if s.taken <= n.asOf {
			out = append(out, worldComplaint{
				opd: s.opd, kind: c.kind, officer: s.officer, submitted: c.submitted, verified: c.verified, assigned: ref(s.taken),
				responded: s.responded, resolved: s.resolved, misroutedA: s.left,
			})
		}
	}
	return out
}

// inHand says how far a complaint has come as a whole.
func (n naive) inHand(c worldComplaint) (misrouted, responded, resolved bool) {
	for _, s := range n.spells(c) {
		misrouted = n.by(s.misroutedA)
		responded = responded || n.by(s.responded)
		resolved = resolved || n.by(s.resolved)
	}
	return misrouted, responded, resolved
}

// middle is the median of exact numbers.
func middle(values []*big.Rat) *float64 {
	if len(values) == 0 {
		return nil
	}
	slices.SortFunc(values, (*big.Rat).Cmp)
	sum := new(big.Rat).Add(values[len(values)/2], values[(len(values)-1)/2])
	f, _ := sum.Quo(sum, big.NewRat(2, 1)).Float64()
	return &f
}

func (n naive) submissionCounts(opd string, all bool) SubmissionCounts {
	var c SubmissionCounts
	var hours []*big.Rat
	for _, s := range n.w.submissions {
		if !all && s.opd != opd || !n.inMonth(calendar.DayOf(*s.submitted, n.w.region.Zone)) {
			continue
		}
		c.Sent++
		if s.decided != nil && calendar.DayOf(*s.decided, n.w.region.Zone) > n.asOf {
			continue
		}
		switch s.decision {
		case "published":
			c.Published++
		case "returned":
			c.Returned++
		case "rejected":
			c.Rejected++
		}
		if s.decided != nil {
			hours = append(hours, big.NewRat(max(0, int64(s.decided.Sub(*s.submitted)/time.Minute)), 60))
		}
	}
	if d := c.Published + c.Returned + c.Rejected; d > 0 {
		c.Acceptance = ref(float64(c.Published) / float64(d))
	}
	c.MedianHoursToDecision = middle(hours)
	return c
}

// told says which events of the month a story tells of, how many days after,
// and by whom.
func (n naive) told(opd string, all bool) (events, covered int, lags []*big.Rat, authors map[string]int) {
	authors = map[string]int{}
	for i, e := range n.w.agenda {
		if !n.inMonth(e.day) || !all && e.opd != opd {
			continue
		}
		events++
		first, by := calendar.Day(1<<30), map[string]bool{}
		for _, s := range n.w.told {
			if s.event == i && s.day <= n.asOf {
				first = min(first, s.day)
				for _, p := range s.authors {
					by[p] = true
				}
			}
		}
		if first < 1<<30 {
			covered++
			lags = append(lags, big.NewRat(int64(first-e.day), 1))
		}
		for p := range by {
			authors[p]++
		}
	}
	return events, covered, lags, authors
}

// compareRest checks what the report says beside ranking and cases.
func compareRest(t *rapid.T, n naive, r *Report) {
	check(t, "submissions", n.submissionCounts("", true), r.Submissions.SubmissionCounts)
	for _, row := range r.Submissions.OPD {
		check(t, "submissions of "+row.OPD, n.submissionCounts(row.OPD, false), row.SubmissionCounts)
	}
	var news []naiveCase
	for _, c := range n.w.clarifications {
		if n.inMonth(c.spotted) {
			nc := naiveCase{start: c.spotted}
			if n.by(c.answered) {
				nc.stop = c.answered
			}
			news = append(news, nc)
		}
	}
	row := n.row(news)
	answered := 0
	for _, c := range news {
		if c.stop != nil {
			answered++
		}
	}
	check(t, "clarifications", Clarifications{N: len(news), Answered: answered, Open: len(news) - answered, MedianWD: row.Median, RMSTWD: row.RMST, RMSTIsBound: row.Bound}, *r.Clarifications)
	compareAgenda(t, n, r)
	comparePeople(t, n, r)
	compareCoverage(t, n, r)
}

func compareAgenda(t *rapid.T, n naive, r *Report) {
	stories := slices.ContainsFunc(n.w.stories, func(s worldStory) bool { return s.day <= n.asOf })
	events, covered, _, authors := n.told("", true)
	want := Agenda{Events: events, OPD: r.Agenda.OPD}
	if stories {
		want.Covered = &covered
	}
	check(t, "agenda", want, r.Agenda)
	for _, row := range r.Agenda.OPD {
		events, covered, lags, _ := n.told(row.OPD, false)
		want := AgendaOPD{OPD: row.OPD, Name: row.Name, Events: events}
		if stories {
			want.Covered, want.MedianDaysToPublish = &covered, middle(lags)
		}
		check(t, "agenda of "+row.OPD, want, row)
	}
	for _, p := range r.People {
		var want *int
		if stories {
			want = ref(authors[p.PersonID])
		}
		check(t, "agenda of "+p.PersonID, want, p.AgendaCovered)
	}
	var lags []*big.Rat
	for _, s := range n.w.told {
		if n.inMonth(s.day) && s.eventDay <= s.day {
			lags = append(lags, big.NewRat(int64(s.day-s.eventDay), 1))
		}
	}
	check(t, "lag", []any{len(lags), middle(lags)}, []any{r.EventLag.Stories, r.EventLag.MedianDays})
}

func comparePeople(t *rapid.T, n naive, r *Report) {
	end := n.asOf.Time(time.UTC)
	year := calendar.Date(end.Year()-1, end.Month(), end.Day()) + 1
	if end.Month() == time.February && end.Day() == 29 {
		year-- // the year before ends on the 28th
	}
	judged := func(cases []naiveCase) HandledOnTime {
		row := n.row(cases)
		return HandledOnTime{Judged: row.OnTime + row.Late, OnTime: row.OnTime}
	}
	for _, p := range r.People {
		want := PersonWorks{PersonID: p.PersonID, Name: p.Name, Group: p.Group, OPD: "o0", AgendaCovered: p.AgendaCovered}
		for _, d := range n.w.worksByDay() {
			if d.person != p.PersonID || d.day > n.asOf || d.day < year {
				continue
			}
			want.Exposure.Works += int(d.n[3])
			if n.inMonth(d.day) {
				want.AsAuthor += int(d.n[0])
				want.AsEditor += int(d.n[1])
				want.AsPhotographer += int(d.n[2])
				want.ActiveDays++
			}
		}
		requests, complaints := n.handled(p.PersonID)
		want.PPIDHandled, want.PPIDOnTime = len(requests), judged(requests)
		want.ComplaintsHandled, want.ComplaintsOnTime = len(complaints), judged(complaints)
		want.Exposure.WorkingDays = ref(n.wd(year-1, n.asOf))
		want.Exposure.Enough = ref(want.Exposure.Works >= 10 && *want.Exposure.WorkingDays >= 40)
		check(t, "person "+p.PersonID, want, p)
	}
}

// handled are the cases of the month's cohort that a person handles.
func (n naive) handled(person string) (requests, complaints []naiveCase) {
	one := n
	w := *n.w
	one.w = &w
	w.ppid = nil
	for _, c := range n.w.ppid {
		if c.officer == person {
			w.ppid = append(w.ppid, c)
		}
	}
	var own []worldComplaint
	for _, c := range n.w.complaints {
		for _, s := range n.spells(c) {
			if s.officer == person {
				s.handed = nil
				own = append(own, s)
			}
		}
	}
	w.complaints = own
	return one.ppid(), one.complaints(false)
}

func compareCoverage(t *rapid.T, n naive, r *Report) {
	places, channels := map[string]int{}, map[string]map[string]int{}
	for _, s := range n.w.stories {
		if n.inMonth(s.day) {
			places[s.place]++
		}
	}
	got := map[string]int{"": r.PlaceCoverage.Unknown}
	for _, p := range r.Places {
		got[p.Place] = p.Stories
	}
	if places[""] == 0 {
		places[""] = 0
	}
	check(t, "places", places, got)
	sum := r.PlaceCoverage.Unknown + r.PlaceCoverage.Central + r.PlaceCoverage.Other
	for _, a := range r.PlaceCoverage.Areas {
		sum += a.Stories
	}
	check(t, "stories by area", r.Publication.Stories, sum)
	check(t, "central", places["Jakarta"], r.PlaceCoverage.Central)
	for _, a := range n.w.articles {
		if a.day != nil && n.inMonth(*a.day) {
			if channels[a.opd] == nil {
				channels[a.opd] = map[string]int{}
			}
			channels[a.opd][a.channel]++
		}
	}
	for _, row := range r.Publication.OPD {
		want := channels[row.OPD]
		if want == nil {
			want = map[string]int{}
		}
		check(t, "channels of "+row.OPD, want, row.Channels)
	}
}

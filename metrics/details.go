package metrics

import (
	"context"
	"maps"
	"slices"

	"gaung/metrics/calendar"
)

// DetailKind says which figure a [Detail] is counted in.
type DetailKind string

// The kinds of rows behind the figures of a report, in the order
// [Metrics.Details] gives them.
const (
	DetailStory         DetailKind = "story"          // publication.stories
	DetailArticle       DetailKind = "article"        // publication.articles
	DetailRequest       DetailKind = "ppid"           // ppid: received, and the cohort
	DetailObjection     DetailKind = "objection"      // ppid.objections
	DetailComplaint     DetailKind = "complaint"      // complaints.by_kind, verify, and the shares
	DetailFirstResponse DetailKind = "first_response" // complaints.first_response
	DetailResolve       DetailKind = "resolve"        // complaints.resolve
	DetailEvent         DetailKind = "event"          // agenda
)

// DetailKinds lists the kinds in the order [Metrics.Details] gives them.
func DetailKinds() []DetailKind {
	return []DetailKind{
		DetailStory, DetailArticle, DetailRequest, DetailObjection, DetailComplaint, DetailFirstResponse, DetailResolve, DetailEvent,
	}
}

// DetailState is how a case counts at the as-of day.
type DetailState string

// The states of a row. A row without a state is not counted by state: a story,
// an article, a request that was received in the month and belongs to the
// cohort of another, an event while no story has been matched with the agenda.
const (
	DetailOnTime    DetailState = "on_time"
	DetailLate      DetailState = "late"
	DetailPending   DetailState = "pending"
	DetailExcluded  DetailState = "excluded"
	DetailCovered   DetailState = "covered"
	DetailUncovered DetailState = "uncovered"
)

// Progress is how far a complaint has come, whichever agency it was with.
type Progress string

// The stages of a complaint submitted in the month. The empty one has had no
// answer yet.
const (
	ProgressMisrouted  Progress = "misrouted"
	ProgressFollowedUp Progress = "followed_up"
	ProgressResolved   Progress = "resolved"
)

// Detail is one row behind the figures of a month. It holds no identity of an
// applicant or reporter: there is none in the warehouse. Days are local days
// of the region, durations working days.
type Detail struct {
	Kind DetailKind `json:"kind"`
	// OPD and Name are empty where the OPD is not known. A complaint stands for
	// the last agency that had it.
	OPD  string `json:"opd"`
	Name string `json:"name"`
	// ID is the number in the register or the agenda; of an article, that of its story.
	ID       string `json:"id"`
	Title    string `json:"title"` // of stories, articles and events
	URL      string `json:"url"`
	Category string `json:"category"` // of a complaint and a request; the place of a story
	Type     string `json:"type"`     // kind of complaint; the request an objection is about
	Channel  string `json:"channel"`
	// Received is the day of receipt, where that is not what Day says.
	Received *calendar.Day `json:"received"`
	// Day is the day the row counts by: of publication, of the event, or the
	// day the clock started.
	Day calendar.Day `json:"day"`
	// Ended is the day the clock stopped or the case left; nil while it runs.
	Ended *calendar.Day `json:"ended"`
	// WaitWD and LimitWD are how long the case took, or has waited, and its limit.
	WaitWD   *int        `json:"wait_wd"`
	LimitWD  *int        `json:"limit_wd"`
	State    DetailState `json:"state"`
	Extended bool        `json:"extended"`
	Refused  bool        `json:"refused"`
	Reason   string      `json:"reason"` // of a refusal
	Progress Progress    `json:"progress"`
	// Roles are what a person did for a story, among the rows of that person
	// ([Metrics.PersonDetails]) only: author, editor, photographer.
	Roles []string `json:"roles,omitempty"`
	// Person is whose row it is, there only.
	Person string `json:"person,omitempty"`
}

// details hands the rows of one month to a reader.
type details struct {
	*snapshot
	agencies *agencies
	clock    clock
	emit     func(Detail) error
	wanted   func(DetailKind) bool
	// person is whose rows alone are given, those of everybody where it is empty;
	// nil for rows that are nobody's.
	person *string
}

// Details hands every row behind the figures of the month to emit, one kind
// after the other, by day; with kinds, only the rows of these. The number of rows is the figure: stories,
// articles, objections, complaints, the cohorts under every clock, events.
// Rows are read while they are handed on, so memory does not grow with them.
//
// Those of a closed month are the rows frozen with its newest edition, unless
// the query names an as-of day: then they are read from today's data, as are
// those of an edition that is older than the freezing of rows. An error of
// emit ends the reading and comes back wrapped. Other errors are those of
// [Metrics.Report].
func (m *Metrics) Details(ctx context.Context, q Query, emit func(Detail) error, kinds ...DetailKind) error {
	e, err := m.closed(ctx, q)
	if err != nil {
		return err
	}
	if e != nil && e.hasParts() {
		return m.DetailsOf(ctx, e, emit, kinds...)
	}
	if e != nil {
		if q.AsOf, err = parseAsOf(e.Report); err != nil {
			return err
		}
		q.AsOfSet = true
	}
	s, err := m.open(ctx, q)
	if err != nil {
		return err
	}
	return m.detailsFrom(ctx, s, emit, kinds...)
}

// DetailsOf is [Metrics.Details] for one edition, newest or not. An edition
// that froze no rows gives none.
func (m *Metrics) DetailsOf(ctx context.Context, e *Edition, emit func(Detail) error, kinds ...DetailKind) error {
	if !e.hasParts() {
		return nil
	}
	items := make([]string, len(kinds))
	for i, k := range kinds {
		items[i] = string(k)
	}
	return m.frozenDetails(ctx, e, sectionRows, items, emit)
}

// YearDetails hands the information requests of a month of the query's year,
// up to its own month, to emit, as they stood on the query's as-of day. For a
// closed month they are the ones frozen with it.
func (m *Metrics) YearDetails(ctx context.Context, q Query, month calendar.Month, emit func(Detail) error) error {
	e, err := m.closed(ctx, q)
	if err != nil {
		return err
	}
	switch {
	case e != nil && e.hasParts() && month == q.Month:
		return m.DetailsOf(ctx, e, emit, DetailRequest)
	case e != nil && e.hasParts():
		return m.frozenDetails(ctx, e, sectionYear, []string{month.String()}, emit)
	case e != nil:
		q.AsOf, err = parseAsOf(e.Report)
	default:
		q.AsOf, err = q.asOf()
	}
	if err != nil {
		return err
	}
	q = q.inMonth(month)
	q.AsOfSet = true
	return m.Details(ctx, q, emit, DetailRequest)
}

// detailsFrom reads the rows from one state of the data.
func (m *Metrics) detailsFrom(ctx context.Context, s *snapshot, emit func(Detail) error, kinds ...DetailKind) error {
	return m.detailsAbout(ctx, s, nil, emit, kinds...)
}

// detailsAbout is detailsFrom for the rows of a person; an empty one stands for
// everybody, and nil for rows that are nobody's.
func (m *Metrics) detailsAbout(ctx context.Context, s *snapshot, person *string, emit func(Detail) error, kinds ...DetailKind) error {
	d, err := m.details(ctx, s, emit)
	if err != nil {
		return forUser(err)
	}
	d.person = person
	wanted := func(list ...DetailKind) bool {
		return len(kinds) == 0 || slices.ContainsFunc(list, func(k DetailKind) bool { return slices.Contains(kinds, k) })
	}
	d.wanted = func(k DetailKind) bool { return wanted(k) }
	for _, part := range []struct {
		read  func(context.Context) error
		kinds []DetailKind
	}{
		{d.stories, []DetailKind{DetailStory}},
		{d.detailsArticles, []DetailKind{DetailArticle}},
		{d.detailsRequests, []DetailKind{DetailRequest}},
		{d.detailsObjections, []DetailKind{DetailObjection}},
		{d.detailsComplaints, []DetailKind{DetailComplaint}},
		{d.detailsClocks, []DetailKind{DetailFirstResponse, DetailResolve}},
		{func(ctx context.Context) error { return d.events(ctx, m) }, []DetailKind{DetailEvent}},
	} {
		if !wanted(part.kinds...) {
			continue
		}
		if err := part.read(ctx); err != nil {
			return forUser(err)
		}
	}
	return nil
}

func (m *Metrics) details(ctx context.Context, s *snapshot, emit func(Detail) error) (*details, error) {
	b := s.basis
	if b == nil {
		var err error
		if b, err = m.basisOf(ctx, s.query.Region.Code); err != nil {
			return nil, err
		}
	}
	a, err := s.agencies(ctx)
	if err != nil {
		return nil, err
	}
	return &details{snapshot: s, agencies: a, clock: s.clock(b.rules, b.calendar), emit: emit}, nil
}

// give completes a row with the name of its OPD and hands it on.
func (d *details) give(row Detail) error {
	if !d.wanted(row.Kind) || !d.scope.shows(row.OPD) {
		return nil
	}
	if row.OPD != "" {
		row.Name = d.agencies.name(row.OPD)
	}
	return d.emit(row)
}

// judge says how a case counts, by the same sums as the figures.
func judge(o outcome, days, limit int) DetailState {
	switch {
	case o == excluded:
		return DetailExcluded
	case days > limit:
		return DetailLate
	case o == stopped:
		return DetailOnTime
	}
	return DetailPending
}

// timed fills in wait, limit and state of a case under a rule.
func (d *details) timed(row *Detail, rule, kind string, segment uint32, what string, days int32) error {
	limit, err := d.clock.limit(rule, kind, segment, row.Extended)
	if err != nil {
		return err
	}
	wait := int(days)
	row.WaitWD, row.LimitWD, row.State = &wait, &limit, judge(outcome(what), wait, limit)
	return nil
}

// events are the events of the month with the first story that tells of each.
func (d *details) events(ctx context.Context, m *Metrics) error {
	q := d.query
	q.AsOf, q.AsOfSet = d.asOf, true
	list, err := m.AgendaList(ctx, q)
	if err != nil {
		return err
	}
	told, err := d.toldEventsOf(ctx)
	if err != nil {
		return err
	}
	for _, e := range list {
		day, err := calendar.ParseDay(e.Date)
		if err != nil {
			return err
		}
		row := Detail{Kind: DetailEvent, OPD: e.OPD, ID: e.ID, Title: e.Title, Day: day}
		if e.Stories != nil {
			if row.State = DetailUncovered; *e.Stories > 0 {
				row.State = DetailCovered
			}
		}
		if e.First != nil {
			row.URL = e.First.URL
		}
		if d.person == nil {
			if err := d.give(row); err != nil {
				return err
			}
			continue
		}
		for _, person := range slices.Sorted(maps.Keys(told)) {
			if row.Person = person; !told[person][e.ID] {
				continue
			}
			if err := d.give(row); err != nil {
				return err
			}
		}
	}
	return nil
}

package metrics

import (
	"maps"
	"slices"
)

// reportCount is one count of a report: how many of something there were in the
// period. A count that a report does not have counts as none.
type reportCount struct {
	countKey
	name string // of the OPD
	n    int
}

// countKey says what is counted: whose (empty for the region's), the path of
// the figure in the registry, and for a figure kept by kind, channel or place
// the one that is meant.
type countKey struct{ opd, figure, item string }

// counts lists the counts of what happened in the period, the region's first,
// in the order they are told. Works of people are added up over the people, so
// that nobody is named. Shares, times, scores and places follow from the
// counts; how the figures came about (the panel of fairness, refused rows and
// polls) changes with every import and is no count of the period.
func (r *Report) counts() []reportCount {
	c := &counting{}
	c.publication(&r.Publication)
	c.requests(&r.PPID)
	c.complaints(&r.Complaints)
	c.work(r)
	c.doubts(&r.DataQuality)
	return c.list
}

type counting struct{ list []reportCount }

func (c *counting) add(ref OPDRef, figure string, n int) {
	c.list = append(c.list, reportCount{countKey{ref.OPD, figure, ""}, ref.Name, n})
}

// addKnown adds a figure that may be missing.
func (c *counting) addKnown(ref OPDRef, figure string, n *int) {
	if n != nil {
		c.add(ref, figure, *n)
	}
}

func (c *counting) addEach(ref OPDRef, figure string, by map[string]int) {
	for _, item := range slices.Sorted(maps.Keys(by)) {
		c.list = append(c.list, reportCount{countKey{ref.OPD, figure, item}, ref.Name, by[item]})
	}
}

func (c *counting) publication(p *Publication) {
	all := OPDRef{}
	c.add(all, "publication.stories", p.Stories)
	c.add(all, "publication.articles", p.Articles)
	c.add(all, "publication.republished", p.Republished)
	c.flags(all, "publication.flags", p.Flags)
	for i := range p.OPD {
		o := &p.OPD[i]
		ref := OPDRef{o.OPD, o.Name}
		c.add(ref, "publication.opd.stories", o.Stories)
		c.add(ref, "publication.opd.weeks_met", o.WeeksMet)
		c.add(ref, "publication.opd.articles", o.Articles)
		c.add(ref, "publication.opd.weeks", o.Weeks)
		c.add(ref, "publication.opd.active_days", o.ActiveDays)
		c.add(ref, "publication.opd.republished", o.Republished)
		c.addEach(ref, "publication.opd.channels", o.Channels)
		c.flags(ref, "publication.opd.flags", o.Flags)
	}
}

func (c *counting) flags(ref OPDRef, at string, f PublicationFlags) {
	c.add(ref, at+".bursts", f.Bursts)
	c.add(ref, at+".backdated", f.Backdated)
	c.add(ref, at+".near_copies", f.NearCopies)
}

func (c *counting) requests(p *PPID) {
	all := OPDRef{}
	c.add(all, "ppid.received", p.Received)
	c.states(all, "ppid", p.CaseCounts)
	c.add(all, "ppid.extended", p.Extended)
	c.add(all, "ppid.refused", p.Refused)
	c.add(all, "ppid.objections", p.Objections)
	c.cases("ppid.opd", p.OPD)
}

func (c *counting) states(ref OPDRef, at string, n CaseCounts) {
	c.add(ref, at+".on_time", n.OnTime)
	c.add(ref, at+".late", n.Late)
	c.add(ref, at+".pending", n.Pending)
	c.add(ref, at+".excluded", n.Excluded)
}

func (c *counting) cases(at string, rows []CaseOPD) {
	for i := range rows {
		ref := OPDRef{rows[i].OPD, rows[i].Name}
		c.add(ref, at+".n", rows[i].N)
		c.states(ref, at, rows[i].CaseCounts)
	}
}

func (c *counting) complaints(p *Complaints) {
	all := OPDRef{}
	c.addEach(all, "complaints.by_kind", p.ByKind)
	c.add(all, "complaints.shares_n", p.SharesN)
	c.add(all, "complaints.verify.n", p.Verify.N)
	c.add(all, "complaints.verify.on_time", p.Verify.OnTime)
	c.add(all, "complaints.verify.late", p.Verify.Late)
	c.add(all, "complaints.verify.pending", p.Verify.Pending)
	c.cases("complaints.first_response.opd", p.FirstResponse.OPD)
	c.cases("complaints.resolve.opd", p.Resolve.OPD)
}

// work counts what OPD and people did besides publishing and answering.
func (c *counting) work(r *Report) {
	all := OPDRef{}
	if s := r.Submissions; s != nil {
		c.drafts(all, "submissions", s.SubmissionCounts)
		for _, o := range s.OPD {
			c.drafts(OPDRef{o.OPD, o.Name}, "submissions.opd", o.SubmissionCounts)
		}
	}
	if k := r.Clarifications; k != nil {
		c.add(all, "clarifications.n", k.N)
		c.add(all, "clarifications.answered", k.Answered)
		c.add(all, "clarifications.open", k.Open)
	}
	c.add(all, "agenda.events", r.Agenda.Events)
	c.addKnown(all, "agenda.covered", r.Agenda.Covered)
	for _, o := range r.Agenda.OPD {
		ref := OPDRef{o.OPD, o.Name}
		c.add(ref, "agenda.opd.events", o.Events)
		c.addKnown(ref, "agenda.opd.covered", o.Covered)
	}
	c.add(all, "event_lag.stories", r.EventLag.Stories)
	for _, o := range r.EventLag.OPD {
		c.add(OPDRef{o.OPD, o.Name}, "event_lag.opd.stories", o.Stories)
	}
	c.places(r)
	c.addKnown(all, "staffing.opd_with_pranata_humas", r.Staffing.OPDWithPranataHumas)
	c.people(r.People)
}

func (c *counting) drafts(ref OPDRef, at string, n SubmissionCounts) {
	c.add(ref, at+".sent", n.Sent)
	c.add(ref, at+".published", n.Published)
	c.add(ref, at+".returned", n.Returned)
	c.add(ref, at+".rejected", n.Rejected)
}

func (c *counting) places(r *Report) {
	all := OPDRef{}
	by, areas := map[string]int{}, map[string]int{}
	for _, p := range r.Places {
		by[p.Place] += p.Stories
	}
	for _, a := range r.PlaceCoverage.Areas {
		areas[a.Name] += a.Stories
	}
	c.addEach(all, "places.stories", by)
	c.addEach(all, "place_coverage.areas.stories", areas)
	c.add(all, "place_coverage.central", r.PlaceCoverage.Central)
	c.add(all, "place_coverage.other", r.PlaceCoverage.Other)
	c.add(all, "place_coverage.unknown", r.PlaceCoverage.Unknown)
}

func (c *counting) people(list []PersonWorks) {
	var sum PersonWorks
	var events int
	for i := range list {
		p := &list[i]
		sum.AsAuthor += p.AsAuthor
		sum.AsEditor += p.AsEditor
		sum.AsPhotographer += p.AsPhotographer
		sum.PPIDHandled += p.PPIDHandled
		sum.ComplaintsHandled += p.ComplaintsHandled
		if p.AgendaCovered != nil {
			events += *p.AgendaCovered
		}
	}
	all := OPDRef{}
	c.add(all, "people.as_author", sum.AsAuthor)
	c.add(all, "people.as_editor", sum.AsEditor)
	c.add(all, "people.as_photographer", sum.AsPhotographer)
	c.add(all, "people.ppid_handled", sum.PPIDHandled)
	c.add(all, "people.complaints_handled", sum.ComplaintsHandled)
	c.add(all, "people.agenda_covered", events)
}

func (c *counting) doubts(q *DataQuality) {
	all := OPDRef{}
	c.add(all, "data_quality.unmatched_opd", q.UnmatchedOPD)
	c.add(all, "data_quality.unmatched_people", q.UnmatchedPeople)
	c.add(all, "data_quality.undated_articles", q.UndatedArticles)
	c.add(all, "data_quality.inconsistent_dates", q.InconsistentDates)
}

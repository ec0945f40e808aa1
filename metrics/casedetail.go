package metrics

import (
	"context"
	"strconv"
	"strings"

	"gaung/metrics/calendar"
)

// The sorts of case.
const (
	CasePPID      = "ppid"
	CaseObjection = "objection"
	CaseComplaint = "complaint"
)

// CaseQuery asks for one case. The month of Query serves its default as-of day
// alone.
type CaseQuery struct {
	Query
	// Case is ppid, objection or complaint; ID the registration number, the
	// number of the objection or the tracking id.
	Case string
	ID   string
	// OPD is the OPD's code; only requests need it, where several OPD use the
	// number.
	OPD string
}

// CaseDetail is one case as it stood at the end of the as-of day. Dates are
// local days; a stamp later than the as-of day is nil.
type CaseDetail struct {
	Region    string      `json:"region"`
	Case      string      `json:"case"`
	ID        string      `json:"id"`
	Kind      string      `json:"kind"`    // of a complaint
	Request   string      `json:"request"` // the request an objection is about
	Status    string      `json:"status"`
	AsOf      string      `json:"as_of"`
	Received  string      `json:"received"`
	Completed *string     `json:"completed"`
	Withdrawn *string     `json:"withdrawn"`
	Delivered *string     `json:"delivered"`
	Refused   bool        `json:"refused"`
	Clocks    []CaseClock `json:"clocks"`
}

// CaseClock is one clock of a case with its day-by-day ledger. The ledger ends
// on the day the clock stopped or the case left the OPD, and for a clock that
// runs on its due day, or on the as-of day if that is later.
type CaseClock struct {
	CaseRef
	// Spell numbers the agencies that had a complaint in hand, from 1.
	Spell int       `json:"spell"`
	From  string    `json:"from"`
	Due   string    `json:"due"`
	Limit int       `json:"limit"` // working days
	Law   string    `json:"law"`
	State CaseState `json:"state"`
	Stop  *string   `json:"stop"`
	Left  *string   `json:"left"` // the day it left the OPD, or was withdrawn
	// DaysUsed is working days, CalendarDays calendar days, from the start to
	// the stop, the day it left, or the as-of day.
	DaysUsed     int           `json:"days_used"`
	CalendarDays int           `json:"calendar_days"`
	Inconsistent bool          `json:"inconsistent"` // the stop is stamped before the start
	Ledger       []LedgerEntry `json:"ledger"`
}

// Case looks up one case. Errors are *UserError for a case that is not known by
// the as-of day, a number that several OPD use, a sort of case there is not,
// and those of [Metrics.Report].
func (m *Metrics) Case(ctx context.Context, q CaseQuery) (*CaseDetail, error) {
	s, err := m.open(ctx, q.Query)
	if err != nil {
		return nil, err
	}
	j, err := s.judging(ctx, m)
	if err != nil {
		return nil, err
	}
	look := map[string]func(context.Context, CaseQuery) (*caseFile, error){
		CasePPID: s.caseRequests, CaseObjection: s.caseObjections, CaseComplaint: s.caseSpells,
	}[q.Case]
	if look == nil {
		return nil, userError(BadValue, "jenis kasus {1} tidak dikenal; pilih {2}, {3} atau {4}", strconv.Quote(q.Case), CasePPID, CaseObjection, CaseComplaint)
	}
	file, err := look(ctx, q)
	if err != nil {
		return nil, err
	}
	if file == nil {
		return nil, userError(NotFound, "kasus {1} bernomor {2} tidak ada sampai {3}; periksa nomornya", q.Case, strconv.Quote(q.ID), s.asOf)
	}
	file.Region, file.Case, file.ID, file.AsOf = q.Region.Code, q.Case, q.ID, s.asOf.String()
	file.Clocks = []CaseClock{}
	for _, c := range file.clocks {
		clock, err := s.caseClock(j, c)
		if err != nil {
			return nil, forUser(err)
		}
		file.Clocks = append(file.Clocks, clock)
	}
	return &file.CaseDetail, nil
}

// caseFile is a case with its clocks, not judged yet.
type caseFile struct {
	CaseDetail
	clocks []clockOfCase
}

// clockOfCase is a clock of a case with the day the case left the OPD, and the
// day it was received where the clock started later.
type clockOfCase struct {
	caseClock
	spell          int
	stop, left     *calendar.Day
	received       calendar.Day
	waitsForPapers bool
}

// by leaves out a day after the as-of day.
func (s *snapshot) by(day *int32) *calendar.Day {
	if day == nil || calendar.Day(*day) > s.asOf {
		return nil
	}
	return optionalDay(day)
}

// end settles when the clock stopped running, if it has.
func (c *clockOfCase) end(asOf calendar.Day) {
	c.ranTo, c.stopped = asOf, false
	switch {
	case c.left != nil:
		c.ranTo = *c.left
	case c.stop != nil:
		c.ranTo, c.stopped = *c.stop, true
	}
}

func (s *snapshot) caseClock(j judging, c clockOfCase) (CaseClock, error) {
	c.end(s.asOf)
	found, err := c.judge(j.book, j.calendar)
	if err != nil {
		return CaseClock{}, err
	}
	out := CaseClock{
		CaseRef: c.ref(j.agencies), Spell: c.spell, From: c.start.String(), Due: found.due.String(), Limit: found.limit,
		Law: found.rule.basis(), State: found.state, Stop: dayText(c.stop), Left: dayText(c.left),
		DaysUsed: found.used, CalendarDays: max(c.ranTo.Sub(c.start), 0), Inconsistent: c.stop != nil && *c.stop < c.start,
	}
	until := c.ranTo
	switch {
	case c.left != nil:
		out.State = StateExcluded
	case !c.stopped:
		until = max(until, found.due)
	}
	lines, err := ledger(j.calendar, found.rule, c.extended, c.start, until)
	if err != nil {
		return CaseClock{}, err
	}
	if c.waitsForPapers {
		lines = append(waiting(c.received, c.start), lines...)
	}
	out.Ledger = lines
	return out, nil
}

func dayText(d *calendar.Day) *string {
	if d == nil {
		return nil
	}
	t := d.String()
	return &t
}

// several says that a number alone does not name a case.
func several(id string, opds []string) error {
	return userError(BadValue, "nomor {1} dipakai beberapa OPD ({2}); sebutkan OPD-nya", strconv.Quote(id), strings.Join(opds, ", "))
}

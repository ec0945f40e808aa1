package ingest

import (
	"strings"
	"time"
)

// complaintSpell is a complaint while one OPD had it in hand. Its stamps are
// those of the spell: misrouted is when the OPD gave it away, next when the
// following OPD took it, nil for the last spell.
type complaintSpell struct {
	complaint
	next *time.Time
}

// complaintSpells reads the hand-overs out of the versions of a complaint,
// oldest first. A later version opens a new spell when
//
//   - it names another OPD, and was assigned anew: later than the OPD before
//     it was, which held the complaint by an assignment of its own or gave it
//     away before the new one, or
//   - it names another OPD after the one before it was marked misrouted, or
//   - the same OPD was assigned it again after it was marked misrouted.
//
// Any other change, of the OPD too, corrects the record: there was never
// another OPD. The first OPD's spell ends when it gave the complaint away, at
// the latest when the next one took it. Stamps from before a hand-over are not
// the next OPD's doing and do not stop its clocks.
func complaintSpells(history []complaint) []complaintSpell {
	spells := []complaintSpell{{complaint: history[0]}}
	for _, version := range history[1:] {
		i := len(spells) - 1
		before := spells[i]
		if taken, ok := handedOver(before, version); ok {
			before.misrouted, before.next = before.given(version, taken), &taken
			before.responded, before.resolved = notAfter(before.responded, *before.misrouted), notAfter(before.resolved, *before.misrouted)
			spells[i] = before
			version.assigned = &taken
			spells = append(spells, complaintSpell{complaint: version}.after(before))
			continue
		}
		corrected := complaintSpell{complaint: version}
		if i > 0 {
			if corrected.assigned == nil || corrected.assigned.Before(*spells[i-1].next) {
				corrected.assigned = before.assigned
			}
			spells[i-1].next = corrected.assigned
			corrected = corrected.after(spells[i-1])
		}
		spells[i] = corrected
	}
	// What the complaint is and when it was verified is not a matter of spells.
	last := history[len(history)-1]
	for i := range spells {
		spells[i].kind, spells[i].submitted, spells[i].verified = last.kind, last.submitted, last.verified
	}
	return spells
}

// handedOver says whether the next version shows the complaint in other hands,
// and since when.
func handedOver(before complaintSpell, next complaint) (taken time.Time, ok bool) {
	if next.opdRaw == "" || before.opdRaw == "" {
		return taken, false // in nobody's hands yet, or the column was not filled in
	}
	anew := next.assigned != nil && next.assigned.After(before.start())
	if before.sameOPD(next) {
		if anew && before.misrouted != nil && !next.assigned.Before(*before.misrouted) {
			return *next.assigned, true
		}
		return taken, false
	}
	if before.misrouted != nil {
		if anew && !next.assigned.Before(*before.misrouted) {
			return *next.assigned, true
		}
		return *before.misrouted, true
	}
	if anew && (before.assigned != nil || next.misrouted != nil && !next.misrouted.After(*next.assigned)) {
		return *next.assigned, true
	}
	return taken, false
}

func (s complaintSpell) sameOPD(next complaint) bool {
	if s.opd != "" || next.opd != "" {
		return s.opd == next.opd
	}
	return strings.EqualFold(s.opdRaw, next.opdRaw)
}

// start is when the clocks of the OPD began.
func (s complaintSpell) start() time.Time {
	switch {
	case s.assigned != nil:
		return *s.assigned
	case s.verified != nil:
		return *s.verified
	}
	return s.submitted
}

// given is when the OPD gave the complaint away that the next one took: its
// own stamp, else the one that came with the new OPD, else the new assignment.
func (s complaintSpell) given(next complaint, taken time.Time) *time.Time {
	for _, stamp := range []*time.Time{s.misrouted, next.misrouted} {
		if stamp != nil && !stamp.Before(s.start()) && !stamp.After(taken) {
			return stamp
		}
	}
	return &taken
}

// after leaves out the stamps that the spell before it has left in the row.
func (s complaintSpell) after(before complaintSpell) complaintSpell {
	since := func(stamp, old *time.Time) *time.Time {
		if stamp == nil || stamp.Before(*s.assigned) || old != nil && stamp.Equal(*old) {
			return nil
		}
		return stamp
	}
	s.responded, s.resolved = since(s.responded, before.responded), since(s.resolved, before.resolved)
	s.misrouted = since(s.misrouted, before.misrouted)
	return s
}

func notAfter(stamp *time.Time, end time.Time) *time.Time {
	if stamp != nil && stamp.After(end) {
		return nil
	}
	return stamp
}

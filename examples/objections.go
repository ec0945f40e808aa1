package examples

import (
	"fmt"
	"slices"
	"time"
)

// objection is a keberatan against how a request was handled (UU 14/2008
// Pasal 35 and 36).
type objection struct {
	no                 string
	request            *request
	received, answered time.Time
	reason, decision   string
}

// makeObjections makes about thirty objections, against refusals, silence and
// late answers.
func (r *Regency) makeObjections() []*objection {
	c, reasons := newChance("objections"), r.words.cases["alasan-keberatan"]
	var list []*objection
	for _, q := range r.requests {
		var reason string
		var found time.Time // when the applicant could know
		late := r.calendar.add(q.received, extendedLimit)
		switch {
		case q.backwards() || !q.withdrawn.IsZero():
			continue
		case q.refusal != "" && c.maybe(0.32):
			reason, found = reasons[0], q.notified
		case q.notified.IsZero() && late.Before(endDay) && c.maybe(0.35):
			reason, found = reasons[2], late
		case q.notified.After(late) && c.maybe(0.12):
			reason, found = reasons[6], late
		case q.decision == "Diberikan sebagian" && c.maybe(0.08):
			reason, found = reasons[3+c.IntN(3)], q.notified
		default:
			continue
		}
		o := &objection{request: q, reason: reason, received: c.after(r.calendar, found, c.between(1, 25))}
		if !o.received.Before(endDay) {
			continue
		}
		if t := c.after(r.calendar, o.received, max(2, int(c.lag(17)))); t.Before(endDay) {
			o.answered, o.decision = t, pick(c, r.words.cases["putusan-keberatan"])
		}
		list = append(list, o)
	}
	slices.SortStableFunc(list, func(a, b *objection) int { return a.received.Compare(b.received) })
	for i, o := range list {
		o.no = fmt.Sprintf("KB-%03d/%d", i+1, o.received.In(zone).Year())
	}
	return list
}

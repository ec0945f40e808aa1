package examples

import "time"

// Cases that slip through are found again: an office goes through what is open
// in the weeks after. A few stay at the two offices that are known for it.
var (
	neverCleared = map[string]int{"DPUPR": 4, "Itda": 2} // complaints
	neverNoticed = map[string]int{"DPUPR": 1}            // requests
)

// leftSince is from when on a case may stay forgotten for good: none of the
// last year's.
var leftSince = at(2026, time.February, 1, 0, 0)

// clearComplaints finishes the complaints that were forgotten, each step some
// weeks late. What has not come to its end by the end of the data is open.
func (r *Regency) clearComplaints(list []*complaint) {
	c, left := newChance("backlog of complaints"), map[string]int{}
	for _, k := range list {
		if !k.misrouted.IsZero() || !k.resolved.IsZero() {
			continue
		}
		short := k.office.short
		if k.submitted.After(leftSince) && !k.verified.IsZero() && left[short] < neverCleared[short] {
			left[short]++
			continue
		}
		r.clearComplaint(c, k)
	}
}

func (r *Regency) clearComplaint(c chance, k *complaint) {
	// step sets a moment so many working days after another, if there is one.
	step := func(set *time.Time, after time.Time, low, high int, status string) bool {
		if set.IsZero() {
			t := c.after(r.calendar, after, c.between(low, high))
			if !t.Before(endDay) {
				return false
			}
			*set, k.status = t, status
		}
		return true
	}
	if !step(&k.verified, k.submitted, 4, 9, "Belum ditindaklanjuti") || !step(&k.assigned, k.verified, 0, 2, "Belum ditindaklanjuti") {
		return
	}
	if k.officer == "" {
		k.officer = r.officer(c, k.office)
	}
	days := int(k.kind.days * k.office.complaintPace)
	if step(&k.responded, k.assigned, 6, 18, "Proses") {
		step(&k.resolved, k.responded, max(days-2, 1), days+14, "Selesai")
	}
}

// clearRequests notifies the applicants of requests that were forgotten, those
// who objected after their objection.
func (r *Regency) clearRequests() {
	c, left := newChance("backlog of requests"), map[string]int{}
	objected := map[*request]time.Time{}
	for _, o := range r.objections {
		objected[o.request] = o.received
	}
	for _, q := range r.requests {
		if !q.notified.IsZero() || !q.withdrawn.IsZero() || q.status == "Belum lengkap" {
			continue
		}
		short := q.office.short
		if q.received.After(leftSince) && left[short] < neverNoticed[short] {
			left[short]++
			continue
		}
		start := q.received
		if !q.completed.IsZero() {
			start = q.completed
		}
		t := c.after(r.calendar, start, c.between(11, 24))
		if since := objected[q]; t.Before(since) {
			t = c.after(r.calendar, since, c.between(1, 8))
		}
		if t.Before(endDay) {
			q.answer(c, r.words.cases, r.calendar, t)
		}
	}
}

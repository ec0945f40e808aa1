package examples

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// request is a PPID information request. Instants are zero where a step has
// not happened by the end of the data.
type request struct {
	office                    *office
	number                    int    // running within office and year
	no                        string // as registered
	received, completed       time.Time
	notified, delivered       time.Time
	withdrawn                 time.Time
	category, topic, channel  string
	purpose                   string
	status, decision, refusal string
	extended                  bool
	officer                   string
	held, softcopy, wantsCopy bool // ticks of the register form
}

// dinkes keeps its own register instead of a share of ppid.csv.
const dinkes = "Dinkes"

// usualLimit and extendedLimit are the working days of UU 14/2008 Pasal 22.
const (
	usualLimit    = 10
	extendedLimit = 17
)

// makeRequests makes every office's requests of the whole time.
func (r *Regency) makeRequests() []*request {
	var list []*request
	for _, o := range r.offices {
		c := newChance("requests " + o.code)
		var own []*request
		for _, received := range r.receiptTimes(c, o) {
			own = append(own, r.makeRequest(c, o, received))
		}
		perYear := make(map[int]int)
		for _, q := range own {
			year := q.received.In(zone).Year()
			perYear[year]++
			q.number = perYear[year]
			q.no = fmt.Sprintf("%03d/PPID-%s/%d", q.number, strings.ToUpper(strings.ReplaceAll(o.short, " ", "")), year)
			if o.short == dinkes {
				q.no = fmt.Sprintf("%d/%d", q.number, year)
			}
		}
		list = append(list, own...)
	}
	r.spoilRequests(list)
	slices.SortStableFunc(list, func(a, b *request) int { return a.received.Compare(b.received) })
	return list
}

// receiptTimes are the moments of receipt, more of them after the Right to
// Know Day of 28 September 2026. An office with a single request gets it in
// October 2026: the one that must not lead a ranking.
func (r *Regency) receiptTimes(c chance, o *office) []time.Time {
	from, end := o.span()
	campaign := at(2026, time.September, 28, 0, 0)
	var list []time.Time
	for len(list) < o.requests {
		day := from.AddDate(0, 0, c.IntN(int(end.Sub(from).Hours()/24)))
		if o.requests == 1 {
			day = at(2026, time.October, c.between(1, 9), 0, 0)
		} else if day.Before(campaign) && c.maybe(0.72) {
			continue
		}
		t := c.officeHour(day, day)
		if !r.calendar.working(day) && c.maybe(0.8) || c.maybe(0.1) {
			// The web form knows no office hours, the counter does.
			if !r.calendar.working(day) && c.maybe(0.7) {
				continue
			}
			t = day.Add(time.Duration(17*60+c.IntN(6*60)) * time.Minute)
		}
		list = append(list, t)
	}
	slices.SortFunc(list, time.Time.Compare)
	return list
}

func (r *Regency) makeRequest(c chance, o *office, received time.Time) *request {
	words := r.words.cases
	topics := words["informasi"]
	if o.peers == "RSUD" {
		topics = words["informasi-rsud"]
	}
	q := &request{
		office: o, received: received, category: pick(c, words["kategori"]), topic: pick(c, topics), channel: pick(c, words["saluran-ppid"]),
		purpose: pick(c, words["tujuan"]), officer: r.officer(c, o), held: true, softcopy: c.maybe(0.75), wantsCopy: c.maybe(0.8),
	}
	start := received
	if c.maybe(0.12) {
		q.completed = c.after(r.calendar, received, c.between(1, 4))
		start = q.completed
	}
	if q.completed.After(endDay) {
		q.completed, q.status = time.Time{}, "Belum lengkap"
		return q
	}
	days := max(1, int(c.lag(o.requestDays)+0.5))
	if days > usualLimit && c.maybe(0.7) {
		q.extended, days = true, min(days+c.between(0, 3), 26)
	}
	switch {
	case c.maybe(0.04):
		if left := c.after(r.calendar, start, c.between(0, 6)); left.Before(endDay) {
			q.withdrawn, q.status, q.decision = left, "Dicabut pemohon", "Dicabut"
			return q
		}
	case c.maybe(0.02 * o.requestDays / 6):
		// Forgotten for a while; see clearRequests.
		q.status = "Diproses"
		return q
	}
	if answered := c.after(r.calendar, start, days); answered.Before(endDay) {
		q.answer(c, words, r.calendar, answered)
	} else if q.status = "Diproses"; q.extended {
		if q.extended = r.calendar.since(start, endDay) > usualLimit; q.extended {
			q.status = "Diperpanjang"
		}
	}
	return q
}

// answer notifies the applicant and, unless refused, hands the information
// over some days later.
func (q *request) answer(c chance, words sections, cal calendar, t time.Time) {
	q.notified, q.status = t, "Selesai"
	switch c.weighted([]float64{0.78, 0.1, 0.07, 0.05}) {
	case 0:
		q.decision = pick(c, []string{"Dikabulkan", "Dikabulkan seluruhnya", "Diberikan seluruhnya"})
	case 1:
		q.decision = "Diberikan sebagian"
	case 2:
		q.decision, q.refusal, q.status = "Ditolak", pick(c, words["alasan-tolak"]), "Ditolak"
		return
	case 3:
		q.decision, q.status, q.held = "Tidak dikuasai, diteruskan", "Diteruskan", false
		return
	}
	if handed := c.after(cal, t, c.weighted([]float64{4, 3, 2, 1, 1})); handed.Before(endDay) {
		q.delivered = handed
	}
}

// officer is who handled a case: one of the office's people, often unnamed.
func (r *Regency) officer(c chance, o *office) string {
	people := r.peopleOf(o)
	if len(people) == 0 || c.maybe(0.1) {
		return ""
	}
	return pick(c, people).name
}

// spoilRequests plants what registers get wrong: notices dated before the
// request.
func (r *Regency) spoilRequests(list []*request) {
	planted := 0
	for _, q := range list {
		if planted < 3 && q.office.short == "BPKAD" && !q.notified.IsZero() && q.completed.IsZero() && q.received.After(at(2026, time.August, 1, 0, 0)) {
			q.notified = q.received.AddDate(0, 0, -2)
			q.delivered = time.Time{}
			planted++
		}
	}
}

// backwards says that the notice stands before the request.
func (q *request) backwards() bool { return !q.notified.IsZero() && q.notified.Before(q.received) }

package examples

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// complaint is an SP4N-LAPOR!-like complaint: its clocks and classes, without
// a reporter or a text. Instants are zero where a step has not happened.
type complaint struct {
	id                            string
	kind                          complaintKind
	office                        *office
	submitted, verified, assigned time.Time
	responded, resolved           time.Time
	misrouted                     time.Time
	status, category, channel     string
	rating                        string
	officer                       string
}

// complaintKind is a class of PermenPANRB 62/2018 with its share of all
// complaints and the mean working days its offices take to resolve it.
type complaintKind struct {
	name  string
	share float64
	days  float64
}

var complaintKinds = []complaintKind{
	{"Pengaduan Tidak Berkadar Pengawasan", 0.66, 8},
	{"Permintaan Informasi", 0.17, 3},
	{"Aspirasi", 0.13, 3.5},
	{"Pengaduan Berkadar Pengawasan", 0.04, 34},
}

const complaintCount = 1500

// makeComplaints makes all complaints of the whole time.
func (r *Regency) makeComplaints() []*complaint {
	c := newChance("complaints")
	weights := make([]float64, len(r.offices))
	for i, o := range r.offices {
		weights[i] = o.complaints
	}
	shares := make([]float64, len(complaintKinds))
	for i, k := range complaintKinds {
		shares[i] = k.share
	}
	days := int(endDay.Sub(firstDay).Hours() / 24)
	var list []*complaint
	for len(list) < complaintCount {
		// People complain at night and on Sundays too, and more every year.
		day := int(float64(days) * math.Pow(c.Float64(), 0.8))
		t := firstDay.AddDate(0, 0, day).Add(time.Duration(c.between(6*60, 23*60+59)) * time.Minute)
		if o := r.offices[c.weighted(weights)]; o.exists(t) && t.Before(endDay) && !t.Before(firstDay) {
			list = append(list, r.makeComplaint(c, o, complaintKinds[c.weighted(shares)], t))
		}
	}
	slices.SortStableFunc(list, func(a, b *complaint) int { return a.submitted.Compare(b.submitted) })
	r.clearComplaints(list)
	for i, k := range list {
		k.id = fmt.Sprintf("99%05d", i+1)
	}
	return list
}

func (r *Regency) makeComplaint(c chance, o *office, kind complaintKind, submitted time.Time) *complaint {
	words := r.words.cases
	k := &complaint{
		kind: kind, office: o, submitted: submitted, category: r.category(c, o), channel: pick(c, words["saluran-pengaduan"]),
		status: "Belum terverifikasi",
	}
	// The Diskominfo verifies; it has become quicker.
	wait := 1.9
	if submitted.After(at(2026, time.March, 1, 0, 0)) {
		wait = 1.2
	}
	verified := c.after(r.calendar, submitted, int(c.lag(wait)))
	if !verified.Before(endDay) || c.maybe(0.006) {
		return k
	}
	k.verified, k.status = verified, "Belum ditindaklanjuti"
	assigned := c.after(r.calendar, verified, c.weighted([]float64{6, 3, 1}))
	if !assigned.Before(endDay) {
		return k
	}
	k.assigned, k.officer = assigned, r.officer(c, o)
	if c.maybe(0.05) {
		if left := c.after(r.calendar, assigned, c.between(0, 4)); left.Before(endDay) {
			k.misrouted, k.status = left, "Bukan wewenang"
		}
		return k
	}
	r.handle(c, k)
	return k
}

// category is what people complain to an office about.
func (r *Regency) category(c chance, o *office) string {
	var own []string
	for _, line := range r.words.cases["kategori-pengaduan"] {
		if short, category, _ := strings.Cut(line, " ; "); short == o.short || short == "lainnya" && len(own) == 0 {
			own = append(own, category)
		}
	}
	return pick(c, own)
}

// handle is the office's part: a first response, later the resolution. Both
// may lie beyond the end of the data; a few complaints are forgotten for a
// while (see clearComplaints).
func (r *Regency) handle(c chance, k *complaint) {
	pace := k.office.complaintPace
	if c.maybe(0.03 * pace) {
		return
	}
	first := c.after(r.calendar, k.assigned, int(c.lag(2.6*pace)))
	if !first.Before(endDay) {
		return
	}
	k.responded, k.status = first, "Proses"
	if c.maybe(0.04 * pace) {
		return
	}
	done := c.after(r.calendar, first, int(c.lag(max(k.kind.days*pace-2, 0.8))))
	if !done.Before(endDay) {
		return
	}
	k.resolved, k.status = done, "Selesai"
	if c.maybe(0.3) {
		k.rating = pick(c, []string{"5", "5", "4", "4,5", "4", "3", "2", "1"})
	}
}

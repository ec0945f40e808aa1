// Package identity decides which agency or person a printed name means.
//
// A name resolves only when it equals, after normalising, exactly one known
// name or alias that is valid on the day. Similar names are suggested to a
// person with the evidence; they are never merged by similarity.
package identity

import (
	"slices"
	"time"
)

// Name is one way a target is written: an official name, a short name, a code
// or an alias decided by a person.
type Name struct {
	// Target is the agency's code or the person's id.
	Target string
	// Text is the name as printed.
	Text string
	// From and To are the first and the last day on which the text means the
	// target; the zero time leaves that side open. Only the calendar day in the
	// time's own location counts.
	From, To time.Time
}

// Resolver finds targets by name. It is immutable and safe for concurrent use.
type Resolver struct {
	normalize func(string) string
	tails     []string
	exact     map[string][]Name // by normalised name
	cut       map[string][]Name // by normalised name without its region
	known     []knownName
}

// NewOPD makes a resolver for agencies. regionNames are the names of the region
// the agencies belong to ("Kabupaten Contoh"): a name resolves with or without
// its region at the end, unless that makes two agencies of one name.
func NewOPD(names []Name, regionNames ...string) *Resolver {
	return build(names, NormalizeOPD, regionTails(regionNames))
}

// NewPeople makes a resolver for persons.
func NewPeople(names []Name) *Resolver {
	return build(names, NormalizePerson, nil)
}

func build(names []Name, normalize func(string) string, tails []string) *Resolver {
	r := &Resolver{
		normalize: normalize,
		tails:     tails,
		exact:     make(map[string][]Name, len(names)),
		cut:       make(map[string][]Name),
	}
	for _, n := range names {
		key := normalize(n.Text)
		if key == "" {
			continue
		}
		r.exact[key] = append(r.exact[key], n)
		short, _ := cutTail(key, tails)
		r.cut[short] = append(r.cut[short], n)
		r.known = append(r.known, newKnownName(n, key, short))
	}
	return r
}

// Resolve returns the target that the text means on the day of on (in on's own
// location); with a zero on, validity is not looked at. ok is false when no
// name matches, or names of two targets do.
func (r *Resolver) Resolve(raw string, on time.Time) (target string, ok bool) {
	key := r.normalize(raw)
	if key == "" {
		return "", false
	}
	target, matches := valid(r.exact[key], on)
	if matches > 0 {
		return target, matches == 1
	}
	short, _ := cutTail(key, r.tails)
	target, matches = valid(r.cut[short], on)
	return target, matches == 1
}

// Knows reports whether any name matches the text, whatever its days and
// however many targets share it: a text that is known but does not resolve
// lacks a date or a decision, not an alias.
func (r *Resolver) Knows(raw string) bool {
	key := r.normalize(raw)
	if key == "" {
		return false
	}
	short, _ := cutTail(key, r.tails)
	return len(r.exact[key]) > 0 || len(r.cut[short]) > 0
}

// Shared returns the targets, sorted, if on some day the text means two or more
// of them, nil otherwise: on such a day it does not resolve.
func (r *Resolver) Shared(raw string) []string {
	key := r.normalize(raw)
	names := r.exact[key]
	if len(names) == 0 {
		short, _ := cutTail(key, r.tails)
		names = r.cut[short]
	}
	var targets []string
	for i, a := range names {
		for _, b := range names[i+1:] {
			if a.Target != b.Target && a.meets(b) {
				targets = append(targets, a.Target, b.Target)
			}
		}
	}
	slices.Sort(targets)
	return slices.Compact(targets)
}

// meets reports whether both names hold on one day.
func (n Name) meets(other Name) bool {
	before := func(a, b Name) bool { // a ends before b begins
		return !a.To.IsZero() && !b.From.IsZero() && civil(a.To) < civil(b.From)
	}
	return !before(n, other) && !before(other, n)
}

// valid counts the different targets among the names that hold on the day and
// returns one of them.
func valid(names []Name, on time.Time) (target string, targets int) {
	for _, n := range names {
		if !n.holds(on) || (targets > 0 && n.Target == target) {
			continue
		}
		if targets > 0 {
			return "", targets + 1
		}
		target, targets = n.Target, 1
	}
	return target, targets
}

// holds reports whether the name is valid on the day.
func (n Name) holds(on time.Time) bool {
	if on.IsZero() {
		return true
	}
	day := civil(on)
	return (n.From.IsZero() || day >= civil(n.From)) && (n.To.IsZero() || day <= civil(n.To))
}

// civil numbers the calendar days of all locations alike: yyyymmdd.
func civil(t time.Time) int {
	y, m, d := t.Date()
	return (y*100+int(m))*100 + d
}

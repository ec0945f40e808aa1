package ingest

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/byline"
	"gaung/ingest/identity"
	"gaung/warehouse/region"
)

// Kinds of human decisions in the aliases table.
const (
	aliasOPD    = "opd"
	aliasPerson = "person"
)

// names resolves the OPD and persons of one region. What a person decided
// goes before what the lists say, so a decision settles a short name that two
// OPD share.
type names struct {
	opd, people *resolver
	nobody      map[string]bool // answers of namesNobody
}

// namesNobody is [byline.IsUnknownAuthor], asked once a name.
func (n *names) namesNobody(name string) bool {
	answer, known := n.nobody[name]
	if !known {
		answer = byline.IsUnknownAuthor(name)
		n.nobody[name] = answer
	}
	return answer
}

// resolver remembers its answers: the same few names come back in every row.
type resolver struct {
	decided, listed *identity.Resolver
	answers         map[nameOnDay]string
}

type nameOnDay struct {
	text string
	day  int64
}

// resolve returns the code or person id that the text means on the day of on
// (in on's own zone), or "".
func (r *resolver) resolve(text string, on time.Time) string {
	if text == "" {
		return ""
	}
	key := nameOnDay{text, dayNumber(on)}
	if target, ok := r.answers[key]; ok {
		return target
	}
	target, ok := r.decided.Resolve(text, on)
	if !ok {
		target, ok = r.listed.Resolve(text, on)
	}
	if !ok {
		target = ""
	}
	r.answers[key] = target
	return target
}

// knows reports whether the text is anybody's name on any day.
func (r *resolver) knows(text string) bool { return r.decided.Knows(text) || r.listed.Knows(text) }

// shared are the targets between which nobody has decided, if the text is the
// name of several on one day.
func (r *resolver) shared(text string) []string {
	if r.decided.Knows(text) {
		return nil
	}
	return r.listed.Shared(text)
}

// dayNumber counts local days from 1970-01-01.
func dayNumber(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

func (in *Ingester) names(ctx context.Context, reg region.Region) (*names, error) {
	var opd, people, decidedOPD, decidedPeople []identity.Name
	args := named("region", reg.Code)
	err := each(ctx, in.conn, "opd_names", args, func(rows driver.Rows) error {
		var code, name, short string
		var aliases []string
		var from, to *time.Time
		if err := rows.Scan(&code, &name, &short, &aliases, &from, &to); err != nil {
			return err
		}
		for _, text := range append([]string{code, name, short}, aliases...) {
			opd = append(opd, identity.Name{Target: code, Text: text, From: orZero(from), To: orZero(to)})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, in.conn, "people_names", args, func(rows driver.Rows) error {
		var id, name string
		var aliases []string
		var from, to *time.Time
		if err := rows.Scan(&id, &name, &aliases, &from, &to); err != nil {
			return err
		}
		for _, text := range append([]string{id, name}, aliases...) {
			people = append(people, identity.Name{Target: id, Text: text, From: orZero(from), To: orZero(to)})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, in.conn, "aliases", args, func(rows driver.Rows) error {
		var kind, text, target string
		var from, to *time.Time
		if err := rows.Scan(&kind, &text, &target, &from, &to); err != nil {
			return err
		}
		name := identity.Name{Target: target, Text: text, From: orZero(from), To: orZero(to)}
		switch kind {
		case aliasOPD:
			decidedOPD = append(decidedOPD, name)
		case aliasPerson:
			decidedPeople = append(decidedPeople, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &names{
		nobody: map[string]bool{},
		opd: &resolver{
			decided: identity.NewOPD(decidedOPD, reg.Name), listed: identity.NewOPD(opd, reg.Name), answers: map[nameOnDay]string{},
		},
		people: &resolver{
			decided: identity.NewPeople(decidedPeople), listed: identity.NewPeople(people), answers: map[nameOnDay]string{},
		},
	}, nil
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

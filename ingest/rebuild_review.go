package ingest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/identity"
)

// maxReviewed bounds the queue to the texts that stand most often: nobody
// decides about more, and a hostile feed can invent any number.
const maxReviewed = 2000

// doubtful is a text that at least one row could not resolve.
type doubtful struct {
	kind, text      string
	places          []string
	uses            uint64
	firstDay, onDay time.Time
	example         string
}

// rebuildReview writes every text that could not be resolved, with the known
// names near it, for a person to decide. It reads the other rollups, which
// must be published before.
func rebuildReview(ctx context.Context, job *rebuild) error {
	texts, err := job.doubtful(ctx)
	if err != nil {
		return err
	}
	refused, err := job.rejections(ctx)
	if err != nil {
		return err
	}
	out := job.into("review_queue", "kind", "text", "uses", "last_day", "places", "example", "targets", "names", "scores", "evidence")
	kept := 0
	for _, d := range texts {
		of := job.names.of(d.kind)
		if refused.all(d) || of.resolve(d.text, d.firstDay) != "" && of.resolve(d.text, d.onDay) != "" {
			continue
		}
		if kept++; kept > maxReviewed {
			break
		}
		targets, names, scores, evidence := []string{}, []string{}, []float64{}, []string{}
		for _, s := range of.suggest(d.text) {
			if refused.has(d, s.Target) {
				continue
			}
			targets, names = append(targets, s.Target), append(names, s.Text)
			scores, evidence = append(scores, s.Score), append(evidence, s.Evidence)
		}
		if err := out.add(ctx, job, d.kind, d.text, d.uses, d.onDay, d.places, d.example, targets, names, scores, evidence); err != nil {
			return err
		}
	}
	return out.flush(ctx)
}

// doubtful lists the candidates, the most used first. What an article's
// Sumber or source says is looked at again by the caller, for the rollup tells
// only which OPD the story went to in the end.
func (job *rebuild) doubtful(ctx context.Context) ([]doubtful, error) {
	args := []any{"region", job.region.Code}
	for _, rollup := range []string{"articles", "ppid", "complaints", "agenda"} {
		generation, err := job.in.generation(ctx, job.region, rollup)
		if err != nil {
			return nil, err
		}
		args = append(args, rollup, generation)
	}
	var texts []doubtful
	err := each(ctx, job.in.conn, "doubtful", named(args...), func(rows driver.Rows) error {
		var d doubtful
		if err := rows.Scan(&d.kind, &d.text, &d.places, &d.uses, &d.firstDay, &d.onDay, &d.example); err != nil {
			return err
		}
		texts = append(texts, d)
		return nil
	})
	return texts, err
}

// rejections are the targets that people have said a text does not mean, by
// kind and normalised text; the target "" stands for all.
type rejections map[[2]string]map[string]bool

func (r rejections) all(d doubtful) bool { return r.has(d, "") }

func (r rejections) has(d doubtful, target string) bool {
	return r[[2]string{d.kind, normalizer(d.kind)(d.text)}][target]
}

func (job *rebuild) rejections(ctx context.Context) (rejections, error) {
	r := rejections{}
	return r, each(ctx, job.in.conn, "rejections", named("region", job.region.Code), func(rows driver.Rows) error {
		var kind, alias, target string
		if err := rows.Scan(&kind, &alias, &target); err != nil {
			return err
		}
		key := [2]string{kind, normalizer(kind)(alias)}
		if r[key] == nil {
			r[key] = map[string]bool{}
		}
		r[key][target] = true
		return nil
	})
}

// normalizer brings the names of a kind into the form in which they compare.
func normalizer(kind string) func(string) string {
	if kind == aliasPerson {
		return identity.NormalizePerson
	}
	return identity.NormalizeOPD
}

// of is the resolver of a kind of names.
func (n *names) of(kind string) *resolver {
	if kind == aliasPerson {
		return n.people
	}
	return n.opd
}

// suggest lists near names of the lists and of earlier decisions, best first,
// one per target.
func (r *resolver) suggest(text string) []identity.Suggestion {
	all := append(r.listed.Suggest(text), r.decided.Suggest(text)...)
	slices.SortStableFunc(all, func(a, b identity.Suggestion) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Target, b.Target))
	})
	var best []identity.Suggestion
	for _, s := range all {
		if !slices.ContainsFunc(best, func(have identity.Suggestion) bool { return have.Target == s.Target }) {
			best = append(best, s)
		}
	}
	return best
}

package ingest

import (
	"context"
	"time"
)

// personDays counts the works of every person by day.
type personDays struct {
	job    *rebuild
	out    *rollupWriter
	counts map[personDay]*roles
}

type personDay struct {
	person string
	day    time.Time
}

// roles are the stories that name a person in each role; works are the stories
// that name the person at all.
type roles struct{ author, editor, photographer, works uint32 }

func newPersonDays(job *rebuild) *personDays {
	return &personDays{
		job:    job,
		out:    job.into("person_days", "day", "person_id", "as_author", "as_editor", "as_photographer", "works"),
		counts: map[personDay]*roles{},
	}
}

// count adds a story; a person stands in each list once at most.
func (p *personDays) count(day time.Time, authors, editors, photographers []string) {
	if len(authors)+len(editors)+len(photographers) == 0 {
		return
	}
	for _, id := range authors {
		p.of(id, day).author++
	}
	for _, id := range editors {
		p.of(id, day).editor++
	}
	for _, id := range photographers {
		p.of(id, day).photographer++
	}
	for _, id := range union(union(union(nil, authors...), editors...), photographers...) {
		p.of(id, day).works++
	}
}

func (p *personDays) of(id string, day time.Time) *roles {
	key := personDay{id, day}
	if p.counts[key] == nil {
		p.counts[key] = &roles{}
	}
	return p.counts[key]
}

// add adds what another counted.
func (p *personDays) add(other *personDays) {
	for key, n := range other.counts {
		sum := p.of(key.person, key.day)
		sum.author += n.author
		sum.editor += n.editor
		sum.photographer += n.photographer
		sum.works += n.works
	}
}

func (p *personDays) write(ctx context.Context) error {
	for key, n := range p.counts {
		if err := p.out.add(ctx, p.job, key.day, key.person, n.author, n.editor, n.photographer, n.works); err != nil {
			return err
		}
	}
	return p.out.flush(ctx)
}

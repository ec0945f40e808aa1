package ingest

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"gaung/ingest/source"
	"gaung/ingest/story"
	"gaung/warehouse/region"
)

// intake reads the items of one source by today's rules and writes what they
// say: articles, articles that are gone, rejects. A pull and a replay differ
// only in where the items come from.
type intake struct {
	in      *Ingester
	source  source.Source
	region  region.Region
	writer  *writer
	rejects *rejectLog
	result  *SourceResult
	// met are the articles of this run: a list that names an address twice
	// says nothing new the second time.
	met map[uint64]bool
	// oldest and newest are the ends of the publication dates met.
	oldest, newest time.Time
}

// arrival is an item on its way: number counts the items of the answer from
// 1, at is when it was fetched (stamps are judged by that day), firstAt when
// it was first met.
type arrival struct {
	item        source.Item
	number      int
	at, firstAt time.Time
}

func (in *Ingester) intake(s source.Source, reg region.Region, run *run, result *SourceResult) *intake {
	w := newWriter(in, articlesKind, run.id)
	w.source = s.Name
	return &intake{
		in: in, source: s, region: reg, writer: w, result: result, met: map[uint64]bool{},
		rejects: &rejectLog{in: in, run: run, kind: articlesKind.name, listed: []Reject{}},
	}
}

// reading is what became of one arrival.
type reading struct {
	fact fact
	bad  *problem
}

// write reads the arrivals on all processors and books them in their order.
func (t *intake) write(ctx context.Context, arrivals []arrival) error {
	readings := make([]reading, len(arrivals))
	n := min(runtime.GOMAXPROCS(0), len(arrivals))
	var workers sync.WaitGroup
	for w := range n {
		workers.Go(func() {
			for i := w; i < len(arrivals); i += n {
				readings[i] = t.read(arrivals[i])
			}
		})
	}
	workers.Wait()
	facts := make([]fact, 0, len(readings))
	for i := range readings {
		r := &readings[i]
		if r.bad != nil {
			t.result.Rows++
			t.result.Rejected++
			item := arrivals[i].item
			cells := map[string]string{"url": item.URL, "title": item.Title, "published_at": item.PublishedRaw}
			if err := t.rejects.add(t.region.Code, t.source.Name, "", arrivals[i].number, []problem{*r.bad}, cells); err != nil {
				return err
			}
			continue
		}
		key := r.fact.keyHash()
		if t.met[key] {
			t.result.Rows++
			t.result.Unchanged++
			continue
		}
		t.met[key] = true
		t.span(r.fact)
		facts = append(facts, r.fact)
	}
	written, err := t.writer.write(ctx, facts)
	if err != nil {
		return err
	}
	t.result.add(written)
	t.result.Gone += t.writer.takeGone()
	return t.rejects.flush(ctx)
}

// goesBy says by which arrival of each key this run goes, as write does: the
// first that can be read, or just the first. A key of which an arrival was
// written before has none. Arrivals are only read where a key comes twice.
func (t *intake) goesBy(arrivals []arrival, keys []uint64) map[uint64]int {
	chosen, bad := make(map[uint64]int, len(keys)), map[uint64]bool{}
	for i, key := range keys {
		if address, err := story.CanonicalURL(arrivals[i].item.URL); err == nil && t.met[articleKey(t.region.Code, address)] {
			continue
		}
		first, again := chosen[key]
		if !again {
			chosen[key] = i
			continue
		}
		unread, known := bad[key]
		if !known {
			unread = t.read(arrivals[first]).bad != nil
		}
		if unread && t.read(arrivals[i]).bad == nil {
			chosen[key], unread = i, false
		}
		bad[key] = unread
	}
	return chosen
}

// articleKey is the key of the article at a canonical address.
func articleKey(region, address string) uint64 {
	f := fact{region: region, key: []string{address}}
	return f.keyHash()
}

// read is one item by today's rules. A panic on hostile input costs that item
// and no other; its raw form is kept already.
func (t *intake) read(a arrival) (r reading) {
	defer func() {
		if cause := recover(); cause != nil {
			t.in.log.Error("item could not be read", "source", t.source.Name, "url", a.item.URL, "panic", cause, "stack", string(debug.Stack()))
			r = reading{bad: &problem{column: "body", reason: "isinya tidak dapat dibaca; laporkan alamatnya kepada pengembang Gaung"}}
		}
	}()
	f, bad := t.fact(a)
	return reading{fact: f, bad: bad}
}

// span widens the stretch of publication dates met.
func (t *intake) span(f fact) {
	if f.gone {
		return
	}
	at := f.values[articlePublished].(*time.Time)
	if at == nil {
		return
	}
	if t.oldest.IsZero() || at.Before(t.oldest) {
		t.oldest = *at
	}
	if at.After(t.newest) {
		t.newest = *at
	}
}

package source

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// walkEnd says why a walk stopped.
type walkEnd int

const (
	// walkedAll: the list ended.
	walkedAll walkEnd = iota
	// walkedOld: a page held nothing new.
	walkedOld
	// walkedOut: the limit of requests is used up.
	walkedOut
)

// walk reads pages from a position to the end of the list, or, with news, to
// the first page without any.
func (r *apiRun) walk(ctx context.Context, position string, news bool) (walkEnd, error) {
	s := &r.reader.source
	var before []uint64
	for {
		address, failure := r.address(position)
		if failure != nil {
			return walkedAll, failure
		}
		if r.visited[address] {
			return walkedAll, nil
		}
		if r.requests >= max(s.MaxPages, 1) {
			if !news {
				r.state.Next = position
			}
			r.note(fmt.Sprintf("daftar belum habis setelah %d halaman (max_pages); diteruskan pada giliran berikutnya", r.requests))
			return walkedOut, nil
		}
		r.visited[address] = true
		if !news {
			r.state.Next = position
		}
		page, err := r.fetch(ctx, address, position)
		if err != nil {
			return walkedAll, err
		}
		if page == nil {
			return walkedAll, nil // not modified
		}
		if len(page.items) == 0 {
			r.ended = true
			return walkedAll, nil
		}
		fresh, tooOld, keys, err := r.deliver(page)
		if err != nil {
			return walkedAll, err
		}
		if !news {
			r.state.Tail = position
		}
		next := r.next(position, page)
		switch {
		case slices.Equal(keys, before), next == position:
			return walkedAll, nil
		case next == "", s.API.Paging.Kind == "none":
			r.ended = true
			return walkedAll, nil
		case tooOld && r.order.descending():
			return walkedAll, nil
		case news && fresh == 0:
			return walkedOld, nil
		}
		before, position = keys, next
	}
}

// dateOrder watches in which order dates come.
type dateOrder struct {
	previous   time.Time
	down, up   int
	comparable int
}

func (o *dateOrder) add(at time.Time) {
	if at.IsZero() {
		return
	}
	if !o.previous.IsZero() {
		o.comparable++
		if at.Before(o.previous) {
			o.down++
		} else if at.After(o.previous) {
			o.up++
		}
	}
	o.previous = at
}

// descending says that no date came after a later one so far.
func (o *dateOrder) descending() bool { return o.up == 0 && o.down > 0 }

// newestFirst says that the dates went down, but for a few.
func (o *dateOrder) newestFirst() bool { return o.down > 0 && o.up*50 <= o.comparable }

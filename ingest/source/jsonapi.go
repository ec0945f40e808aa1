package source

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	// apiOverlap is how far {since} looks back behind the last complete poll:
	// posts may appear later than their date says.
	apiOverlap = 48 * time.Hour
	// rewalk is how often all pages are read again where new items come
	// first, and rewalkOften where their place is not known.
	rewalk      = 7 * 24 * time.Hour
	rewalkOften = 24 * time.Hour
)

// apiReader reads a paged JSON interface as the section api describes it.
//
// The first poll walks all pages, over several polls when there are many. The
// polls after it read from the start until a page holds nothing new, and from
// the last page known on; all pages are walked again now and then, for changes
// further down. Items delivered before and unchanged are not delivered again.
type apiReader struct {
	source  Source
	fetcher *Fetcher
	now     func() time.Time
}

var _ Reader = (*apiReader)(nil)

// apiRun is one Read of an interface.
type apiRun struct {
	reader  *apiReader
	mapping apiMapping
	header  http.Header
	emit    func(Item) error
	answer  Answer
	state   APIState
	seen    *seenSet
	now     time.Time
	// since is what {since} becomes.
	since string
	// requests are the list pages asked for, visited their addresses.
	requests int
	visited  map[string]bool
	// unread counts dates in no configured form, odd items that are no
	// objects.
	unread, odd int
	order       dateOrder
	// size is the number of items of the first page.
	size int
	// listed are the keys of the items met, and addresses those that have
	// one; ended says that the list ended by itself and not where it repeats.
	listed    map[uint64]bool
	addresses []string
	ended     bool
}

// Read implements Reader.
func (a *apiReader) Read(ctx context.Context, state State, emit func(Item) error) (Answer, error) {
	old := state.usable(a.source.URL)
	sum := a.source.settingsSum()
	if old.API == nil || old.API.SettingsSum != sum {
		old.ETag, old.LastModified, old.Since, old.API = "", "", time.Time{}, &APIState{SettingsSum: sum}
	}
	run := &apiRun{
		reader: a, emit: emit, answer: Answer{State: old}, state: *old.API, seen: old.API.Seen.clone(),
		now: a.now().UTC(), visited: make(map[string]bool), listed: make(map[uint64]bool),
	}
	err := run.read(ctx, old)
	run.settle()
	return run.answer, err
}

// settingsSum is the fingerprint of what decides which items are read and how.
// Headers are no part of it: a new token changes no article.
func (s *Source) settingsSum() uint64 {
	api := JSONAPI{}
	if s.API != nil {
		api = *s.API
	}
	start := ""
	if api.Paging.Start != nil {
		start = fmt.Sprint(*api.Paging.Start)
	}
	paging := []string{api.Paging.Kind, start, fmt.Sprint(api.Paging.Size), api.Paging.Next, api.Paging.Total}
	return sum64(append(paging, api.Items, fmt.Sprintf("%+v", api.Fields), strings.Join(api.DateFormats, "\n"), api.SinceFormat, s.Since.String())...)
}

func (r *apiRun) note(words string) {
	if len(r.answer.Notes) < 20 {
		r.answer.Notes = append(r.answer.Notes, words)
	}
}

// read decides which pages this poll reads.
func (r *apiRun) read(ctx context.Context, old State) error {
	s := &r.reader.source
	var failure *Failure
	if r.mapping, failure = s.mapping(); failure != nil {
		return failure
	}
	r.mapping.now = r.now
	if r.header, failure = s.API.header(); failure != nil {
		return failure
	}
	from := time.Date(s.Since.Year, s.Since.Month, s.Since.Day, 0, 0, 0, 0, time.UTC)
	if !old.Since.IsZero() {
		from = old.Since.Add(-apiOverlap)
	}
	r.since = formatSince(from, r.mapping.sinceLayout)

	bounded := strings.Contains(s.URL, "{since}")
	unfinished := r.state.Next != ""
	age := rewalkOften
	if r.state.NewestFirst {
		age = rewalk
	}
	full := bounded || r.state.WalkedAt.IsZero() || unfinished || r.now.Sub(r.state.WalkedAt) >= age
	if full && r.state.WalkStarted.IsZero() {
		r.state.WalkStarted = r.now
	}
	start := r.start()
	if unfinished || !full {
		// News stands at the start, or, where the order is unknown, behind the
		// last page known.
		stopped, err := r.walk(ctx, start, true)
		if err != nil || stopped == walkedOut {
			return err
		}
		if stopped == walkedAll {
			r.wholeList()
			return r.finish(full)
		}
		if start = r.state.Next; !unfinished {
			if start = r.state.Tail; start == "" || r.state.NewestFirst {
				return nil
			}
		}
	}
	stopped, err := r.walk(ctx, start, false)
	if !full {
		r.state.Next = "" // the tail moved on; only a full walk is continued
	}
	if failure, ok := asFailure(err); ok && r.requests > 1 && (unfinished || !full) && failure.HTTPStatus >= 400 && failure.HTTPStatus < 500 && failure.HTTPStatus != http.StatusTooManyRequests {
		// The kept position is not accepted any more: start over next time.
		r.state.Next, r.state.Tail = "", ""
		r.note("posisi terakhir tidak diterima lagi oleh server; daftar dibaca dari awal pada giliran berikutnya")
		return nil
	}
	if err != nil || stopped == walkedOut {
		return err
	}
	if start == r.start() {
		r.wholeList()
	}
	return r.finish(full)
}

// wholeList books that the list was read from its start to its end in this
// poll. What it does not name is forgotten, so that an item that comes back is
// delivered again.
func (r *apiRun) wholeList() {
	if !r.ended || r.answer.NotModified || len(r.listed) == 0 {
		return
	}
	r.answer.Listed = r.addresses
	for key := range r.seen.entries {
		if !r.listed[key] {
			r.seen.drop(key)
		}
	}
}

// finish books a list that was read to its end.
func (r *apiRun) finish(full bool) error {
	r.state.Next = ""
	if !full {
		return nil
	}
	r.state.WalkedAt = r.now
	r.state.NewestFirst = r.order.newestFirst()
	if strings.Contains(r.reader.source.URL, "{since}") {
		r.answer.State.Since = r.state.WalkStarted
	}
	r.state.WalkStarted = time.Time{}
	return nil
}

// settle stores what was learned, whether the poll succeeded or not.
func (r *apiRun) settle() {
	if r.unread > 0 {
		r.note(fmt.Sprintf("%d tanggal tidak sesuai api.date_formats, jadi artikelnya tanpa tanggal", r.unread))
	}
	if r.odd > 0 {
		r.note(fmt.Sprintf("%d butir bukan objek JSON dan dilewati", r.odd))
	}
	r.state.Seen = r.seen
	state := r.state
	r.answer.State.API = &state
}

// deliver emits the new and changed items of a page. tooOld says that all of
// them lie before the configured first day.
func (r *apiRun) deliver(page *apiPage) (fresh int, tooOld bool, keys []uint64, err error) {
	items, failure := r.mapping.items(page)
	if failure != nil {
		return 0, false, nil, failure
	}
	r.odd += page.odd
	tooOld = len(items) > 0
	for _, mapped := range items {
		r.unread += mapped.unread
		keys = append(keys, mapped.key)
		r.listed[mapped.key] = true
		if mapped.item.URL != "" {
			r.addresses = append(r.addresses, mapped.item.URL)
		}
		r.order.add(mapped.at)
		early := r.early(mapped.at)
		tooOld = tooOld && early
		mark := uint32(itemSum(mapped.item))
		if known, seen := r.seen.get(mapped.key); seen && known == mark {
			continue
		}
		fresh++
		if !early {
			if err := r.emit(mapped.item); err != nil {
				return fresh, false, keys, fmt.Errorf("source: deliver item of %s: %w", r.reader.source.Name, err)
			}
			r.answer.Items++
		}
		r.seen.put(mapped.key, mark)
	}
	return fresh, tooOld, keys, nil
}

// early says whether an instant lies before the configured first day in all
// zones of Indonesia.
func (r *apiRun) early(at time.Time) bool {
	since := r.reader.source.Since
	return !at.IsZero() && !since.IsZero() && at.Before(time.Date(since.Year, since.Month, since.Day, 0, 0, 0, 0, time.FixedZone("WIT", 9*3600)))
}

// Package source turns the sources an office has configured (feeds, WordPress
// sites) into Items: it reads gaung.yaml, fetches politely and safely, and
// parses what comes back. It knows nothing of the warehouse; what an item
// means (its dates, byline, OPD, story) is decided by the packages that
// receive it.
//
// A new kind of source is one new file with its Reader and one line in the
// kinds table below.
package source

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Item is one article as a source published it: cleaned of control
// characters and cut to sane lengths, but not interpreted.
type Item struct {
	// URL is the absolute http or https address, empty when the source gave
	// none that can be used; LinkRaw then says what it gave instead.
	URL     string
	LinkRaw string
	Title   string
	// HTML is the body as markup, untrusted. Text is the body as plain text
	// and set only by sources that publish plain text.
	HTML, Text string
	// PublishedRaw and ModifiedRaw are the stamps as printed.
	PublishedRaw, ModifiedRaw string
	// PublishedAt and ModifiedAt are UTC instants, set only when the source
	// leaves no doubt about the zone (a numeric offset, Z, GMT, WordPress'
	// date_gmt). Zero means: interpret the raw stamp in the region's zone.
	PublishedAt, ModifiedAt time.Time
	// PublishedUnread and ModifiedUnread say that the raw stamp fits none of the
	// forms configured for the source: it is kept, and must not be read in
	// another one, which could change its month.
	PublishedUnread bool `json:",omitempty"`
	ModifiedUnread  bool `json:",omitempty"`
	// Authors are the names in the author field of the format, without
	// e-mail addresses; Author is the same as one line, joined by commas
	// (which also stand before academic titles).
	Author  string
	Authors []string
	// GUID is the identifier the source gave, empty when it gave the same
	// one to several items: such a GUID identifies nothing.
	GUID string
	// Place is where it happened, when the source has a field for it.
	Place string
	Tags  []string
	// Gone says that the page at URL, delivered earlier, is answered with
	// 404 or 410 now. Nothing but URL is set then.
	Gone bool `json:",omitempty"`
}

// State is what a source's next poll needs to know of the last one. The zero
// State means: never polled. It is plain data, to be kept as JSON.
type State struct {
	// URL is the configured address this state was made for. A State of
	// another address is ignored.
	URL string `json:"url,omitempty"`
	// FeedURL is the feed found by discovery or fallback, to which ETag and
	// LastModified belong when it is set.
	FeedURL string `json:"feed_url,omitempty"`
	// ETag and LastModified are the validators exactly as received.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	// Since is the UTC instant up to which changes are known (WordPress).
	Since time.Time `json:"since,omitzero"`
	// From is the configured first day ("2025-01-31", "" for everything) of
	// the pull that led to Since: with an earlier one, all is read anew.
	From string `json:"from,omitempty"`
	// Backfill is where an unfinished first pull stands: the site-local
	// stamp ("2006-01-02T15:04:05") up to which posts were delivered.
	Backfill string `json:"backfill,omitempty"`
	// BackfillStarted is when that first pull began, UTC.
	BackfillStarted time.Time `json:"backfill_started,omitzero"`
	// Page and API belong to the kinds page and jsonapi.
	Page *PageState `json:"page,omitempty"`
	API  *APIState  `json:"api,omitempty"`
}

// Answer is the outcome of one poll. It is meaningful beside an error too:
// its State is then the one to keep, so that a long first pull continues
// where it stopped.
type Answer struct {
	// Items counts the items handed to emit.
	Items int
	// NotModified says that the source has nothing new (304).
	NotModified bool
	// HTTPStatus is the last status received, 0 when nothing answered.
	HTTPStatus int
	State      State
	// Listed are the addresses of all items of a list that was read from its
	// start to its end in this poll, delivered or known before; nil when it
	// was not read whole.
	Listed []string
	// Notes are Indonesian sentences for the person who looks after the
	// sources: a discovered feed, a closed REST, unreadable entries.
	Notes []string
}

// Reader pulls one source.
type Reader interface {
	// Read calls emit for every item, in the order received, and returns
	// when the source has no more. An error of emit ends the reading and is
	// returned wrapped. Everything that is the source's fault is a *Failure;
	// a cancelled context is returned as such.
	Read(ctx context.Context, state State, emit func(Item) error) (Answer, error)
}

// kinds lists every kind of source and what opens it.
var kinds = map[string]func(Source, *Fetcher, func() time.Time) Reader{
	"feed": func(s Source, f *Fetcher, now func() time.Time) Reader {
		return &feedReader{source: s, fetcher: f}
	},
	"jsonapi": func(s Source, f *Fetcher, now func() time.Time) Reader {
		return &apiReader{source: s, fetcher: f, now: now}
	},
	"page": func(s Source, f *Fetcher, now func() time.Time) Reader {
		return &pageReader{source: s, fetcher: f, now: now}
	},
	"wordpress": func(s Source, f *Fetcher, now func() time.Time) Reader {
		return &wordpressReader{source: s, fetcher: f, now: now}
	},
}

// Kinds returns the names of all kinds of sources, sorted.
func Kinds() []string {
	names := make([]string, 0, len(kinds)+2)
	for name := range kinds {
		names = append(names, name)
	}
	names = append(names, kindDatabase, kindRegister)
	slices.Sort(names)
	return names
}

// Open returns the reader of a source that went through
// [Source.ValidateAndSetDefaults]. It fetches nothing yet.
func Open(s Source, f *Fetcher, now func() time.Time) (Reader, error) {
	open, ok := kinds[s.Kind]
	if !ok {
		return nil, fmt.Errorf("sumber %s: jenis %q tidak dikenal; yang ada: %s", s.Name, s.Kind, strings.Join(Kinds(), ", "))
	}
	return open(s, f, now), nil
}

// usable returns the state when it was made for this address, else a fresh
// one.
func (s State) usable(address string) State {
	if s.URL != "" && s.URL != address {
		return State{URL: address}
	}
	s.URL = address
	return s
}

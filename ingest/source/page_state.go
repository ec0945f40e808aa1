package source

import "time"

// PageState is where the reading of a site's pages stands. Everything in it
// is bounded.
type PageState struct {
	// Seen are the addresses done, each with the lastmod it was read at.
	Seen *seenSet `json:"seen,omitempty"`
	// Maps are the sub-sitemaps done completely, each with its lastmod.
	Maps *seenSet `json:"maps,omitempty"`
	// Complete says that the first pull is over. Until then, ListURL is the
	// last list page whose links were all seen.
	Complete bool   `json:"complete,omitempty"`
	ListURL  string `json:"list_url,omitempty"`
	// Watched are the latest articles, looked at again from time to time for
	// changes and deletion, the longest unvisited first.
	Watched []watchedPage `json:"watched,omitempty"`
	// Troubled are pages that failed and will be tried again.
	Troubled []troubledPage `json:"troubled,omitempty"`
	// RulesSum is the fingerprint of the rules the pages were read with.
	RulesSum uint64 `json:"rules_sum,omitempty"`
}

// watchedPage is an article that may still change.
type watchedPage struct {
	// URL is the address fetched, Canonical the one delivered when it is
	// another.
	URL       string `json:"url"`
	Canonical string `json:"canonical,omitempty"`
	// Sum is the fingerprint of what was delivered.
	Sum uint64 `json:"sum"`
	// First and Checked are when it was delivered and last looked at, UTC.
	First   time.Time `json:"first"`
	Checked time.Time `json:"checked"`
}

// troubledPage counts the polls in which a page failed.
type troubledPage struct {
	Key   uint64 `json:"key"`
	Tries int    `json:"tries"`
}

// APIState is where the reading of a JSON interface stands.
type APIState struct {
	// Seen are the items delivered, each with a fingerprint of its content.
	Seen *seenSet `json:"seen,omitempty"`
	// Next is where an unfinished walk over all pages continues: a page
	// number, an offset, a cursor or an address.
	Next string `json:"next,omitempty"`
	// Tail is the position of the last page of the last complete walk.
	Tail string `json:"tail,omitempty"`
	// WalkStarted is when that walk began, WalkedAt when one last reached the
	// end, UTC.
	WalkStarted time.Time `json:"walk_started,omitzero"`
	WalkedAt    time.Time `json:"walked_at,omitzero"`
	// NewestFirst says that the last complete walk met dates in descending
	// order, so that a poll may stop at the first page without news.
	NewestFirst bool `json:"newest_first,omitempty"`
	// SettingsSum is the fingerprint of the settings the items were read with.
	SettingsSum uint64 `json:"settings_sum,omitempty"`
}

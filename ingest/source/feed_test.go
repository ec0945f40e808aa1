package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

const smallFeed = `<rss version="2.0"><channel><title>Contoh</title>
<item><title>Pasar Murah Digelar</title><link>/berita/1</link></item>
<item><title>Jalan Desa Diperbaiki</title><link>/berita/2</link></item></channel></rss>`

func TestFeedConditionalRoundTrip(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		io.WriteString(w, smallFeed)
	})
	f, s := newTestFetcher(t), testSource("feed", server.URL+"/feed/")
	items, answer, err := read(t, f, s, State{})
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 2 || items[1].URL != server.URL+"/berita/2" || answer.HTTPStatus != 200 || answer.NotModified {
		t.Fatalf("items = %+v, answer = %+v", items, answer)
	}
	items, again, err := read(t, f, s, answer.State)
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 0 || !again.NotModified || again.HTTPStatus != 304 || again.State != answer.State {
		t.Errorf("second poll: %d items, %+v, want the state %+v kept", len(items), again, answer.State)
	}
	// A state of another address must not silence this one.
	moved := answer.State
	moved.URL = "https://lain.example/feed"
	if items, _, _ := read(t, f, s, moved); len(items) != 2 {
		t.Errorf("foreign state: %d items, want 2", len(items))
	}
}

func TestFeedDiscovery(t *testing.T) {
	var feedHits, pageHits int
	feedPath, gone := "/berita/feed.xml", false
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == feedPath && !gone:
			feedHits++
			if r.Header.Get("If-None-Match") == `"f"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("ETag", `"f"`)
			io.WriteString(w, smallFeed)
		case r.URL.Path == "/":
			pageHits++
			if r.Header.Get("If-None-Match") != "" {
				t.Error("the page is asked with the feed's validators")
			}
			fmt.Fprintf(w, `<!doctype html><html><head><base href="/berita/">
				<link rel="alternate" type="application/rss+xml" title="Umpan Komentar" href="/comments/feed/">
				<link rel="ALTERNATE nofollow" type="application/rss+xml; charset=utf-8" href="%s"></head><body>Beranda</body></html>`, strings.TrimPrefix(feedPath, "/berita/"))
		default:
			http.NotFound(w, r)
		}
	})
	f, s := newTestFetcher(t), testSource("feed", server.URL+"/")
	items, answer, err := read(t, f, s, State{})
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 2 || answer.State.FeedURL != server.URL+feedPath || len(answer.Notes) != 1 || !strings.Contains(answer.Notes[0], server.URL+feedPath) {
		t.Fatalf("items = %d, answer = %+v", len(items), answer)
	}
	_, again, err := read(t, f, s, answer.State)
	if err != nil || !again.NotModified || pageHits != 1 || feedHits != 2 || len(again.Notes) != 1 {
		t.Errorf("second poll: %+v, %v; page %d, feed %d", again, err, pageHits, feedHits)
	}
	// The feed moves: the page is looked at again.
	feedPath = "/berita/rss.xml"
	items, third, err := read(t, f, s, again.State)
	if err != nil || len(items) != 2 || third.State.FeedURL != server.URL+feedPath {
		t.Errorf("after a move: %d items, %+v, %v", len(items), third, err)
	}
	// The feed is gone and the page still names it.
	gone = true
	_, last, err := read(t, f, s, third.State)
	failure := wantFailure(t, err, ReasonNotAFeed)
	if !strings.Contains(failure.Words, server.URL+feedPath) || last.State.FeedURL != "" {
		t.Errorf("words = %q, state = %+v", failure.Words, last.State)
	}
}

func TestFeedHTML(t *testing.T) {
	pages := map[string]string{
		"/kosong": "<html><head><title>Beranda</title></head><body></body></html>",
		"/lain":   `<html><head><link rel="alternate" type="application/atom+xml" href="https://portal.example/atom.xml"></head></html>`,
		"/a":      `<html><head><link rel="alternate" type="application/rss+xml" href="/b"></head></html>`,
		"/b":      `<html><head><link rel="alternate" type="application/rss+xml" href="/c"></head></html>`,
	}
	hits := map[string]int{}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, pages[r.URL.Path])
	})
	f := newTestFetcher(t)
	for path, words := range map[string]string{
		"/kosong": "menjawab halaman web (HTML), bukan feed",
		"/lain":   "halaman itu menunjuk feed di https://portal.example/atom.xml",
		"/a":      "halaman itu menunjuk feed di " + server.URL + "/b",
	} {
		_, answer, err := read(t, f, testSource("feed", server.URL+path), State{ETag: `"lama"`})
		failure := wantFailure(t, err, ReasonNotAFeed)
		if !strings.Contains(failure.Words, words) {
			t.Errorf("%s: words = %q", path, failure.Words)
		}
		if answer.HTTPStatus != 200 || answer.State.ETag != `"lama"` {
			t.Errorf("%s: answer = %+v, want the old state", path, answer)
		}
	}
	if hits["/c"] != 0 {
		t.Error("discovery was followed twice")
	}
}

func TestFeedEmitError(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		io.WriteString(w, smallFeed)
	})
	reader, err := Open(testSource("feed", server.URL), newTestFetcher(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk penuh")
	answer, err := reader.Read(context.Background(), State{}, func(Item) error { return full })
	if !errors.Is(err, full) || answer.Items != 0 || answer.State.ETag != "" {
		t.Errorf("answer = %+v, error = %v: the items would be lost at the next poll", answer, err)
	}
}

func TestFeedFailureKeepsState(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) })
	s := testSource("feed", server.URL)
	_, answer, err := read(t, newTestFetcher(t), s, State{ETag: `"a"`})
	wantFailure(t, err, "http_403")
	if answer.HTTPStatus != 403 || answer.State.ETag != `"a"` {
		t.Errorf("answer = %+v", answer)
	}
}

func TestOpenUnknownKind(t *testing.T) {
	_, err := Open(testSource("gopher", "https://a.example"), nil, nil)
	if err == nil || !strings.Contains(err.Error(), strings.Join(Kinds(), ", ")) {
		t.Errorf("error = %v", err)
	}
}

package source

import (
	"context"
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite golden files")

// testNow is the clock of the tests that need one.
var testNow = time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)

// newTestFetcher has the real limits except for the waits between attempts.
func newTestFetcher(t testing.TB, change ...func(*FetcherOptions)) *Fetcher {
	t.Helper()
	options := FetcherOptions{Version: "1.2.3", Contact: "kominfo@contohkab.example", Now: func() time.Time { return testNow }}
	for _, c := range change {
		c(&options)
	}
	f := NewFetcher(options)
	f.firstWait = 5 * time.Millisecond
	t.Cleanup(f.Close)
	return f
}

func serve(t testing.TB, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// request is a fast request to a test server.
func request(address string) Request {
	return Request{URL: address, AllowPrivate: true, RatePerSecond: 1000}
}

// testSource is a valid source on a test server.
func testSource(kind, address string) Source {
	return Source{Name: "uji", Kind: kind, URL: address, Region: "19.71", Channel: "website", AllowPrivate: true, RatePerSecond: 1000, Every: time.Hour}
}

// read opens a source and collects what it gives.
func read(t testing.TB, f *Fetcher, s Source, state State) ([]Item, Answer, error) {
	t.Helper()
	reader, err := Open(s, f, func() time.Time { return testNow })
	if err != nil {
		t.Fatal(err)
	}
	var items []Item
	answer, err := reader.Read(context.Background(), state, func(item Item) error {
		items = append(items, item)
		return nil
	})
	if answer.Items != len(items) {
		t.Errorf("Answer.Items = %d, delivered %d", answer.Items, len(items))
	}
	return items, answer, err
}

// wantFailure asserts on the reason and gives the Failure back.
func wantFailure(t testing.TB, err error, reason string) *Failure {
	t.Helper()
	var failure *Failure
	if !errors.As(err, &failure) {
		t.Fatalf("error = %v, want a Failure with reason %s", err, reason)
	}
	if failure.Reason != reason {
		t.Fatalf("reason = %s (%v), want %s", failure.Reason, failure, reason)
	}
	if failure.Words == "" {
		t.Error("failure has no words")
	}
	return failure
}

func mustURL(t testing.TB, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

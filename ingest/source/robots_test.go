package source

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// lineRobots understands "deny <prefix>" lines only: enough to see that the
// fetcher asks, keeps and obeys.
type lineRobots struct{ parsed []int }

type lineRules struct {
	denied []string
	delay  time.Duration
}

func (p *lineRobots) Parse(status int, body []byte, agent string) (RobotsRules, error) {
	p.parsed = append(p.parsed, status)
	if !strings.HasPrefix(agent, "Gaung/") {
		return nil, errors.New("wrong agent")
	}
	if status >= 500 {
		return lineRules{denied: []string{"/"}}, nil
	}
	var rules lineRules
	for line := range strings.Lines(string(body)) {
		if prefix, ok := strings.CutPrefix(strings.TrimSpace(line), "deny "); ok && status == http.StatusOK {
			rules.denied = append(rules.denied, prefix)
		}
	}
	return rules, nil
}

func (r lineRules) Allowed(path string) bool {
	for _, prefix := range r.denied {
		if strings.HasPrefix(path, prefix) {
			return false
		}
	}
	return true
}

func (r lineRules) CrawlDelay() time.Duration { return r.delay }

func TestRobots(t *testing.T) {
	status := http.StatusOK
	asked := 0
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			asked++
			if status == http.StatusFound {
				http.Redirect(w, r, "/robots.txt", status)
				return
			}
			w.WriteHeader(status)
			io.WriteString(w, "deny /rahasia\n")
		case "/buka":
			http.Redirect(w, r, "/rahasia", http.StatusFound)
		}
	})
	now := testNow
	parser := &lineRobots{}
	f := newTestFetcher(t, func(o *FetcherOptions) { o.Robots, o.Now = parser, func() time.Time { return now } })
	get := func(path string) error {
		_, err := f.Get(context.Background(), request(server.URL+path))
		return err
	}
	if err := get("/berita?x=1"); err != nil {
		t.Fatal(err)
	}
	wantFailure(t, get("/rahasia/1"), ReasonRobots)
	wantFailure(t, get("/buka"), ReasonRobots)
	if asked != 1 {
		t.Errorf("robots.txt asked %d times, want once a day", asked)
	}
	now = now.Add(25 * time.Hour)
	status = http.StatusNotFound
	if err := get("/rahasia/1"); err != nil {
		t.Errorf("without robots.txt: %v", err)
	}
	now = now.Add(25 * time.Hour)
	status = http.StatusFound // a loop: as if absent
	if err := get("/rahasia/1"); err != nil {
		t.Errorf("with a looping robots.txt: %v", err)
	}
	now = now.Add(25 * time.Hour)
	status = http.StatusInternalServerError
	wantFailure(t, get("/berita"), ReasonRobots)
	if want := []int{200, 404, 404, 500}; len(parser.parsed) != len(want) || parser.parsed[2] != want[2] || parser.parsed[3] != want[3] {
		t.Errorf("statuses parsed = %v, want %v", parser.parsed, want)
	}
}

package source_test

import (
	"testing"
	"time"

	"gaung/ingest/source"
)

func TestStandardRobots(t *testing.T) {
	text := "User-agent: *\nDisallow: /wp-admin/\nCrawl-delay: 2\n\nUser-agent: Gaung\nDisallow: /rahasia\nAllow: /rahasia/boleh\n"
	for _, c := range []struct {
		name        string
		status      int
		body, agent string
		path        string
		allowed     bool
		delay       time.Duration
	}{
		{"own group", 200, text, "Gaung/1.0 (+humas@contoh.example)", "/rahasia/x", false, 0},
		{"own group allows a part", 200, text, "Gaung/1.0", "/rahasia/boleh", true, 0},
		{"own group replaces the general one", 200, text, "Gaung/1.0", "/wp-admin/", true, 0},
		{"general group", 200, text, "Lain/2", "/wp-admin/x", false, 2 * time.Second},
		{"no file allows all", 404, "", "Gaung/1.0", "/apa-saja", true, 0},
		{"a broken server forbids all", 503, "", "Gaung/1.0", "/apa-saja", false, 0},
		{"HTML instead of rules allows all", 200, "<html><body>halo</body></html>", "Gaung/1.0", "/x", true, 0},
	} {
		rules, err := source.StandardRobots().Parse(c.status, []byte(c.body), c.agent)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := rules.Allowed(c.path); got != c.allowed {
			t.Errorf("%s: allowed(%s) = %v, want %v", c.name, c.path, got, c.allowed)
		}
		if got := rules.CrawlDelay(); got != c.delay {
			t.Errorf("%s: delay = %v, want %v", c.name, got, c.delay)
		}
	}
}

package story_test

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"os"
	"testing"
	"time"

	"gaung/ingest/story"
)

// labelledPair is two texts on two sites and whether a person calls one an
// edited copy of the other.
type labelledPair struct {
	Why  string      `json:"why"`
	Copy bool        `json:"copy"`
	A    labelledArt `json:"a"`
	B    labelledArt `json:"b"`
}

type labelledArt struct {
	Title, Body, Channel, OPD string
}

func (a labelledArt) article(url string, hours int) story.Article {
	hash, sim, words := story.Fingerprint(a.Title, a.Body)
	return story.Article{
		URL: url, Title: a.Title, Channel: a.Channel, PublishedAt: day0.Add(time.Duration(hours) * time.Hour),
		TextHash: hash, SimHash: sim, Words: words, SourceOPD: a.OPD,
	}
}

func simhashOf(a labelledArt) uint64 {
	_, sim, _ := story.Fingerprint(a.Title, a.Body)
	return sim
}

func labelledPairs(t *testing.T) []labelledPair {
	t.Helper()
	raw, err := os.ReadFile("testdata/copies.json")
	if err != nil {
		t.Fatal(err)
	}
	var pairs []labelledPair
	if err := json.Unmarshal(raw, &pairs); err != nil {
		t.Fatal(err)
	}
	if len(pairs) < 60 {
		t.Fatalf("%d pairs, want at least 60", len(pairs))
	}
	return pairs
}

// clustered marks copies and clusters; bodies are by index.
func clustered(t *testing.T, articles []story.Article, bodies []string) []story.Story {
	t.Helper()
	err := story.MarkCopies(articles, func(wanted []int, give func(int, string)) error {
		for _, i := range wanted {
			give(i, bodies[i])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return story.Cluster(articles)
}

// TestCopies states the quality of near-copy detection over labelled pairs:
// releases as portals edit them, and texts of one template that are none.
func TestCopies(t *testing.T) {
	var there, given, right float64
	for n, p := range labelledPairs(t) {
		articles := []story.Article{p.A.article(fmt.Sprintf("https://a.id/%d", n), 0), p.B.article(fmt.Sprintf("https://b.id/%d", n), 20)}
		found := len(clustered(t, articles, []string{p.A.Body, p.B.Body})) == 1
		if p.Copy {
			there++
		}
		if found {
			given++
			if p.Copy {
				right++
			}
		}
		if found != p.Copy {
			t.Logf("%s (%q, %q), %d bits: found %v", p.Why, p.A.Title, p.B.Title, bits.OnesCount64(simhashOf(p.A)^simhashOf(p.B)), found)
		}
	}
	precision, recall := right/given, right/there
	t.Logf("copies: %.0f of %d pairs; precision %.3f, recall %.3f", there, len(labelledPairs(t)), precision, recall)
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("precision %.3f, recall %.3f: want both at least 0.95", precision, recall)
	}
}

// TestCopiesTogether puts all of the corpus into one region within a day: what
// is a copy of one piece must not draw another in.
func TestCopiesTogether(t *testing.T) {
	var articles []story.Article
	var bodies []string
	want := map[int]int{} // index of the copy → index of its origin
	pairs := labelledPairs(t)
	for n, p := range pairs {
		if p.Copy {
			want[2*n+1] = 2 * n
		}
		articles = append(articles, p.A.article(fmt.Sprintf("https://a%d.id/", n), n), p.B.article(fmt.Sprintf("https://b%d.id/", n), n+1))
		bodies = append(bodies, p.A.Body, p.B.Body)
	}
	of := map[int]int{}
	for n, s := range clustered(t, articles, bodies) {
		for _, i := range s.Members {
			of[i] = n
		}
	}
	missed, wrong := 0, 0
	for n, p := range pairs {
		switch same := of[2*n] == of[2*n+1]; {
		case p.Copy && !same:
			missed++
		case !p.Copy && same:
			wrong++
		}
	}
	if missed > 1 || wrong > 0 {
		t.Errorf("%d copies missed, %d templates taken for copies", missed, wrong)
	}
}

// TestCopiesNeedTheirText: nothing is joined unseen, on one site, or after days.
func TestCopiesNeedTheirText(t *testing.T) {
	var p labelledPair
	for _, p = range labelledPairs(t) {
		// One that the simhash alone would not join.
		if p.Copy && bits.OnesCount64(simhashOf(p.A)^simhashOf(p.B)) > 3 {
			break
		}
	}
	for name, change := range map[string]func(a []story.Article, bodies []string){
		"without the text": func(_ []story.Article, bodies []string) { bodies[1] = "" },
		"on one site":      func(a []story.Article, _ []string) { a[1].URL = "https://a.id/2" },
		"a week later":     func(a []story.Article, _ []string) { a[1].PublishedAt = day0.AddDate(0, 0, 7) },
	} {
		articles, bodies := []story.Article{p.A.article("https://a.id/1", 0), p.B.article("https://b.id/1", 5)}, []string{p.A.Body, p.B.Body}
		if got := len(clustered(t, articles, bodies)); got != 1 {
			t.Fatalf("%d stories unchanged", got)
		}
		articles[0].Copy, articles[1].Copy = 0, 0
		change(articles, bodies)
		if got := len(clustered(t, articles, bodies)); got != 2 {
			t.Errorf("%s: %d stories, want 2", name, got)
		}
	}
}

// BenchmarkMarkCopies looks for candidates among a million texts of which no
// two are alike.
func BenchmarkMarkCopies(b *testing.B) {
	articles := make([]story.Article, 1_000_000)
	for i := range articles {
		x := uint64(i) * 0x9e3779b97f4a7c15
		x ^= x >> 29
		x *= 0xbf58476d1ce4e5b9
		x ^= x >> 32
		// Five hundred agencies' sites, and every tenth text on a portal.
		channel, opd := "website", fmt.Sprint(i%500)
		if i%10 == 0 {
			channel, opd = "portal", ""
		}
		articles[i] = story.Article{Channel: channel, SourceOPD: opd, URL: fmt.Sprintf("https://s%d.id/%d", i%500, i), PublishedAt: day0.Add(time.Duration(i) * 50 * time.Second), SimHash: x, Words: 200}
	}
	for b.Loop() {
		asked := 0
		if err := story.MarkCopies(articles, func(wanted []int, _ func(int, string)) error {
			asked = len(wanted)
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(asked), "texts")
	}
}

package story_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaung/ingest/story"
)

// dayOf is the start of an article's day; the days of these tests are UTC.
func dayOf(a story.Article) time.Time { return a.PublishedAt.UTC().Truncate(24 * time.Hour) }

// checkDays holds any two members of one day to the rule, as METHOD.md says it.
func checkDays(t *rapid.T, articles []story.Article, members []int) {
	untimed := map[time.Time]bool{}
	for _, m := range members {
		untimed[dayOf(articles[m])] = untimed[dayOf(articles[m])] || articles[m].DayOnly
	}
	place := map[string]int{"website": 0, "media": 1, "portal": 2, "instagram": 3, "x": 3}
	for i, m := range members {
		for _, n := range members[i+1:] {
			a, b := articles[m], articles[n]
			if !dayOf(a).Equal(dayOf(b)) {
				continue
			}
			late := a.PublishedAt.After(b.PublishedAt)
			if untimed[dayOf(a)] {
				p, q := place[a.Channel], place[b.Channel]
				late = p > q || p == q && (a.DayOnly && !b.DayOnly || a.DayOnly == b.DayOnly && late)
			}
			if late {
				t.Fatalf("%s (%s, %s, no hour: %v) stands before %s (%s, %s, no hour: %v)",
					a.URL, a.Channel, a.PublishedAt, a.DayOnly, b.URL, b.Channel, b.PublishedAt, b.DayOnly)
			}
		}
	}
}

func TestUntimedDays(t *testing.T) {
	body := text(1, 100)
	at := func(url, channel string, hours int, opd string) story.Article {
		a := article(url, "Judul", channel, hours, body)
		a.SourceOPD = opd
		return a
	}
	day := func(a story.Article) story.Article {
		a.PublishedAt, a.DayOnly = dayOf(a), true
		return a
	}
	site, siteLate := at("https://b/1", "website", 10, "dinkes"), at("https://b/2", "website", 34, "dinkes")
	tests := []struct {
		name     string
		articles []story.Article
		first    string
	}{
		{"a portal's day against a site's hour", []story.Article{day(at("https://a-portal/1", "portal", 0, "kominfo")), site}, "https://b/1"},
		{"a site's day against a portal's hour", []story.Article{at("https://a-portal/1", "portal", 8, "kominfo"), day(site)}, "https://b/1"},
		{"on one kind of channel the known hour", []story.Article{day(at("https://a/1", "website", 0, "dinsos")), site}, "https://b/1"},
		{"two days by address", []story.Article{day(site), day(at("https://a/1", "website", 0, "dinsos"))}, "https://a/1"},
		{"one unknown hour unsettles the day", []story.Article{at("https://p/1", "portal", 8, "kominfo"), site, day(at("https://m/1", "media", 0, "dinsos"))}, "https://b/1"},
		{"the day before is before", []story.Article{day(at("https://a-portal/1", "portal", 0, "kominfo")), siteLate}, "https://a-portal/1"},
		{"an hour of the day before is before", []story.Article{at("https://a-portal/1", "portal", 12, "kominfo"), day(siteLate)}, "https://a-portal/1"},
		{"hours alone decide", []story.Article{at("https://p/1", "portal", 8, "kominfo"), site}, "https://p/1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := story.Cluster(tt.articles)
			if len(got) != 1 {
				t.Fatalf("%d stories, want 1", len(got))
			}
			first := tt.articles[got[0].Members[0]]
			if first.URL != tt.first || got[0].OPD != first.SourceOPD {
				t.Errorf("first %s, credited to %s; want %s", first.URL, got[0].OPD, tt.first)
			}
		})
	}
}

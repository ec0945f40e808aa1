package story_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/ingest/story"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var day0 = time.Date(2026, 10, 1, 3, 0, 0, 0, time.UTC)

// text makes a body of n words that is the same for the same seed.
func text(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 7))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("kata%d", r.IntN(5000))
	}
	return words
}

// article makes an article with a body, published the given hours after day0.
func article(url, title, channel string, hours int, body []string) story.Article {
	hash, sim, words := story.Fingerprint(title, strings.Join(body, " "))
	return story.Article{
		URL: url, Title: title, Channel: channel, PublishedAt: day0.Add(time.Duration(hours) * time.Hour),
		TextHash: hash, SimHash: sim, Words: words,
	}
}

// groups gives the clusters as sets of addresses, in order.
func groups(articles []story.Article) [][]string {
	var out [][]string
	for _, s := range story.Cluster(articles) {
		var urls []string
		for _, m := range s.Members {
			urls = append(urls, articles[m].URL)
		}
		out = append(out, urls)
	}
	return out
}

func of(opd string, a story.Article) story.Article {
	a.SourceOPD = opd
	return a
}

func TestCluster(t *testing.T) {
	body, other := text(1, 600), text(2, 600)
	edited := slices.Clone(body)
	edited[100] = "disunting"
	short := text(3, 30)
	const title = "Bupati Resmikan Gedung Layanan Publik"
	tests := []struct {
		name     string
		articles []story.Article
		want     [][]string
	}{
		{"same text on two sites, a year apart", []story.Article{
			article("https://a/1", "Judul A", "website", 0, body), article("https://b/1", "Judul B", "media", 24*365, body),
		}, [][]string{{"https://a/1", "https://b/1"}}},
		{"nearly the same text within a month", []story.Article{
			article("https://a/1", "Judul A", "website", 0, body), article("https://b/1", "Judul B", "portal", 24*29, edited),
		}, [][]string{{"https://a/1", "https://b/1"}}},
		{"nearly the same text two months apart", []story.Article{
			article("https://a/1", "Judul A", "website", 0, body), article("https://b/1", "Judul B", "portal", 24*60, edited),
		}, [][]string{{"https://a/1"}, {"https://b/1"}}},
		{"different texts of one title", []story.Article{
			article("https://a/1", title, "website", 0, body), article("https://b/1", title, "portal", 1, other),
		}, [][]string{{"https://a/1"}, {"https://b/1"}}},
		{"a post without text joins the article of its title", []story.Article{
			article("https://a/1", title, "website", 0, body), article("https://instagram.com/p/1", title+"!", "instagram", 5, nil),
		}, [][]string{{"https://a/1", "https://instagram.com/p/1"}}},
		{"a short text counts as a text", []story.Article{
			article("https://a/1", title, "website", 0, body), article("https://b/1", title, "portal", 5, short),
		}, [][]string{{"https://a/1"}, {"https://b/1"}}},
		{"titles a week and a day apart", []story.Article{
			article("https://a/1", title, "website", 0, body), article("https://instagram.com/p/1", title, "instagram", 24*8, nil),
		}, [][]string{{"https://a/1"}, {"https://instagram.com/p/1"}}},
		{"titles of three words", []story.Article{
			article("https://a/1", "Rapat Koordinasi Bulanan", "website", 0, body), article("https://instagram.com/p/1", "Rapat Koordinasi Bulanan", "instagram", 1, nil),
		}, [][]string{{"https://a/1"}, {"https://instagram.com/p/1"}}},
		{"two posts of one title on one site and channel", []story.Article{
			article("https://a/1", title, "website", 0, nil), article("https://a/2", title, "website", 1, nil),
		}, [][]string{{"https://a/1"}, {"https://a/2"}}},
		{"a post between two different texts joins the nearer, and joins no two texts", []story.Article{
			article("https://a/1", title, "website", 0, body), article("https://instagram.com/p/1", title, "instagram", 20, nil), article("https://b/1", title, "website", 24, other),
			article("https://x.com/1", title, "x", 21, nil),
		}, [][]string{{"https://a/1"}, {"https://instagram.com/p/1", "https://x.com/1", "https://b/1"}}},
		{"a portal's copy without the closing paragraph", []story.Article{
			article("https://a/1", title, "website", 0, body[:220]), article("https://b/1", title, "portal", 5, body[:200]),
		}, [][]string{{"https://a/1", "https://b/1"}}},
		{"the same greeting on the sites of two agencies", []story.Article{
			of("dinkes", article("https://a/1", title, "website", 0, nil)), of("dinsos", article("https://b/1", title, "website", 1, nil)),
		}, [][]string{{"https://a/1"}, {"https://b/1"}}},
		{"a title on an agency's site and on the portal", []story.Article{
			of("dinkes", article("https://a/1", title, "website", 0, nil)), of("kominfo", article("https://b/1", title, "portal", 1, nil)),
		}, [][]string{{"https://a/1", "https://b/1"}}},
		{"undated articles are in no story", []story.Article{
			{URL: "https://a/1", Title: title}, article("https://b/1", title, "website", 0, body),
		}, [][]string{{"https://b/1"}}},
		{"no articles", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, groups(tt.articles)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCredit(t *testing.T) {
	body := text(1, 100)
	at := func(url, channel string, hours int, sumber, source string) story.Article {
		a := article(url, "Judul", channel, hours, body)
		a.SumberOPD, a.SourceOPD = sumber, source
		return a
	}
	tests := []struct {
		name     string
		articles []story.Article
		opd      string
		first    string
	}{
		{"the byline's agency before the source's", []story.Article{at("https://portal/1", "portal", 0, "", "kominfo"), at("https://b/1", "website", 3, "dinkes", "dinsos")}, "dinkes", "https://portal/1"},
		{"the earliest source that is known", []story.Article{at("https://media/1", "media", 0, "", ""), at("https://b/1", "website", 3, "", "dinsos"), at("https://c/1", "website", 4, "", "dinkes")}, "dinsos", "https://media/1"},
		{"at one instant the website before the portal", []story.Article{at("https://a-portal/1", "portal", 0, "", "kominfo"), at("https://b/1", "website", 0, "", "dinkes"), at("https://a-social/1", "instagram", 0, "", "dinsos")}, "dinkes", "https://b/1"},
		{"at one instant the press before the portal", []story.Article{at("https://a-portal/1", "portal", 0, "", "kominfo"), at("https://m/1", "media", 0, "", "dinkes")}, "dinkes", "https://m/1"},
		{"nobody", []story.Article{at("https://m/1", "media", 0, "", "")}, "", "https://m/1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := story.Cluster(tt.articles)
			if len(got) != 1 {
				t.Fatalf("%d stories, want 1", len(got))
			}
			if first := tt.articles[got[0].Members[0]].URL; got[0].OPD != tt.opd || first != tt.first {
				t.Errorf("credited to %q, first %s; want %q, %s", got[0].OPD, first, tt.opd, tt.first)
			}
		})
	}
}

// The ID of a story stays when a later copy turns up, and differs between
// stories.
func TestID(t *testing.T) {
	body := text(1, 100)
	first := article("https://a/1", "Judul", "website", 0, body)
	alone := story.Cluster([]story.Article{first})
	copied := story.Cluster([]story.Article{article("https://b/1", "Judul", "portal", 5, body), first})
	other := story.Cluster([]story.Article{article("https://c/1", "Judul", "website", 0, body)})
	if alone[0].ID != copied[0].ID || alone[0].ID == other[0].ID || alone[0].ID == 0 {
		t.Errorf("IDs %x, %x, %x", alone[0].ID, copied[0].ID, other[0].ID)
	}
}

// corpusOf draws articles in which all ways of being one story occur.
func corpusOf(t *rapid.T) []story.Article {
	n := rapid.IntRange(1, 40).Draw(t, "n")
	articles := make([]story.Article, n)
	channels := []string{"website", "portal", "media", "instagram", "x"}
	for i := range articles {
		var body []string
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 1:
			body = text(rapid.Uint64Range(1, 4).Draw(t, "text"), 120)
		case 2:
			body = text(rapid.Uint64Range(1, 4).Draw(t, "near"), 120)
			body[rapid.IntRange(0, 119).Draw(t, "word")] = "lain"
		case 3:
			body = text(9, rapid.IntRange(15, 45).Draw(t, "short"))
		}
		articles[i] = article(
			fmt.Sprintf("https://situs%d.go.id/%d", rapid.IntRange(0, 3).Draw(t, "host"), i),
			fmt.Sprintf("Bupati Resmikan Gedung Nomor %d", rapid.IntRange(0, 3).Draw(t, "title")),
			rapid.SampledFrom(channels).Draw(t, "channel"), rapid.IntRange(0, 24*90).Draw(t, "hours"), body)
		if rapid.IntRange(0, 9).Draw(t, "dated") == 0 {
			articles[i].PublishedAt = time.Time{}
		} else if rapid.IntRange(0, 3).Draw(t, "hour known") == 0 {
			articles[i].PublishedAt, articles[i].DayOnly = dayOf(articles[i]), true
		}
	}
	return articles
}

// The order in which articles come in decides nothing, and every dated article
// is in exactly one story.
func TestClusterProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		articles := corpusOf(t)
		stories := story.Cluster(articles)
		seen := make([]int, len(articles))
		for _, s := range stories {
			for k, m := range s.Members {
				seen[m]++
				if k > 0 && dayOf(articles[m]).Before(dayOf(articles[s.Members[k-1]])) {
					t.Fatal("members are not in order of days")
				}
			}
			checkDays(t, articles, s.Members)
		}
		for i, n := range seen {
			want := 1
			if articles[i].PublishedAt.IsZero() {
				want = 0
			}
			if n != want {
				t.Fatalf("article %d is in %d stories, want %d", i, n, want)
			}
		}
		shuffled := slices.Clone(articles)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		if diff := cmp.Diff(groups(articles), groups(shuffled)); diff != "" {
			t.Fatalf("order changed the stories (-given +shuffled):\n%s", diff)
		}
	})
}

// Banding finds exactly the pairs that comparing all with all finds.
func TestNearTextEqualsBruteForce(t *testing.T) {
	const span = 30 * 24 * time.Hour
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 60).Draw(t, "n")
		base := []uint64{0x0123456789abcdef, 0xfedcba9876543210}
		articles := make([]story.Article, n)
		for i := range articles {
			sim := rapid.SampledFrom(base).Draw(t, "base")
			for range rapid.IntRange(0, 4).Draw(t, "flips") {
				sim ^= 1 << rapid.IntRange(0, 63).Draw(t, "bit")
			}
			articles[i] = story.Article{
				URL: fmt.Sprintf("https://a/%02d", i), Words: rapid.SampledFrom([]int{39, 40, 200}).Draw(t, "words"), SimHash: sim,
				PublishedAt: day0.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "day")) * 24 * time.Hour),
			}
		}
		group := make([]int, n)
		for i := range group {
			group[i] = i
		}
		for i := range articles {
			for j := range i {
				a, b := articles[i], articles[j]
				if a.Words >= 40 && b.Words >= 40 && bits.OnesCount64(a.SimHash^b.SimHash) <= 3 && a.PublishedAt.Sub(b.PublishedAt).Abs() <= span {
					from, to := group[i], group[j]
					for k := range group {
						if group[k] == from {
							group[k] = to
						}
					}
				}
			}
		}
		got := make([]int, n)
		for k, s := range story.Cluster(articles) {
			for _, m := range s.Members {
				got[m] = k
			}
		}
		for i := range got {
			for j := range i {
				if (got[i] == got[j]) != (group[i] == group[j]) {
					t.Fatalf("%s and %s: one story %v, want %v", articles[i].URL, articles[j].URL, got[i] == got[j], group[i] == group[j])
				}
			}
		}
	})
}

// BenchmarkCluster works on 100,000 articles, a fifth of them copies or posts.
func BenchmarkCluster(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	articles := make([]story.Article, 100_000)
	for i := range articles {
		a := story.Article{
			URL: fmt.Sprintf("https://situs%d.go.id/berita/%d", r.IntN(50), i), Title: fmt.Sprintf("Kegiatan Nomor %d Dinas %d", i, r.IntN(50)),
			Channel: "website", PublishedAt: day0.Add(time.Duration(r.IntN(365*24)) * time.Hour), TextHash: r.Uint64(), SimHash: r.Uint64(), Words: 200,
		}
		if i > 0 && r.IntN(5) == 0 {
			from := articles[r.IntN(i)]
			a.Title, a.Channel, a.PublishedAt = from.Title, "portal", from.PublishedAt.Add(time.Hour)
			switch r.IntN(3) {
			case 0:
				a.TextHash, a.SimHash = from.TextHash, from.SimHash
			case 1:
				a.SimHash = from.SimHash ^ 1<<r.IntN(64)
			case 2:
				a.TextHash, a.SimHash, a.Words = 0, 0, 0
			}
		}
		articles[i] = a
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(story.Cluster(articles)); n >= len(articles) {
			b.Fatal("nothing joined")
		}
	}
	b.ReportMetric(float64(len(articles))*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

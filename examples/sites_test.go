package examples

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

// ask sends a GET to the sites as they are at now and returns the answer.
func ask(t *testing.T, now time.Time, path string, header ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8099"+path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	NewSites(generated(t), func() time.Time { return now }).ServeHTTP(recorder, request)
	return recorder.Result()
}

func text(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

type restItem struct {
	ID      int    `json:"id"`
	Date    string `json:"date"`
	DateGMT string `json:"date_gmt"`
	Link    string `json:"link"`
	Title   struct {
		Rendered string `json:"rendered"`
	} `json:"title"`
	Embedded struct {
		Author []struct {
			Name string `json:"name"`
		} `json:"author"`
	} `json:"_embedded"`
}

func items(t *testing.T, response *http.Response) []restItem {
	t.Helper()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", response.StatusCode, text(t, response))
	}
	var list []restItem
	if err := json.Unmarshal([]byte(text(t, response)), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWordPressPagesEveryPostOnce(t *testing.T) {
	want := 0
	for _, p := range generated(t).posts {
		if p.site == portalSlug {
			want++
		}
	}
	for _, order := range []string{"date&order=asc", "id&order=desc", "modified&order=desc"} {
		seen := make(map[int]int)
		pages, last := 1, ""
		for page := 1; page <= pages; page++ {
			response := ask(t, Now(), fmt.Sprintf("/portal/wp-json/wp/v2/posts?_embed&per_page=100&page=%d&orderby=%s", page, order))
			if total := response.Header.Get("X-WP-Total"); total != strconv.Itoa(want) {
				t.Fatalf("X-WP-Total %s, want %d", total, want)
			}
			var err error
			if pages, err = strconv.Atoi(response.Header.Get("X-WP-TotalPages")); err != nil {
				t.Fatal(err)
			}
			for _, item := range items(t, response) {
				seen[item.ID]++
				if strings.HasPrefix(order, "date") && item.Date < last {
					t.Fatalf("%s after %s", item.Date, last)
				}
				last = item.Date
				if len(item.Embedded.Author) != 1 || item.Embedded.Author[0].Name != "Kominfotik KC" {
					t.Fatalf("author %v", item.Embedded.Author)
				}
			}
		}
		if len(seen) != want {
			t.Errorf("orderby=%s: %d posts, want %d", order, len(seen), want)
		}
		for id, n := range seen {
			if n > 1 {
				t.Errorf("orderby=%s: post %d comes %d times", order, id, n)
			}
		}
	}
}

func TestWordPressBounds(t *testing.T) {
	const base = "/dinkes/wp-json/wp/v2/posts?per_page=100"
	total := func(query string) int {
		t.Helper()
		n, err := strconv.Atoi(ask(t, Now(), base+query).Header.Get("X-WP-Total"))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	all, before, after := total(""), total("&before=2026-10-01T00:00:00"), total("&after=2026-09-30T23:59:59")
	if before == 0 || after == 0 || before+after != all {
		t.Errorf("%d before October and %d after, of %d", before, after, all)
	}
	if local, utc := total("&after=2026-10-07T12:00:00"), total("&after=2026-10-07T05:00:00Z"); local != utc {
		t.Errorf("after in local time gives %d, the same moment in UTC %d", local, utc)
	}
	if changed := total("&modified_after=2026-10-01T00:00:00"); changed < after {
		t.Errorf("%d modified since October, %d published", changed, after)
	}
	first := items(t, ask(t, Now(), base+"&_fields=id,link&page=1"))[0]
	if first.ID == 0 || first.Link == "" || first.Date != "" || first.Title.Rendered != "" {
		t.Errorf("_fields=id,link gives %+v", first)
	}
}

func TestWordPressErrors(t *testing.T) {
	for path, want := range map[string]string{
		"/dinkes/wp-json/wp/v2/posts?page=999":      "400 rest_post_invalid_page_number",
		"/dinkes/wp-json/wp/v2/posts?per_page=101":  "400 rest_invalid_param",
		"/dinkes/wp-json/wp/v2/posts?page=x":        "400 rest_invalid_param",
		"/dinkes/wp-json/wp/v2/posts?after=kemarin": "400 rest_invalid_param",
		"/dinkes/wp-json/wp/v2/posts?orderby=mood":  "400 rest_invalid_param",
		"/dinkes/wp-json/wp/v2/users":               "404 rest_no_route",
		"/dinkes/?rest_route=/wp/v2/posts&page=999": "400 rest_post_invalid_page_number",
		"/satpolpp/wp-json/wp/v2/posts":             "404 rest_no_route",
		"/bkpsdm/wp-json/wp/v2/posts?per_page=1":    "401 rest_cannot_access",
		"/bkpsdm/?rest_route=/wp/v2/posts":          "401 rest_cannot_access",
	} {
		response := ask(t, Now(), path)
		var answer struct {
			Code string `json:"code"`
			Data struct {
				Status int `json:"status"`
			} `json:"data"`
		}
		if err := json.Unmarshal([]byte(text(t, response)), &answer); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if got := fmt.Sprint(response.StatusCode, " ", answer.Code); got != want || answer.Data.Status != response.StatusCode {
			t.Errorf("%s: %s (data %d), want %s", path, got, answer.Data.Status, want)
		}
	}
	if empty := items(t, ask(t, Now(), "/dinkes/wp-json/wp/v2/posts?before=2001-01-01T00:00:00")); len(empty) != 0 {
		t.Errorf("%d posts before 2001", len(empty))
	}
}

func TestTitlesAsSent(t *testing.T) {
	sent := make(map[string]bool)
	for _, slug := range []string{"disdik", "kec-sungai-tiga", "disbudpar"} {
		for _, item := range items(t, ask(t, Now(), "/"+slug+"/wp-json/wp/v2/posts?per_page=100&after=2026-10-12T00:00:00&before=2026-10-17T00:00:00")) {
			sent[item.Title.Rendered] = true
		}
	}
	for _, title := range []string{
		"Lomba Mading Siswa SMP <script>alert('contoh')</script> Meriahkan Bulan Bahasa",
		`=HYPERLINK("https://pancingan.example/","Klik Hadiah") Undian Layanan Kecamatan`,
		"Festival &#34;Muara &amp; Rasa&#34; &lt;/td&gt;&lt;img src=x onerror=alert(1)&gt; Resmi Dibuka",
	} {
		if !sent[title] {
			t.Errorf("nobody sends %q", title)
		}
	}
	twice := 0
	for _, item := range items(t, ask(t, Now(), "/disbudpar/wp-json/wp/v2/posts?per_page=100")) {
		if strings.Contains(item.Title.Rendered, "&amp;amp;") {
			twice++
		}
	}
	if twice == 0 {
		t.Error("no title is escaped twice")
	}
}

func TestFeeds(t *testing.T) {
	for _, c := range []struct {
		slug, kind string
		items      int
	}{
		{"dinkes", "rss", 10}, {"damkar", "rss", -1}, {"satpolpp", "atom", -1}, {"dishanpan", "atom", -1}, {"bkpsdm", "rss", -1}, {mediaSlug, "rss", -1},
	} {
		response := ask(t, Now(), "/"+c.slug+"/feed/")
		feed, err := gofeed.NewParser().ParseString(text(t, response))
		if err != nil {
			t.Fatalf("%s: %v", c.slug, err)
		}
		want := c.items
		if want < 0 {
			want = len(NewSites(generated(t), nil).find(c.slug).posts)
		}
		if feed.FeedType != c.kind || len(feed.Items) != want {
			t.Errorf("%s: %d items of %s, want %d of %s", c.slug, len(feed.Items), feed.FeedType, want, c.kind)
		}
		for i, item := range feed.Items {
			if item.Title == "" || item.Link == "" || item.Content == "" || item.PublishedParsed == nil {
				t.Fatalf("%s: item %d lacks something: %+v", c.slug, i, item)
			}
			if i > 0 && item.PublishedParsed.After(*feed.Items[i-1].PublishedParsed) {
				t.Errorf("%s: item %d is newer than the one before", c.slug, i)
			}
		}
	}
}

func TestFeedTraps(t *testing.T) {
	feed := func(slug string) string { return text(t, ask(t, Now(), "/"+slug+"/feed/")) }
	if n := strings.Count(feed("dispora"), "<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>"); n < 3 {
		t.Errorf("Dispora has %d items of 1970", n)
	}
	if body := feed("dislutkan"); strings.Contains(body, "+0700</pubDate>") || !strings.Contains(body, "<pubDate>2026-") {
		t.Error("Dislutkan's dates name their zone")
	}
	guids := make(map[string]bool)
	parsed, err := gofeed.NewParser().ParseString(feed("kec-muara-bening"))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range parsed.Items {
		guids[item.GUID] = true
	}
	if len(guids) != 1 || len(parsed.Items) < 50 {
		t.Errorf("%d GUIDs for %d items, want one", len(guids), len(parsed.Items))
	}
	html := ask(t, Now(), "/bapenda/feed/")
	if body := text(t, html); html.StatusCode != 200 || !strings.HasPrefix(body, "<!DOCTYPE html>") || strings.Contains(body, "application/rss+xml") {
		t.Errorf("Bapenda's feed address answers %d %.40q", html.StatusCode, body)
	}
	if down := ask(t, Now(), "/bakesbangpol/feed/"); down.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("Bakesbangpol answers %d", down.StatusCode)
	}
	if gone := ask(t, Now(), "/disperkim/"); gone.StatusCode != http.StatusNotFound {
		t.Errorf("Disperkim, which nobody serves, answers %d", gone.StatusCode)
	}
}

func TestFeedNotModified(t *testing.T) {
	for _, slug := range []string{"damkar", "setwan", "dinkes"} {
		first := ask(t, Now(), "/"+slug+"/feed/")
		tag, stamp := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if tag == "" || stamp == "" {
			t.Fatalf("%s: ETag %q, Last-Modified %q", slug, tag, stamp)
		}
		for _, header := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", stamp}} {
			again := ask(t, Now(), "/"+slug+"/feed/", header...)
			if body := text(t, again); again.StatusCode != http.StatusNotModified || body != "" {
				t.Errorf("%s with %s: %d, %d bytes", slug, header[0], again.StatusCode, len(body))
			}
		}
		earlier := ask(t, Now().AddDate(0, -2, 0), "/"+slug+"/feed/", "If-None-Match", tag)
		if earlier.StatusCode != http.StatusOK {
			t.Errorf("%s: two months earlier the feed is the same", slug)
		}
	}
}

func TestArticlePages(t *testing.T) {
	sites := NewSites(generated(t), nil)
	for _, slug := range []string{"disdik", "satpolpp", portalSlug, mediaSlug} {
		one := sites.find(slug)
		for _, p := range one.posts[max(0, len(one.posts)-25):] {
			response := ask(t, Now(), p.path())
			body := text(t, response)
			if response.StatusCode != http.StatusOK || !strings.Contains(body, "DATA CONTOH") {
				t.Errorf("%s: %d without its mark", p.path(), response.StatusCode)
			}
			if strings.Contains(body, "<script>") {
				t.Errorf("%s runs a script", p.path())
			}
		}
	}
	var future *post
	for _, p := range generated(t).posts {
		if p.site == "dinkes" {
			future = p
		}
	}
	if early := ask(t, future.published.Add(-time.Minute), future.path()); early.StatusCode != http.StatusNotFound {
		t.Errorf("an article answers %d before it is published", early.StatusCode)
	}
}

func TestHomePagesAndRobots(t *testing.T) {
	if body := text(t, ask(t, Now(), "/robots.txt")); !strings.HasPrefix(body, "User-agent: *\n") {
		t.Errorf("robots.txt: %q", body)
	}
	list := text(t, ask(t, Now(), "/"))
	for _, slug := range []string{"/diskominfo/", "/portal/", "/warta-contoh/"} {
		if !strings.Contains(list, `href="`+slug+`"`) {
			t.Errorf("the list of sites lacks %s", slug)
		}
	}
	if home := text(t, ask(t, Now(), "/dinkes/")); !strings.Contains(home, `rel="alternate" type="application/rss+xml" href="http://127.0.0.1:8099/dinkes/feed/"`) {
		t.Error("a home page does not name its feed")
	}
	if date := ask(t, Now(), "/dinkes/").Header.Get("Date"); date != "Thu, 05 Nov 2026 01:00:00 GMT" {
		t.Errorf("Date: %s", date)
	}
	request := httptest.NewRequest(http.MethodPost, "/dinkes/", nil)
	recorder := httptest.NewRecorder()
	NewSites(generated(t), nil).ServeHTTP(recorder, request)
	if recorder.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST answers %d", recorder.Code)
	}
}

func TestLinksLeadToTheAddressAsked(t *testing.T) {
	want := "http://127.0.0.1:8099/dinkes/"
	var wrong []string
	for _, item := range items(t, ask(t, Now(), "/dinkes/wp-json/wp/v2/posts?per_page=20")) {
		if !strings.HasPrefix(item.Link, want) {
			wrong = append(wrong, item.Link)
		}
	}
	if diff := cmp.Diff([]string(nil), wrong); diff != "" {
		t.Error(diff)
	}
}

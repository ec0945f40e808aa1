package dashboard

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse/region"
)

// province is an office of four kabupaten and a kota of Kepulauan Bangka
// Belitung: three with different amounts of stories and requests, one whose
// sources all fail, and one that nothing was ever imported for.
func province(t *testing.T) *office {
	t.Helper()
	o := newOffice(t, Gate{Open: true})
	for i, r := range []struct {
		code              string
		stories, requests int
		days              int // until a request is answered
	}{{"19.01", 90, 40, 3}, {"19.02", 30, 25, 12}, {"19.71", 60, 30, 7}, {"19.03", 20, 6, 4}, {"19.05", 0, 0, 0}} {
		key := 1000 * (i + 1)
		o.exec(fmt.Sprintf("INSERT INTO opd (region, code, name, has_source, key_hash, version) SELECT '%s', concat('%s.', toString(number + 1)), concat('Dinas ', char(65 + number)), true, %d + number, 1 FROM numbers(4)", r.code, r.code, key))
		if r.stories == 0 {
			continue
		}
		o.exec(fmt.Sprintf("INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, articles) SELECT '%[1]s', 1, number, concat('%[1]s.', toString(1 + number %% 4)), toDateTime64('2026-02-01 03:00:00', 3, 'UTC') + toIntervalDay(number %% 28), toDate32('2026-02-01') + toIntervalDay(number %% 28), concat('Berita ', toString(number)), concat('https://contoh.go.id/%[1]s/', toString(number)), 1 FROM numbers(%[2]d)", r.code, r.stories))
		o.exec(fmt.Sprintf("INSERT INTO story_articles (region, generation, url, title, day, first_seen_day, channel, story_id, opd) SELECT region, generation, url, title, day, day, 'website', story_id, opd FROM stories WHERE region = '%s'", r.code))
		o.exec(fmt.Sprintf("INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day, refused, refusal_reason) SELECT '%[1]s', 1, concat('%[1]s.', toString(1 + number %% 4)), toString(number), toDate32('2026-02-02') + toIntervalDay(number %% 10), toDate32('2026-02-02') + toIntervalDay(number %% 10 + %[3]d), false, '' FROM numbers(%[2]d)", r.code, r.requests, r.days))
		o.exec(fmt.Sprintf("INSERT INTO rollup_generations (region, rollup, generation) VALUES ('%[1]s', 'articles', 1), ('%[1]s', 'ppid', 1)", r.code))
	}
	o.exec("INSERT INTO polls (region, source, kind, opd, polled_at, answered, reason) SELECT '19.03', concat('s', toString(number % 4)), 'feed', concat('19.03.', toString(1 + number % 4)), toDateTime64('2026-02-03 03:00:00', 3, 'UTC') + toIntervalDay(intDiv(number, 4)), false, 'http_5xx' FROM numbers(80)")
	return o
}

var regionLink = regexp.MustCompile(`<a href="(/\?[^"]*)">`)

// A province of several regions: who has figures is ranked, who has none is
// named with the reason, and every region opens at the same period and language.
func TestProvince(t *testing.T) {
	o := province(t)
	for _, lang := range []string{"", "en"} {
		query := url.Values{"region": {"19.71"}, "month": {"2026-02"}, "compare": {"year"}}
		if lang != "" {
			query.Set("lang", lang)
		}
		page := o.get("/wilayah?" + query.Encode())
		ranked := regexp.MustCompile(`id="judul-peringkat-wilayah"[\s\S]*?</table>`).FindString(page)
		var places []string
		for _, m := range regexp.MustCompile(`<td class="place">[\s\S]*?<a href="[^"]*region=([0-9.]+)[^"]*">[^<]*</a></th><td class="figure"><strong>(?:<a[^>]*>)?(\d+)`).FindAllStringSubmatch(ranked, -1) {
			places = append(places, m[1]+" "+m[2])
		}
		if diff := cmp.Diff([]string{"19.01 90", "19.71 60", "19.02 30"}, places); diff != "" {
			t.Errorf("%s: the ranking (-want +got):\n%s", lang, diff)
		}
		if !strings.Contains(ranked, `data-tier="A"`) {
			t.Errorf("%s: 90, 60 and 30 stories in a month make no tiers", lang)
		}
		apart := regexp.MustCompile(`id="di-luar"[\s\S]*?</ul>`).FindString(page)
		reasons := map[string][]string{"": {"Sumber OPD-nya gagal", "Belum ada satu berita pun"}, "en": {"sources of its OPD failed", "Not a single story"}}[lang]
		for i, code := range []string{"19.03", "19.05"} {
			row := regexp.MustCompile(`<li data-opd="` + code + `">[^\n]*`).FindString(apart)
			if !strings.Contains(row, reasons[i]) {
				t.Errorf("%s: %s stands apart as %q", lang, code, row)
			}
		}
		// No map, no pie: rows and bars alone (checklist D4).
		for _, picture := range []string{"<canvas", "<img", "data-chart"} {
			if strings.Contains(page, picture) {
				t.Errorf("%s: the page has %s", lang, picture)
			}
		}
		seen := map[string]bool{}
		for _, m := range regionLink.FindAllStringSubmatch(page, -1) {
			link, err := url.Parse(html.UnescapeString(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			got := link.Query()
			seen[got.Get("region")] = true
			want := url.Values{"region": got["region"], "month": query["month"], "compare": query["compare"]}
			if lang != "" {
				want.Set("lang", lang)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", lang, m[1], diff)
			}
		}
		for _, code := range []string{"19.01", "19.02", "19.03", "19.05", "19.71"} {
			if !seen[code] {
				t.Errorf("%s: nothing leads to %s", lang, code)
			}
		}
		for i, link := range drillLink.FindAllStringSubmatch(page, -1) {
			if i%4 != len(lang) {
				continue // some are enough: those of one OPD have a test of their own
			}
			rows := rowsOnPage.FindStringSubmatch(o.get(html.UnescapeString(link[1])))
			if rows == nil || rows[1] != link[2] {
				t.Errorf("%s: %s has %v rows, the figure is %s", lang, html.UnescapeString(link[1]), rows, link[2])
			}
		}
	}
	// The region that was opened shows the figures of its row.
	mention(t, "Kabupaten Belitung", o.get("/publikasi?compare=year&month=2026-02&region=19.02"), "Kabupaten Belitung", `data-n="30"><span class="state-measured">30`)
}

// Why a region has no place.
func TestUnrankedRegion(t *testing.T) {
	sel := &selection{Region: region.Region{Code: "19.01"}, Lang: wording.Indonesian}
	for _, c := range []struct {
		row  metrics.PublicationOPD
		want string
	}{
		{metrics.PublicationOPD{Status: metrics.StatusSourceFailed}, "Sumber OPD-nya gagal"},
		{metrics.PublicationOPD{Status: metrics.StatusNoSource}, "Belum ada satu berita pun"},
		{metrics.PublicationOPD{Status: metrics.StatusNoSource, DaysSinceLast: ptr(4)}, "Belum ada OPD yang dapat dinilai"},
	} {
		if got := newUnrankedRegion(sel, c.row); !strings.HasPrefix(got.Reason, c.want) {
			t.Errorf("%+v: %q", c.row, got.Reason)
		}
	}
}

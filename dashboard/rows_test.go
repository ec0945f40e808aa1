package dashboard

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gaung/warehouse/account"
)

// rowsOffice is an office with rows of every kind behind its figures.
func rowsOffice(t *testing.T) *office {
	t.Helper()
	o := filterOffice(t)
	for _, statement := range []string{
		// Requests of every state, some without an OPD, some refused or extended.
		"INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, completed_day, notified_day, withdrawn_day, extended, refused, refusal_reason) SELECT '99.01', 3, if(number % 11 = 0, '', concat('1.0', toString(1 + number % 5))), concat('P/', toString(number)), toDate32('2026-01-03') + toIntervalDay(number % 66), if(number % 7 = 0, toDate32('2026-01-09') + toIntervalDay(number % 66), NULL), if(number % 3 = 0, NULL, toDate32('2026-01-12') + toIntervalDay(number % 66 + number % 13)), if(number % 17 = 0, toDate32('2026-01-10') + toIntervalDay(number % 66), NULL), number % 5 = 0, number % 4 = 1, if(number % 4 = 1, 'dikecualikan', '') FROM numbers(150)",
		"INSERT INTO objection_cases (region, generation, opd, objection_no, registration_no, received_day, answered_day) SELECT '99.01', 3, concat('1.0', toString(1 + number % 4)), concat('K/', toString(number)), concat('P/', toString(number)), toDate32('2026-01-20') + toIntervalDay(number), if(number % 2 = 0, NULL, toDate32('2026-02-20') + toIntervalDay(number)) FROM numbers(14)",
		"INSERT INTO complaint_spells (region, generation, opd, tracking_id, spell, kind, submitted_day, verified_day, assigned_day, first_response_day, resolved_day, left_day) SELECT '99.01', 3, if(number % 13 = 0, '', concat('1.0', toString(1 + number % 6))), toString(10000 + number), 1, ['information', 'aspiration', 'complaint', 'supervision'][1 + number % 4], toDate32('2026-01-04') + toIntervalDay(number % 64), if(number % 9 = 0, NULL, toDate32('2026-01-06') + toIntervalDay(number % 64)), if(number % 9 = 0, NULL, toDate32('2026-01-07') + toIntervalDay(number % 64)), if(number % 5 = 0, NULL, toDate32('2026-01-09') + toIntervalDay(number % 64 + number % 8)), if(number % 3 = 0, toDate32('2026-01-13') + toIntervalDay(number % 64 + number % 20), NULL), if(number % 19 = 0, toDate32('2026-01-12') + toIntervalDay(number % 64), NULL) FROM numbers(180)",
		"INSERT INTO agenda_items (region, generation, opd, agenda_id, day, title) SELECT '99.01', 3, concat('1.0', toString(1 + number % 6)), toString(number), toDate32('2026-01-05') + toIntervalDay(number), concat('Acara ', toString(number)) FROM numbers(60)",
		"ALTER TABLE stories UPDATE place = ['Air Merapin', 'Jakarta', 'A/B & C', ''][1 + story_id % 4] WHERE generation = 2 SETTINGS mutations_sync = 2",
		"INSERT INTO rollup_generations (region, rollup, generation) VALUES ('99.01', 'ppid', 3), ('99.01', 'objections', 3), ('99.01', 'complaints', 3), ('99.01', 'agenda', 3)",
	} {
		o.exec(statement)
	}
	return o
}

var (
	drillLink  = regexp.MustCompile(`<a class="[^"]*drill" href="([^"]*)" data-n="(\d+)">(?:<span[^>]*>)?([^<]*)`)
	rowsOnPage = regexp.MustCompile(`data-rows="(\d+)"`)
	listedRow  = regexp.MustCompile(`<tr[ >]`)
)

// Every figure that leads to rows leads to as many as it says, whatever the
// period, the comparison and the filters.
func TestEveryFigureHasItsRows(t *testing.T) {
	o := rowsOffice(t)
	fewer(t, 8) // every round opens three pages and a dozen lists
	seen := map[string]int{}
	paths := []string{"/", "/publikasi", "/publikasi/peta", "/ppid", "/pengaduan", "/ppid/tahun", "/opd/1.03", "/opd/1.02", "/wilayah"}
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		query := drawNarrowing(rt)
		query.Del("sort")
		query.Del("dir")
		if rapid.Bool().Draw(rt, "as of") && query.Get("month") == "2026-02" {
			query.Set("as_of", rapid.SampledFrom([]string{"2026-02-11", "2026-02-28", "2026-03-04"}).Draw(rt, "day"))
		}
		round++
		for i := range 3 {
			path := paths[(3*round+i)%len(paths)]
			page := o.get(path + "?" + query.Encode())
			links := drillLink.FindAllStringSubmatch(page, -1)
			seen[path] += len(links)
			for range min(len(links), 4) {
				link := rapid.SampledFrom(links).Draw(rt, "figure")
				if n := strings.ReplaceAll(link[3], ".", ""); n != link[2] && regexp.MustCompile(`^\d+$`).MatchString(n) {
					rt.Errorf("%s?%s: %s shows %s and promises %s rows", path, query.Encode(), link[1], link[3], link[2])
				}
				rows := rowsOnPage.FindStringSubmatch(o.get(html.UnescapeString(link[1])))
				if rows == nil || rows[1] != link[2] {
					rt.Errorf("%s?%s: %s has %v rows, the figure is %s", path, query.Encode(), html.UnescapeString(link[1]), rows, link[2])
				}
			}
		}
	})
	for path, n := range seen {
		if n == 0 {
			t.Errorf("no figure of %s leads to rows", path)
		}
	}
}

// The rows listed are the rows counted, over all the pages of a long list.
func TestLongListOfRows(t *testing.T) {
	o := rowsOffice(t)
	path := "/rincian/berita/semua?from=2026-01-01&to=2026-03-09&region=99.01"
	listed := 0
	for page := 1; ; page++ {
		body := o.get(path + "&page=" + strconv.Itoa(page))
		if page == 1 && !strings.Contains(body, `data-rows="240"`) {
			t.Fatalf("not the 240 stories of the period: %v", rowsOnPage.FindString(body))
		}
		listed += len(listedRow.FindAllString(body, -1)) - 1 // its head
		next := regexp.MustCompile(`href="([^"]*)">Berikutnya`).FindStringSubmatch(body)
		if next == nil {
			break
		}
		if want := path + "&page=" + strconv.Itoa(page+1); !sameAddress(html.UnescapeString(next[1]), want) {
			t.Fatalf("the next page is %s, want %s", next[1], want)
		}
	}
	if listed != 240 {
		t.Errorf("%d rows are listed of 240", listed)
	}
}

func sameAddress(a, b string) bool {
	x, err := url.Parse(a)
	y, err2 := url.Parse(b)
	return err == nil && err2 == nil && x.Path == y.Path && x.Query().Encode() == y.Query().Encode()
}

// Every kind and part of rows has a page, in both languages.
func TestRowsOfEveryKind(t *testing.T) {
	s := newEnglish(t, fixtureReports(), nil)
	for _, kind := range rowKinds {
		parts := []string{allRows}
		for _, p := range kind.parts {
			parts = append(parts, p.name)
		}
		switch kind.name {
		case complaintRows:
			parts = append(parts, kindPrefix+"complaint")
		case storyRows:
			parts = append(parts, placePrefix+"Air Merapin")
		}
		for _, part := range parts {
			keys := []string{"", "1.03", unknownOPD}
			if kind.ofPerson() {
				keys = []string{"198001012005011001"}
			}
			for _, opd := range keys {
				for _, lang := range []string{"", "&lang=en"} {
					resp, body := get(t, s, rowsURL(kind.name, part, opd)+"?month=2026-10&region=99.01"+lang)
					count := rowsOnPage.FindStringSubmatch(body)
					if resp.StatusCode != http.StatusOK || count == nil {
						t.Fatalf("%s/%s/%s%s: %d", kind.name, part, opd, lang, resp.StatusCode)
					}
					if listed := max(len(listedRow.FindAllString(body, -1))-1, 0); strconv.Itoa(listed) != count[1] {
						t.Errorf("%s/%s/%s: %d rows are listed, %s counted", kind.name, part, opd, listed, count[1])
					}
				}
			}
		}
	}
	for _, path := range []string{"/rincian/", "/rincian/gaji", "/rincian/berita/terlambat", "/rincian/permohonan/jenis-complaint", "/rincian/berita/semua/1.03/lagi", "/rincian/%25zz"} {
		if resp, _ := get(t, s, path+"?month=2026-10"); resp.StatusCode != http.StatusNotFound && resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// A row leads to the page it comes from, over the web only and without telling
// where from.
func TestRowsLeadToTheirSource(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, body := get(t, s, "/rincian/berita/semua?month=2026-10")
	mention(t, "stories", body, `<a href="https://kominfo.contoh.go.id/berita/1" rel="noopener noreferrer">Pelatihan literasi digital</a>`)
	if strings.Contains(body, "javascript:") {
		t.Error("a row leads to a script")
	}
	_, body = get(t, s, "/rincian/agenda/diliput?month=2026-10")
	mention(t, "events", body, `<a href="https://kominfo.contoh.go.id/berita/1" rel="noopener noreferrer">`)
	_, body = get(t, s, "/rincian/permohonan/ditolak/1.03?month=2026-10")
	mention(t, "requests", body, `href="/kasus/ppid/041%2FPPID%2F2026`, "informasi dikecualikan", "1 baris")
}

// TestRowsByRole: the counts are for everybody, the cases behind them for who
// may see the rows of their OPD.
func TestRowsByRole(t *testing.T) {
	o := newStaffed(t)
	o.serve(nil)
	o.user("sari", account.Leader)
	if err := o.warehouse.Conn().Exec(t.Context(), "INSERT INTO opd (region, code, name, has_source, key_hash, version) VALUES ('99.01', '1.01', 'Dinas Kesehatan', true, 1, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := o.accounts.Add(t.Context(), account.User{Name: "dewi", Role: account.Operator, Region: "99.01", OPD: "1.01"}, testPassword, o.clock()); err != nil {
		t.Fatal(err)
	}
	o.wait(2 * populationAge)
	const query = "?month=2026-10&region=99.01"
	number := fixtureDue().Overdue[0].ID
	closed := regexp.MustCompile(`href="/(?:rincian/(?:permohonan|keberatan|pengaduan|tanggapan|penyelesaian|tenggat-[a-z]+)|kasus)/`)

	guest := o.browser()
	for _, path := range []string{"/", "/ppid", "/pengaduan", "/opd/1.03", "/opd/1.01", "/ppid/tahun", "/paparan"} {
		_, body := guest.send("GET", path+query, nil)
		if found := closed.FindString(body); found != "" {
			t.Errorf("%s leads a guest to %s", path, found)
		}
		if strings.Contains(body, number) {
			t.Errorf("%s shows a guest case %s", path, number)
		}
	}
	_, body := guest.send("GET", "/ppid"+query, nil)
	mention(t, "the due list of a guest", body, "kasus terbuka lewat batas dan", "(hanya untuk yang berhak)")
	_, body = guest.send("GET", "/ppid"+query+"&q="+url.QueryEscape(number), nil)
	if regexp.MustCompile(`<table class="due"[\s\S]*?</table>`).FindString(body) == "" || regexp.MustCompile(`<tr data-opd="[^"]*"><td class="number">`).MatchString(body) {
		t.Error("a guest can find a case by its number")
	}
	for _, path := range []string{"/rincian/permohonan/semua", "/rincian/penyelesaian/terlambat/1.03", "/rincian/tenggat-ppid/lewat", "/rincian/pengaduan/semua/-"} {
		if status := guest.status(path + query); status != http.StatusForbidden {
			t.Errorf("%s for a guest: %d", path, status)
		}
	}
	for _, path := range []string{"/rincian/berita/semua", "/rincian/agenda/semua/1.03", "/rincian/opd/diam"} {
		if status := guest.status(path + query); status != http.StatusOK {
			t.Errorf("%s for a guest: %d", path, status)
		}
	}

	operator := o.browser()
	operator.login("dewi", testPassword, "/")
	for path, want := range map[string]int{
		"/rincian/permohonan/semua": 403, "/rincian/permohonan/semua/1.01": 200, "/rincian/permohonan/semua/1.03": 403,
		"/rincian/tenggat-ppid/lewat": 403, "/rincian/tenggat-ppid/lewat/1.01": 200, "/rincian/permohonan/semua/-": 403,
	} {
		if status := operator.status(path + query); status != want {
			t.Errorf("%s for the operator of 1.01: %d", path, status)
		}
	}
	_, body = operator.send("GET", "/ppid"+query, nil)
	due := regexp.MustCompile(`<table class="due"[\s\S]*?</table>`).FindString(body)
	if !strings.Contains(due, ">"+number+"</a>") || strings.Contains(due, fixtureDue().Soon[0].ID) || strings.Contains(due, fixtureDue().Soon[1].ID) {
		t.Errorf("the operator of 1.01 does not see its own cases alone: %s", due)
	}

	leader := o.browser()
	leader.login("sari", testPassword, "/")
	_, body = leader.send("GET", "/ppid"+query, nil)
	if !strings.Contains(body, number) || !closed.MatchString(body) {
		t.Error("a leader sees no cases")
	}
	if status := leader.status("/rincian/tenggat-pengaduan/lewat" + query); status != http.StatusOK {
		t.Errorf("the overdue complaints for a leader: %d", status)
	}
}

// A person's works in one role are as many as the board says.
func TestWorksByRole(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, body := get(t, s, "/pranata-humas/198001012005011001?month=2026-10&region=99.01")
	all := rowsOnPage.FindStringSubmatch(body)
	total := 0
	for _, role := range []string{"author", "editor", "photographer"} {
		_, body := get(t, s, "/pranata-humas/198001012005011001?month=2026-10&region=99.01&role="+role)
		rows := rowsOnPage.FindStringSubmatch(body)
		n, _ := strconv.Atoi(rows[1])
		total += n
		if listed := strings.Count(body[strings.Index(body, `id="karya"`):], "<tr><td class=\"number\">"); listed != n {
			t.Errorf("%s: %d works are listed, %d counted", role, listed, n)
		}
	}
	if n, _ := strconv.Atoi(all[1]); total < n {
		t.Errorf("%d works by role, %s in all", total, all[1])
	}
	if resp, _ := get(t, s, "/pranata-humas/198001012005011001?month=2026-10&role=penyair"); resp.StatusCode != http.StatusOK {
		t.Errorf("an unknown role: %d", resp.StatusCode)
	}
}

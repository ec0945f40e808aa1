package dashboard

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// changesOffice is an office with twenty months of requests: those of 1.01 take
// far longer in the last month, those of 1.02 are as always.
func changesOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t, Gate{})
	for year := range 3 {
		o.exec("INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('', '" + strconv.Itoa(2024+year) + "-01-01', 'Tahun Baru', 'libur nasional', " + strconv.Itoa(100+year) + ", 1)")
	}
	o.exec(`INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day, refused, refusal_reason)
		SELECT '99.01', 5, ['1.01', '1.02'][1 + number % 2], concat('P/', toString(number)) , received,
			received + toIntervalDay(if(number % 2 = 0 AND month = 19, 21, 3 + (month + number) % 3)), false, ''
		FROM (SELECT number, intDiv(number, 16) AS month, toDate32('2024-07-03') + toIntervalMonth(intDiv(number, 16)) + toIntervalDay(number % 5) AS received FROM numbers(320))`)
	o.exec("INSERT INTO rollup_generations (region, rollup, generation) VALUES ('99.01', 'ppid', 5)")
	return o
}

// The charts of waits are the same on the page, on the OPD's own page, in the
// API and in the file.
func TestWaitChangesEverywhere(t *testing.T) {
	o := changesOffice(t)
	const query = "?month=2026-02&region=99.01"
	var answer struct {
		Stories *metrics.Changes
		Waits   *metrics.CaseChanges
	}
	if err := json.Unmarshal([]byte(o.get("/api/v1/changes"+query)), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Waits.PPID) != 2 || answer.Waits.PPID[0].Signal == nil || *answer.Waits.PPID[0].Signal != metrics.Slower ||
		answer.Waits.PPID[1].Signal == nil || *answer.Waits.PPID[1].Signal != metrics.Steady {
		t.Fatalf("the API charts %+v", answer.Waits.PPID)
	}
	page := o.get("/tren/opd" + query)
	table := regexp.MustCompile(`data-changes="perubahan-ppid"[\s\S]*?</table>`).FindString(page)
	lang := wording.Indonesian
	for _, c := range answer.Waits.PPID {
		row := regexp.MustCompile(`<tr data-opd="` + regexp.QuoteMeta(c.OPD) + `">[\s\S]*?</tr>`).FindString(table)
		mention(t, "the chart of "+c.OPD, row, *c.Signal, ">"+lang.Number(*c.Points[len(c.Points)-1], 1)+"<", ">"+lang.Number(*c.Mean, 1)+"<",
			">"+lang.Number(*c.Low, 1)+"–"+lang.Number(*c.High, 1)+"<", "<polyline")
	}
	if strings.Index(table, `data-opd="1.01"`) > strings.Index(table, `data-opd="1.02"`) {
		t.Error("the OPD that became slower does not stand first")
	}
	own := o.get("/opd/1.01" + query)
	mention(t, "the OPD's page", own, "Perubahan lama menunggu", "lebih lambat", `href="/tren/opd`, "#perubahan-ppid")
	mention(t, "the page of stories", page, "1 lebih lambat, 0 lebih cepat")

	resp, text := o.send(request(http.MethodGet, "/perubahan.csv"+query))
	mention(t, "the name of the file", resp.Header.Get("Content-Disposition"), "gaung_perubahan_99.01_2026-02_2026-03-05.csv")
	text, bom := strings.CutPrefix(text, "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !bom {
		t.Fatal(err, bom)
	}
	var want, got [][]string
	number := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', -1, 64)
	}
	for _, c := range answer.Waits.PPID {
		for i, p := range c.Points {
			want = append(want, []string{c.OPD, answer.Waits.Months[i], number(p), strconv.Itoa(c.N), number(c.Mean), *c.Signal})
		}
	}
	charts := map[string]int{}
	for _, r := range rows[1:] {
		charts[r[2]]++
		if r[2] == "ppid" {
			got = append(got, []string{r[3], r[5], r[6], r[7], r[8], r[11]})
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("CSV (-API +CSV):\n%s", diff)
	}
	stories := 0
	for _, c := range answer.Stories.OPD {
		stories += len(c.Points)
	}
	if charts["stories"] != stories || stories == 0 {
		t.Errorf("%d points of stories in the file, %d in the API", charts["stories"], stories)
	}
}

// A page whose waits cannot be read says so and keeps the rest.
func TestChangesWithoutWaits(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, brokenWaits{reports}, nil)
	resp, body := get(t, s, "/tren/opd?month=2026-10")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d", resp.StatusCode)
	}
	mention(t, "the page", body, "Perubahan lama menunggu belum dapat dibaca", `<table class="changes"`)
}

// brokenWaits cannot chart waits.
type brokenWaits struct{ *fakeReports }

func (brokenWaits) CaseChanges(context.Context, metrics.Query) (*metrics.CaseChanges, error) {
	return nil, errors.New("no waits")
}

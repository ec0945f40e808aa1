package dashboard

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"gaung/metrics"
)

// TestSameNumbersEverywhere draws random reports and reads the ranking back
// from the page, the API, the CSV file and the workbook: each must hold the
// numbers of the report, in its order.
func TestSameNumbersEverywhere(t *testing.T) {
	reports := fixtureReports()
	s := newFixture(t, reports, nil)
	rapid.Check(t, func(rt *rapid.T) {
		r := randomReport(rt)
		reports.reports["2026-10"] = r

		want := make([]string, 0, len(r.Publication.OPD))
		for _, o := range r.Publication.OPD {
			want = append(want, fmt.Sprint(o.OPD, " ", o.Stories, " ", o.WeeksMet, " ", o.ActiveDays))
		}
		compare := func(where string, got []string) {
			rt.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Errorf("%s (-report +%s):\n%s", where, where, diff)
			}
		}

		_, page := get(t, s, "/publikasi?month=2026-10")
		_, overview := get(t, s, "/?month=2026-10")
		compareSorted(rt, "page", want, pageRows(page), r)
		_, answer := get(t, s, "/api/v1/report")
		compare("API", apiRows(rt, answer))
		_, text := get(t, s, "/report.csv")
		compare("CSV", csvRows(rt, text))
		_, file := get(t, s, "/report.xlsx")
		compare("workbook", workbookRows(rt, file))

		var direct bytes.Buffer
		if err := WriteCSV(&direct, r); err != nil {
			rt.Fatal(err)
		}
		if direct.String() != text {
			rt.Error("WriteCSV and /report.csv differ")
		}
		for where, page := range map[string]string{"overview": overview, "publication": page} {
			id, number := "stories", strconv.Itoa(r.Publication.Stories)
			card := regexp.MustCompile(`data-kpi="` + id + `"[\s\S]*?class="state-measured">([^<]*)`).FindStringSubmatch(page)
			if card == nil || strings.ReplaceAll(card[1], ".", "") != number {
				rt.Errorf("card %s of the %s shows %v, the report has %s", id, where, card, number)
			}
		}
	})
}

// compareSorted compares the page, which shows the ranked OPD and below them
// the others, each in the report's order.
func compareSorted(rt *rapid.T, where string, want, got []string, r *metrics.Report) {
	rt.Helper()
	var expected []string
	for i, o := range r.Publication.OPD {
		if o.Score != nil {
			expected = append(expected, want[i])
		}
	}
	if diff := cmp.Diff(expected, got); diff != "" {
		rt.Errorf("%s (-report +%s):\n%s", where, where, diff)
	}
}

// randomReport is a report with any number of OPD in any state.
func randomReport(rt *rapid.T) *metrics.Report {
	r := fixtureReport()
	r.Publication.OPD, r.Publication.Stories = nil, 0
	n := rapid.IntRange(0, 12).Draw(rt, "opd")
	for i := range n {
		o := metrics.PublicationOPD{
			OPD: fmt.Sprintf("7.%02d", i), Name: rapid.StringMatching(`[A-Z][a-z ,&<>"'=+@-]{0,40}`).Draw(rt, "name"),
			Weeks: 5, TargetPerWeek: 2,
			Stories: rapid.IntRange(0, 3000).Draw(rt, "stories"), WeeksMet: rapid.IntRange(0, 5).Draw(rt, "weeks met"),
			ActiveDays: rapid.IntRange(0, 31).Draw(rt, "active"),
			Status: rapid.SampledFrom([]metrics.OPDStatus{
				metrics.StatusOK, metrics.StatusQuiet, metrics.StatusSourceFailed, metrics.StatusNoSource, metrics.StatusNew,
			}).Draw(rt, "status"),
		}
		if o.Status == metrics.StatusSourceFailed || o.Status == metrics.StatusNoSource {
			// Their zero is shown in words; that has a test of its own.
			o.Stories = max(o.Stories, 1)
		}
		if o.Status == metrics.StatusOK || o.Status == metrics.StatusQuiet {
			o.Score, o.RankMean = ptr(rapid.Float64Range(0, 1.2).Draw(rt, "score")), ptr(float64(i+1))
			o.RankLow, o.RankHigh, o.Tier = ptr(i+1), ptr(i+2), ptr("B")
		}
		r.Publication.Stories += o.Stories
		r.Publication.OPD = append(r.Publication.OPD, o)
	}
	return r
}

var pageRow = regexp.MustCompile(`<tr data-opd="([^"]*)"[^>]*>\s*<td class="place"[\s\S]*?data-label="Berita"><strong>(?:<a[^>]*>)?([\d.]+)(?:</a>)?</strong>[\s\S]*?data-label="Minggu terpenuhi">(?:<a[^>]*>)?(?:<span[^>]*>)?(\d+)/[\s\S]*?data-label="Hari aktif">(?:<a[^>]*>)?(\d+)<`)

func pageRows(body string) []string {
	var rows []string
	for _, m := range pageRow.FindAllStringSubmatch(body, -1) {
		rows = append(rows, m[1]+" "+strings.ReplaceAll(m[2], ".", "")+" "+m[3]+" "+m[4])
	}
	return rows
}

func apiRows(rt *rapid.T, answer string) []string {
	var r metrics.Report
	if err := json.Unmarshal([]byte(answer), &r); err != nil {
		rt.Fatal(err)
	}
	rows := []string{}
	for _, o := range r.Publication.OPD {
		rows = append(rows, fmt.Sprint(o.OPD, " ", o.Stories, " ", o.WeeksMet, " ", o.ActiveDays))
	}
	return rows
}

func csvRows(rt *rapid.T, text string) []string {
	text, ok := strings.CutPrefix(text, "\ufeff")
	if !ok {
		rt.Error("CSV without byte-order mark")
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		rt.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range records[0] {
		column[name] = i
	}
	rows := []string{}
	for _, r := range records[1:] {
		rows = append(rows, r[column["opd"]]+" "+r[column["stories"]]+" "+r[column["weeks_met"]]+" "+r[column["active_days"]])
	}
	return rows
}

func workbookRows(rt *rapid.T, file string) []string {
	f, err := excelize.OpenReader(strings.NewReader(file))
	if err != nil {
		rt.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	sheet, err := f.GetRows("Peringkat", excelize.Options{RawCellValue: true})
	if err != nil {
		rt.Fatal(err)
	}
	const header = 4 // the fifth row
	column := map[string]int{}
	for i, name := range sheet[header] {
		column[name] = i
	}
	rows := []string{}
	for _, r := range sheet[header+1:] {
		if len(r) <= column["Hari aktif"] {
			continue // the line that says there is no OPD
		}
		rows = append(rows, r[column["Kode"]]+" "+r[column["Berita"]]+" "+r[column["Minggu terpenuhi"]]+" "+r[column["Hari aktif"]])
	}
	return rows
}

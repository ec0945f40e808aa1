package dashboard

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gaung/metrics"
)

// hostile are names as an attacker who controls a register or a site would
// choose them.
var hostile = []string{
	`</script><script>alert(1)</script>`,
	`"__f__alert(document.cookie)__f__"`,
	`=HYPERLINK("http://jahat.example","klik")`,
	`+1+1`, `-2+3`, `@SUM(A1)`, "\t=1+1", "|cmd",
	`"><img src=x onerror=alert(1)>`,
	`{{.Version}}`,
	`<!--`,
}

func hostileReport() *metrics.Report {
	r := fixtureReport()
	for i, name := range hostile {
		r.Publication.OPD[i].Name = name
		r.Publication.OPD[i].OPD = name
		if i < len(r.PPID.OPD) {
			r.PPID.OPD[i].Name, r.PPID.OPD[i].OPD = name, name
		}
	}
	r.RegionName = hostile[0]
	r.People[0].Name, r.People[0].PersonID = hostile[2], hostile[3]
	r.DataQuality.FailedSources[0].Source = hostile[0]
	r.DataQuality.FailedSources[0].Reason = hostile[8]
	r.Complaints.ByKind[hostile[0]] = 1
	r.Publication.OPD[0].Tier = &hostile[8]
	return r
}

// hostileLists puts hostile texts wherever a list shows one.
func hostileLists(f *fakeReports) {
	bad := hostile[8]
	f.due.Overdue[0].ID, f.due.Overdue[0].Name, f.due.Soon[0].Rule = bad, bad, "ppid"
	f.health[0].Source, f.health[0].OPD, f.health[0].Reason = bad, hostile[0], bad
	f.problems.Rejects[0].Source, f.problems.Rejects[0].Column, f.problems.Rejects[0].Value, f.problems.Rejects[0].Reason = bad, bad, hostile[0], bad
	f.details.bad = bad
	f.queue[0].Text, f.queue[0].Suggestions[0].Name, f.queue[0].Suggestions[0].Evidence = hostile[0], bad, bad
}

func hostileServer(t *testing.T) *Server {
	reports := fixtureReports()
	reports.reports["2026-10"], reports.reports[recentDays.String()] = hostileReport(), over(recentDays, hostileReport())
	hostileLists(reports)
	return newFixture(t, reports, nil)
}

func TestHostileNamesOnPage(t *testing.T) {
	s := hostileServer(t)
	for _, p := range pages() {
		_, body := get(t, s, at(p))
		for _, raw := range []string{"<script>alert", "<img src=x", "onerror=alert(1)>", "</script><script>", "<!--"} {
			if strings.Contains(body, raw) {
				t.Errorf("%s has %q raw", p.path, raw)
			}
		}
	}
	// A search is text from outside too.
	if _, body := get(t, s, "/publikasi?q=%22%3E%3Cscript%3Ealert(1)"); strings.Contains(body, "<script>alert") {
		t.Error("the search box runs what it was asked")
	}
	_, body := get(t, s, "/publikasi")
	if !strings.Contains(body, "&lt;/script&gt;&lt;script&gt;alert(1)") || !strings.Contains(body, `{{.Version}}`) {
		t.Error("the hostile names are not shown as text, so nothing was tested")
	}
	_, option, ok := strings.Cut(body, `<script type="application/json" id="data-berita-per-opd">`)
	if !ok {
		t.Fatal("no chart on the page")
	}
	option, _, _ = strings.Cut(option, "</script>")
	var chart struct {
		YAxis []struct {
			Data []string `json:"data"`
		} `json:"yAxis"`
	}
	if err := json.Unmarshal([]byte(option), &chart); err != nil {
		t.Fatalf("the chart is no JSON any more: %v", err)
	}
	names := strings.Join(chart.YAxis[0].Data, "\n")
	for _, name := range hostile {
		if !strings.Contains(names, name) {
			t.Errorf("the chart lacks the name %q", name)
		}
	}
}

func TestHostileNamesInJSON(t *testing.T) {
	resp, body := get(t, hostileServer(t), "/api/v1/report")
	if got := resp.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
		t.Errorf("Content-Type %q", got)
	}
	if strings.ContainsAny(body, "<>") {
		t.Error("JSON has raw angle brackets")
	}
}

func TestHostileNamesInCSV(t *testing.T) {
	for _, metric := range []string{"publikasi", "ppid", "pengaduan"} {
		_, body := get(t, hostileServer(t), "/report.csv?metric="+metric)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, value := range row {
				if value != "" && strings.ContainsAny(value[:1], "=+-@\t\r|") {
					t.Errorf("%s: %q would run as a formula", metric, value)
				}
			}
		}
	}
}

func TestHostileNamesInWorkbook(t *testing.T) {
	_, body := get(t, hostileServer(t), "/report.xlsx")
	f, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	seen := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, value := range row {
				ref, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, _ := f.GetCellFormula(sheet, ref); formula != "" {
					t.Errorf("%s!%s is the formula %q", sheet, ref, formula)
				}
				if value == hostile[2] {
					seen++
				}
			}
		}
	}
	if seen == 0 {
		t.Error("the workbook does not hold the hostile name, so nothing was tested")
	}
}

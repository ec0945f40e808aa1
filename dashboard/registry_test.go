package dashboard

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"gaung/metrics"
)

// metricOfAPI is a metric as programs read it.
type metricOfAPI struct {
	Key    string        `json:"key"`
	Paths  []string      `json:"paths"`
	Name   metrics.Label `json:"name"`
	Head   metrics.Label `json:"head"`
	Unit   metrics.Label `json:"unit"`
	Better string        `json:"better"`
	Method string        `json:"method"`
	Null   string        `json:"null"`
}

// The API gives the whole registry, and every number of a report that programs
// read is described by a path in it.
func TestMetricsOfTheAPI(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	resp, body := get(t, s, "/api/v1/metrics")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	var got struct {
		DefinitionsVersion int           `json:"definitions_version"`
		Metrics            []metricOfAPI `json:"metrics"`
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if got.DefinitionsVersion != metrics.DefinitionsVersion || len(got.Metrics) != len(metrics.Registry()) {
		t.Errorf("version %d, %d metrics", got.DefinitionsVersion, len(got.Metrics))
	}
	at := slices.IndexFunc(got.Metrics, func(m metricOfAPI) bool {
		return slices.Contains(m.Paths, "complaints.resolve.opd.rmst_wd")
	})
	if at < 0 {
		t.Fatal("complaints.resolve.opd.rmst_wd is not described")
	}
	m := got.Metrics[at]
	if m.Key != "rmst_wd" || m.Head != (metrics.Label{ID: "Rata-rata tunggu", EN: "Mean wait"}) || m.Unit != (metrics.Label{ID: "hari kerja", EN: "working days"}) ||
		m.Better != "down" || m.Method != "6-lama-menunggu" || m.Null != "tidak ada kasus" || m.Name.ID == "" {
		t.Errorf("rmst_wd is described as %+v", m)
	}
}

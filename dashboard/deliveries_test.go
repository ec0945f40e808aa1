package dashboard

import (
	"context"
	"strings"
	"testing"
	"time"

	"gaung/dashboard/delivery"
)

// sentList is a fixed answer to what was sent.
type sentList []delivery.Delivery

func (l sentList) Status(context.Context, time.Time) ([]delivery.Delivery, error) { return l, nil }

// TestDeliveriesPage shows what did not arrive apart from what did, each with
// its time in the region's zone, its reason and what happens next. The reason
// comes from another server and is hostile text.
func TestDeliveriesPage(t *testing.T) {
	at := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC) // 08.00 WIB
	list := sentList{
		{
			ID: "a1", Kind: delivery.Monthly, Schedule: "bulanan", Period: "2026-10", Channel: "email", To: "b***@contoh.go.id", Status: delivery.StatusFailed,
			Tries: 2, Error: `server menolak: 550 <script>alert("x")</script>`, At: at, NextAt: at.Add(30 * time.Minute),
		},
		{ID: "b2", Kind: delivery.Alerts, Schedule: "peringatan", Period: "2026-11-04", Channel: "telegram", Status: delivery.StatusGivenUp, Tries: 8, Error: "tidak dapat dihubungi", At: at},
		{ID: "c3", Kind: delivery.Weekly, Schedule: "mingguan", Period: "2026-W44", Channel: "webhook", Status: delivery.StatusUnknown, Tries: 1, At: at},
		{ID: "d4", Kind: delivery.Monthly, Schedule: "arsip", Period: "2026-10", Channel: "folder", To: "arsip", Status: delivery.StatusSent, At: at},
	}
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Deliveries = list })
	response, body := get(t, s, deliveriesPath)
	if response.StatusCode != 200 {
		t.Fatalf("status %d\n%s", response.StatusCode, body)
	}
	failed, sent, found := strings.Cut(body, "Terkirim dan sedang berjalan")
	if !found {
		t.Fatalf("nothing was sent:\n%s", body)
	}
	for _, want := range []string{
		"laporan bulanan “bulanan”, 2026-10", "b***@contoh.go.id", "gagal, dicoba lagi", "08.00 WIB", "08.30 WIB", ">2<",
		"550 &lt;script&gt;", "tidak dapat dihubungi", "gaung deliver retry b2", "gaung deliver retry c3",
	} {
		if !strings.Contains(failed, want) {
			t.Errorf("what did not arrive lacks %q", want)
		}
	}
	if strings.Contains(failed, "“arsip”") || !strings.Contains(sent, "“arsip”") {
		t.Error("what arrived does not stand among what arrived")
	}
	if strings.Contains(body, `<script>alert`) {
		t.Error("a reason became a script")
	}
	_, english := get(t, s, deliveriesPath+"?lang=en")
	if !strings.Contains(english, "gaung deliver retry b2") || strings.Contains(english, "gagal, dicoba lagi") {
		t.Error("the English page is not in English")
	}
}

package ingest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest/source"
	"gaung/warehouse/region"
)

// TestDateInNoConfiguredForm keeps the text and says why it is no date.
func TestDateInNoConfiguredForm(t *testing.T) {
	zone := time.FixedZone("WIB", 7*3600)
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	in := &intake{source: source.Source{Name: "api"}, region: region.Region{Code: "99.01", Zone: zone}}
	for raw, want := range map[string]string{
		"0000-00-00 00:00:00": "epoch", "2026-10-99": "impossible", "kemarin pagi": "unreadable", "10/05/2026": "unreadable", "": "empty",
	} {
		f, bad := in.fact(arrival{at: now, firstAt: now, item: source.Item{
			URL: "https://x.contoh.go.id/1", Title: "Judul", PublishedRaw: raw, PublishedUnread: raw != "", ModifiedRaw: raw, ModifiedUnread: raw != "",
		}})
		if bad != nil {
			t.Fatal(bad.reason)
		}
		got := []any{f.values[articlePublished], f.values[articlePublished+1], f.values[articleFlags], f.values[articleModified]}
		if diff := cmp.Diff([]any{(*time.Time)(nil), raw, []string{want}, (*time.Time)(nil)}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", raw, diff)
		}
	}
}

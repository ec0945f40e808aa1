package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A period that ends before it begins is refused with what is wrong; one of a
// single day is taken.
func TestPeriodThatEndsBeforeItBegins(t *testing.T) {
	b := newBench(t)
	for kind, file := range map[string]string{
		"opd":    "code,name,valid_from,valid_to\na,A,2026-02-01,2026-01-31\nb,B,2026-02-01,2026-02-01\nc,C,2026-02-01,\n",
		"people": "person_id,name,valid_from,valid_to\na,A,2026-02-01,2026-01-31\nb,B,2026-02-01,2026-02-01\nc,C,,2026-01-31\n",
	} {
		got := b.give(kind, file)
		b.want(got, 2, 0, 0, 1)
		var why []string
		for _, r := range got.Rejects {
			why = append(why, r.Column+": "+r.Reason)
		}
		if diff := cmp.Diff([]string{"valid_to: mendahului valid_from (2026-02-01); betulkan salah satunya"}, why); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
}

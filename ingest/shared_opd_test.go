package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSharedOPDIsNamed: a name of two OPD on one day resolves to neither and is
// named; one that two had after each other, or that was decided about, is not.
func TestSharedOPDIsNamed(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name,short_name,valid_from,valid_to\n1.01,Dinas Satu,Kembar,,\n1.02,Dinas Dua,Kembar,,\n"+
		"1.03,Dinas Tiga,Gantian,,2025-12-31\n1.04,Dinas Empat,Gantian,2026-01-01,\n")
	rows := "registration_no,received_at,opd\n1,2026-01-05,Kembar\n2,2026-01-06,Kembar\n3,2026-01-05,Gantian\n4,2026-01-05,Dinas Satu\n"
	got := b.give("ppid", rows)
	b.want(got, 4, 0, 0, 0)
	want := []string{`OPD "Kembar" berarti lebih dari satu OPD (1.01, 1.02; 2 baris) dan tidak dihitung untuk satu pun; tulis kodenya, atau putuskan dengan gaung alias accept`}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

package main

import (
	"strings"
	"testing"
)

// TestAliasVerbs lists names nobody knows, decides about them, and sees the
// queue and the report follow.
func TestAliasVerbs(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile), "--region", "19.71")
	o.must(exitDone, "import", "ppid", o.file("ppid.csv", "registration_no,received_at,opd\n1,2026-01-05,Dinas Kesehatann\n2,2026-01-06,Antah Berantah\n"))
	list := func(args ...string) string {
		return o.must(exitDone, append([]string{"alias", "list"}, args...)...).stdout
	}
	got := list()
	for _, part := range []string{"Dinas Kesehatann", "Dinas Kesehatan (1.02)", "0.90", "Antah Berantah"} {
		if !strings.Contains(got, part) {
			t.Fatalf("no %q in the list:\n%s", part, got)
		}
	}
	if got := list("--kind", "person"); strings.Contains(got, "Dinas") {
		t.Errorf("persons only:\n%s", got)
	}
	if said := o.must(exitUsage, "alias", "accept", "opd", "Dinas Kesehatann", "9.99").stderr; !strings.Contains(said, `OPD dengan kode "9.99" tidak ada`) {
		t.Errorf("an unknown target: %s", said)
	}
	o.must(exitUsage, "alias", "accept", "opd", "Dinas Kesehatann", "1.02", "--from", "kemarin")
	o.must(exitUsage, "alias", "accept", "dinas", "Dinas Kesehatann", "1.02")
	o.must(exitDone, "alias", "accept", "opd", "Dinas Kesehatann", "1.02", "--by", "kepala bidang")
	o.must(exitDone, "alias", "reject", "opd", "Antah Berantah")
	if got := list(); !strings.Contains(got, "tidak ada nama yang menunggu keputusan") {
		t.Errorf("list after the decisions:\n%s", got)
	}
	if got := list("--json"); strings.TrimSpace(got) != "[]" {
		t.Errorf("list as JSON: %s", got)
	}
	report := document(t, o.must(exitDone, "report", "--month", "2026-01").stdout)
	if n := at(t, report, "data_quality", "unmatched_opd"); n != 1.0 {
		t.Errorf("%v unmatched OPD in the report, want the one that was decided to be nobody", n)
	}
}

// TestReplayVerb reads what was kept without a network.
func TestReplayVerb(t *testing.T) {
	o := newOffice(t)
	o.must(exitUsage, "ingest", "--replay")
	o.file("gaung.yaml", "region: \"19.71\"\nsources:\n  - {name: mati, kind: feed, url: \"http://127.0.0.1:1/feed\", allow_private: true}\n")
	if out := o.must(exitDone, "ingest", "--replay"); !strings.Contains(out.stderr, "belum ada simpanan mentah") || !strings.Contains(out.stdout, "1 sumber, 0 gagal") {
		t.Errorf("stdout %s\nstderr %s", out.stdout, out.stderr)
	}
	if said := o.must(exitUsage, "ingest", "--replay", "lain").stderr; !strings.Contains(said, `sumber "lain" tidak ada`) {
		t.Errorf("an unknown source: %s", said)
	}
}

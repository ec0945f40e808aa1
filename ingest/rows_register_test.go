package ingest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
	"gaung/ingest/source"
)

// files lists what became of the files of a register.
func files(r ingest.SourceResult) string {
	var list []string
	for _, f := range r.Files {
		list = append(list, f.File+":"+f.Status)
	}
	return strings.Join(list, " ")
}

func TestPullRegister(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	folder := t.TempDir()
	peta := filepath.Join(t.TempDir(), "peta.yaml")
	write(t, peta, "columns:\n  Nomor: registration_no\n  Masuk: received_at\nvalues:\n  status:\n    beres: selesai\n")
	s := registerSource("ppid-folder", folder, "ppid")
	s.OPD, s.Register.Map = "Dinas Sosial", peta
	c := testConfig(t, s)

	empty := b.only(pull(t, b, c))
	b.wantTally(empty, 0, 0, 0, 0)
	if empty.Failure != nil || len(empty.Files) != 0 {
		t.Errorf("an empty folder is %+v", empty)
	}

	january := filepath.Join(folder, "2026-01.csv")
	write(t, january, "Nomor;Masuk;Nama Pemohon;status\n1;2026-01-05;Siti Rahasia;beres\n2;32/1/2026;Siti Rahasia;beres\n")
	write(t, filepath.Join(folder, "rusak.xlsx"), "bukan buku kerja")
	write(t, filepath.Join(folder, "surat.pdf"), "%PDF-1.7")
	write(t, filepath.Join(folder, "~$2026.xlsx"), "kunci Excel")
	if err := os.WriteFile(filepath.Join(folder, "buku.xlsx"), registerWorkbook(t), 0o600); err != nil {
		t.Fatal(err)
	}
	first := b.only(pull(t, b, c))
	if got := files(first); got != "2026-01.csv:imported buku.xlsx:imported rusak.xlsx:failed" {
		t.Errorf("files %s; notes %q", got, first.Notes)
	}
	if first.Failure == nil || first.Failure.Reason != source.ReasonFile || !strings.HasPrefix(first.Failure.Words, "rusak.xlsx: bukan berkas XLSX") {
		t.Errorf("failure %+v", first.Failure)
	}
	if first.Accepted == 0 || first.Rejected == 0 || first.Rejects[0].File != "2026-01.csv" || first.Rejects[0].Row != 3 {
		t.Errorf("%+v, rejects %+v", first.Tally, first.Rejects)
	}
	if got := first.Rejects[0].Message(first.Source); !strings.HasPrefix(got, "ppid-folder/2026-01.csv baris 3, kolom received_at") {
		t.Errorf("message %q", got)
	}
	notes := strings.Join(first.Notes, "\n")
	for _, want := range []string{"diabaikan karena bukan CSV, TSV, XLSX atau ICS: surat.pdf", "2026-01.csv: kolom Nama Pemohon dibuang", "2026-01.csv: 2 baris: 1 baru"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes lack %q:\n%s", want, notes)
		}
	}
	if got := b.rows("SELECT opd_raw, status FROM ppid_current WHERE registration_no = '1'"); strings.Join(got, "") != "Dinas Sosial|diberikan_seluruhnya" {
		t.Errorf("row %q", got)
	}

	// Nothing changed: no file is read, the broken one is still broken.
	again := b.only(pull(t, b, c))
	b.wantTally(again, 0, 0, 0, 0)
	if got := files(again); got != "2026-01.csv:unchanged buku.xlsx:unchanged rusak.xlsx:failed" || again.Failure == nil {
		t.Errorf("files %s, failure %+v", got, again.Failure)
	}

	// Repaired, removed, changed.
	write(t, january, "Nomor;Masuk;Nama Pemohon;status\n1;2026-01-05;Siti Rahasia;beres\n2;31/1/2026;Siti Rahasia;beres\n")
	if err := os.Remove(filepath.Join(folder, "rusak.xlsx")); err != nil {
		t.Fatal(err)
	}
	third := b.only(pull(t, b, c))
	b.wantTally(third, 1, 0, 1, 0)
	if third.Failure != nil || files(third) != "2026-01.csv:imported buku.xlsx:unchanged" {
		t.Errorf("files %s, failure %+v", files(third), third.Failure)
	}

	// A changed map file reads everything again.
	write(t, peta, "columns:\n  Nomor: registration_no\n  Masuk: received_at\nvalues:\n  status:\n    beres: ditolak\n")
	fourth := b.only(pull(t, b, c))
	if fourth.Updated != 2 || files(fourth) != "2026-01.csv:imported buku.xlsx:imported" {
		t.Errorf("%+v, files %s", fourth.Tally, files(fourth))
	}
	b.wantNowhere(citizens...)

	// The folder goes away; then the map file does.
	if err := os.Rename(folder, folder+"-lama"); err != nil {
		t.Fatal(err)
	}
	if gone := b.only(pull(t, b, c)); gone.Failure == nil || gone.Failure.Reason != source.ReasonFile || !strings.Contains(gone.Failure.Words, "tidak ada; periksa path") {
		t.Errorf("folder gone: %+v", gone.Failure)
	}
	if err := os.Remove(peta); err != nil {
		t.Fatal(err)
	}
	if gone := b.only(pull(t, b, c)); gone.Failure == nil || gone.Failure.Reason != source.ReasonMapping {
		t.Errorf("map gone: %+v", gone.Failure)
	}
}

// TestPullCalendar reads an agenda that the office publishes as iCalendar.
func TestPullCalendar(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	path := filepath.Join(t.TempDir(), "agenda.ics")
	event := func(uid, start, extra string) string {
		return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTART" + start + "\r\nSUMMARY:Rapat " + uid + "\r\nLOCATION:Aula\r\nATTENDEE;CN=Siti Rahasia:mailto:siti@contoh.id\r\n" + extra + "END:VEVENT\r\n"
	}
	write(t, path, "BEGIN:VCALENDAR\r\n"+event("a", ":20261005T180000Z", "")+event("b", ":20261012T090000", "RRULE:FREQ=WEEKLY;COUNT=2\r\n")+event("c", ":besok", "")+
		event("d", ":20261007", "RRULE:FREQ=YEARLY\r\n")+"END:VCALENDAR\r\n")
	s := registerSource("agenda-setda", path, "agenda")
	s.OPD = "Dinkes"
	got := b.only(pull(t, b, testConfig(t, s)))
	b.wantTally(got, 4, 0, 0, 1)
	if !strings.Contains(strings.Join(got.Notes, "\n"), "pengulangan ini belum didukung") {
		t.Errorf("notes %q", got.Notes)
	}
	want := []string{"a|2026-10-06|1.02|Rapat a|Aula", "b/2026-10-12|2026-10-12|1.02|Rapat b|Aula", "b/2026-10-19|2026-10-19|1.02|Rapat b|Aula", "d/2026-10-07|2026-10-07|1.02|Rapat d|Aula"}
	if diff := cmp.Diff(want, b.current("agenda_items", "agenda", "agenda_id, day, opd, title, venue", "agenda_id")); diff != "" {
		t.Error(diff)
	}
	b.wantNowhere(citizens...)
	// The import of a file reads the same calendar the same way.
	b.want(b.request(ingest.ImportRequest{Kind: "agenda", Path: path, Region: contoh, OPD: "Dinkes"}), 0, 0, 4, 1)
}

func TestCheckRows(t *testing.T) {
	c := testConfig(t,
		source.Source{Name: "a", Kind: "database", Database: &source.Database{Driver: "sqlite", DSN: "/x", Import: "ppid", Query: "SELECT 1", Map: map[string]string{"nik": "topic"}}},
		source.Source{Name: "b", Kind: "database", Database: &source.Database{Driver: "sqlite", DSN: "/x", Import: "ppid", Query: "SELECT 1", Map: map[string]string{"x": "tidak_ada"}}},
		source.Source{Name: "c", Kind: "register", Register: &source.Register{Path: "/x", Import: "ppid", Map: "/tidak/ada.yaml"}},
		source.Source{Name: "d", Kind: "register", Register: &source.Register{Path: "/x", Import: "agenda"}},
	)
	err := ingest.CheckRows(c)
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	want := []string{
		`sources[0].database.map: sumber a: kolom "nik" berisi identitas atau isi laporan warga dan tidak boleh dipetakan`,
		`sources[1].database.map: sumber b: kolom tujuan "tidak_ada" tidak ada untuk ppid; lihat docs/DATA.md`,
		"sources[2].register.map: /tidak/ada.yaml: berkas peta tidak dapat dibaca; periksa nama dan izinnya",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(ingest.Kinds(), source.RowKinds()); diff != "" {
		t.Errorf("package source knows other kinds of rows: %s", diff)
	}
}

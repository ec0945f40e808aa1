package ingest_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
)

func TestSemicolonAndBOM(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinkes\n")
	got := b.give("ppid", "\uFEFFRegistration No;RECEIVED AT;Opd;Nama Pemohon;NIK;catatan\r\n001;05/01/2026;Dinkes;Siti;1971012345678901;x\r\n\r\n")
	b.want(got, 1, 0, 0, 0)
	want := []string{
		"kolom Nama Pemohon, NIK dibuang: identitas dan isi laporan warga tidak disimpan",
		"kolom catatan diabaikan: tidak dikenal",
	}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestUnusableInput(t *testing.T) {
	b := newBench(t)
	mapFile := filepath.Join(t.TempDir(), "peta.yaml")
	tests := []struct {
		name string
		req  ingest.ImportRequest
		text string
		peta string
		want string
	}{
		{"kind", ingest.ImportRequest{Kind: "ppdi", Region: contoh}, "a,b\n", "", `jenis "ppdi" tidak dikenal; pakai salah satu dari opd, people, articles`},
		{"region", ingest.ImportRequest{Kind: "ppid", Region: "77.77"}, "a,b\n", "", `wilayah "77.77" tidak dikenal`},
		{"no region", ingest.ImportRequest{Kind: "ppid"}, "registration_no,received_at,opd\n", "", "wilayah belum disebut; tambahkan --region"},
		{"empty", ingest.ImportRequest{Kind: "ppid", Path: "ppid.csv", Region: contoh}, "", "", "ppid.csv: berkas kosong"},
		{"not a workbook", ingest.ImportRequest{Kind: "ppid", Path: "ppid.xlsx", Region: contoh}, "halo", "", "ppid.xlsx: bukan berkas XLSX walau namanya begitu; buka di Excel"},
		{"no header", ingest.ImportRequest{Kind: "ppid", Path: "p.csv", Region: contoh}, "satu,dua\n1,2\n", "", "p.csv: judul kolom tidak dikenali; baris judul harus memuat registration_no, received_at, opd"},
		{"column missing", ingest.ImportRequest{Kind: "ppid", Path: "p.csv", Region: contoh}, "registration_no,opd,topic\n1,2,3\n", "", "p.csv baris 1: kolom wajib tidak ada: received_at; tambahkan kolom itu"},
		{"open quote", ingest.ImportRequest{Kind: "ppid", Path: "p.csv", Region: contoh}, "registration_no,received_at,opd\n1,2026-01-05,Dinkes\n2,\"2026-01-06,Dinkes\n", "", `p.csv baris 3: tanda kutip (") yang dibuka`},
		{"map key", ingest.ImportRequest{Kind: "ppid", Path: "p.csv", Region: contoh, MapFile: mapFile}, "a,b\n", "colums: {}\n", "peta.yaml: berkas peta tidak terbaca (line 1: field colums not found"},
		{"map target", ingest.ImportRequest{Kind: "ppid", Path: "p.csv", Region: contoh, MapFile: mapFile}, "a,b\n", "columns: {a: nomor}\n", `peta.yaml: kolom tujuan "nomor" tidak ada untuk ppid`},
		{"map identity", ingest.ImportRequest{Kind: "complaints", Path: "p.csv", Region: contoh, MapFile: mapFile}, "a,b\n", "columns: {Isi Laporan: category}\n", `peta.yaml: kolom "Isi Laporan" berisi identitas atau isi laporan warga`},
		{"map date", ingest.ImportRequest{Kind: "ppid", Path: "p.csv", Region: contoh, MapFile: mapFile}, "a,b\n", "date_format: tanggal\n", `peta.yaml: date_format "tanggal" tidak dikenal`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := os.WriteFile(mapFile, []byte(tt.peta), 0o600); err != nil {
				t.Fatal(err)
			}
			tt.req.Reader = strings.NewReader(tt.text)
			_, err := b.in.Import(t.Context(), tt.req)
			var e *ingest.Error
			if !errors.As(err, &e) || e.Kind != ingest.Usage {
				t.Fatalf("error %v, want a usage error", err)
			}
			if !strings.HasPrefix(e.Error(), tt.want) || strings.Contains(e.Error(), "\n") {
				t.Errorf("got  %s\nwant %s", e, tt.want)
			}
		})
	}
	for _, table := range []string{"ppid", "complaints", "rejects", "ingest_runs"} {
		if n := b.rows("SELECT toString(count()) FROM " + table); n[0] != "0" {
			t.Errorf("%s holds %s rows after unusable input", table, n[0])
		}
	}
}

func TestUnknownOPDIsNamed(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name,valid_to\n1.02,Dinas Kesehatan,\n1.99,Dinas Pasar,2020-12-31\n")
	got := b.give("ppid", "registration_no,received_at,opd\n1,2026-01-05,Dinas Kesehatn\n2,2026-01-05,Dinas Kesehatn\n3,2026-01-05,Dinas Pasar\n4,2026-01-05,Dinas Kesehatan\n")
	b.want(got, 4, 0, 0, 0)
	want := []string{`OPD "Dinas Kesehatn" belum dikenal (2 baris); tambahkan sebagai alias lewat import opd, mungkin Dinas Kesehatan (1.02)`}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestMapFile(t *testing.T) {
	b := newBench(t)
	mapFile := filepath.Join(t.TempDir(), "peta.yaml")
	peta := `header_row: 2
date_format: MM/DD/YYYY HH:mm
columns:
  Nomor Tiket: tracking_id
  waktu_dibuat: submitted_at
  Klasifikasi: kind
  Instansi Tujuan: opd
values:
  kind: {Lapor Pungli: supervision}
constants:
  channel: web
`
	if err := os.WriteFile(mapFile, []byte(peta), 0o600); err != nil {
		t.Fatal(err)
	}
	text := "Unduhan\tdari aplikasi\t\t\nnomor tiket\tWAKTU DIBUAT\tklasifikasi\tInstansi Tujuan\n77\t03/04/2026 08:30\tLAPOR PUNGLI\tDinkes\n78\t2026-03-05\taspirasi\tDinkes\n"
	got := b.request(ingest.ImportRequest{Kind: "complaints", Path: "unduhan.tsv", Reader: strings.NewReader(text), Region: contoh, MapFile: mapFile})
	b.want(got, 2, 0, 0, 0)
	want := []string{"77|supervision|2026-03-04 01:30:00.000|web", "78|aspiration|2026-03-04 17:00:00.000|web"}
	if diff := cmp.Diff(want, sorted(b.rows("SELECT tracking_id, toString(kind), toString(submitted_at), toString(channel) FROM complaints"))); diff != "" {
		t.Errorf("complaints (-want +got):\n%s", diff)
	}
}

func TestResultJSON(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinkes\n")
	got := b.request(ingest.ImportRequest{Kind: "ppid", Reader: strings.NewReader("registration_no,received_at,opd\n1,2026-01-05,Dinkes\n,besok,Dinkes\n"), Region: contoh})
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"kind":"ppid","file":"stdin","rows":2,"accepted":1,"unchanged":0,"updated":0,"rejected":1,"rejects":[` +
		`{"row":3,"column":"registration_no","value":"","reason":"kosong; kolom ini wajib diisi"},` +
		`{"row":3,"column":"received_at","value":"besok","reason":"tidak terbaca sebagai tanggal; tulis seperti 2026-01-31"}],"warnings":[]}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

func TestRejectsAreKept(t *testing.T) {
	b := newBench(t)
	var text strings.Builder
	text.WriteString("registration_no,received_at,opd,extended,notified_at,nama\n")
	for range 150 {
		text.WriteString("9,2026-01-05,Dinkes,mungkin,30/2/2026,Siti Rahasia\n")
	}
	text.WriteString("9,Siti Rahasia,Dinkes\n")
	text.WriteString("9,2026-01-05,Dinkes,ya,,Siti,Rahasia,lagi\n")
	got := b.give("ppid", text.String())
	b.want(got, 0, 0, 0, 152)
	if len(got.Rejects) != 100 {
		t.Errorf("%d rejects listed, want 100", len(got.Rejects))
	}
	want := []string{
		"|1|||ada 8 kolom, judulnya hanya 6; periksa pemisah kolom dan tanda kutip",
		"extended|150|mungkin|{\"extended\":\"mungkin\",\"notified_at\":\"30/2/2026\",\"opd\":\"Dinkes\",\"received_at\":\"2026-01-05\",\"registration_no\":\"9\"}|bukan ya atau tidak; tulis ya, tidak, 1, 0 atau V",
		"notified_at|150|30/2/2026|{\"extended\":\"mungkin\",\"notified_at\":\"30/2/2026\",\"opd\":\"Dinkes\",\"received_at\":\"2026-01-05\",\"registration_no\":\"9\"}|bukan tanggal yang ada; tulis seperti 2026-01-31",
		"received_at|1|||tidak terbaca sebagai tanggal; tulis seperti 2026-01-31",
	}
	kept := b.rows("SELECT column_name, toString(count()), any(value), if(any(record) = '{}', '', any(record)), any(reason) FROM rejects GROUP BY column_name ORDER BY column_name")
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("kept rejects (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ppid|ppid.csv|done|152|152"}, b.rows("SELECT toString(kind), source, toString(status), toString(row_count), toString(rejected) FROM ingest_runs_current")); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	b := newBench(t)
	b.give("ppid", "registration_no,received_at,opd\n1,2026-01-05,Dinkes\n")
	before := b.rows("SELECT (SELECT toString(count()) FROM ppid), (SELECT toString(count()) FROM ingest_runs), (SELECT toString(count()) FROM rejects), (SELECT toString(count()) FROM rollup_generations)")
	got := b.request(ingest.ImportRequest{Kind: "ppid", Reader: strings.NewReader("registration_no,received_at,opd\n1,2026-01-05,Dinkes\n1,2026-01-06,Dinkes\n2,2026-01-05,Dinkes\n3,x,Dinkes\n"), Region: contoh, DryRun: true})
	b.want(got, 1, 1, 1, 1)
	after := b.rows("SELECT (SELECT toString(count()) FROM ppid), (SELECT toString(count()) FROM ingest_runs), (SELECT toString(count()) FROM rejects), (SELECT toString(count()) FROM rollup_generations)")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("tables (-before +after):\n%s", diff)
	}
}

func TestOnlyRegionMayBeLeftOut(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinas Kesehatan\n")
	b.want(b.request(ingest.ImportRequest{Kind: "ppid", Reader: strings.NewReader("registration_no,received_at,opd\n1,2026-01-05,Dinkes\n")}), 1, 0, 0, 0)
	b.request(ingest.ImportRequest{Kind: "opd", Region: "19.71", Reader: strings.NewReader("code,name\n1.02,Dinas Kesehatan\n")})
	_, err := b.in.Import(t.Context(), ingest.ImportRequest{Kind: "ppid", Reader: strings.NewReader("registration_no,received_at,opd\n2,2026-01-05,Dinkes\n")})
	if err == nil || !strings.Contains(err.Error(), "beberapa wilayah (19.71, 99.01)") {
		t.Errorf("two regions and none named: %v", err)
	}
}

func TestRegionColumn(t *testing.T) {
	b := newBench(t)
	got := b.request(ingest.ImportRequest{Kind: "opd", Reader: strings.NewReader("code,name,region\n1.02,Dinas Kesehatan,19.71\n1.02,Dinas Kesehatan,99.01\n1.02,Dinas,9999\n1.03,Dinas PU,\n")})
	b.want(got, 2, 0, 0, 2)
	if got.Rejects[0].Column != "region" || got.Rejects[1].Reason != "wilayah belum disebut; isi kolom region atau pakai --region" {
		t.Errorf("rejects %+v", got.Rejects)
	}
	if diff := cmp.Diff([]string{"19.71", "99.01"}, b.rows("SELECT toString(region) FROM opd_current ORDER BY region")); diff != "" {
		t.Errorf("regions (-want +got):\n%s", diff)
	}
}

func TestCancelledImport(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.in.Import(ctx, ingest.ImportRequest{Kind: "ppid", Region: contoh, Reader: strings.NewReader("registration_no,received_at,opd\n1,2026-01-05,Dinkes\n")})
	var e *ingest.Error
	if !errors.As(err, &e) || e.Kind != ingest.Failed || !strings.Contains(e.Words, "dihentikan") {
		t.Fatalf("error %v", err)
	}
	if n := b.rows("SELECT toString(count()) FROM ppid"); n[0] != "0" {
		t.Errorf("%s rows written", n[0])
	}
}

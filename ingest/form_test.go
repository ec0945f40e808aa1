package ingest_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gaung/ingest"
)

// The two header rows of the 20-column register of requests.
var (
	ppidTop = []string{
		"No", "Tgl", "Nama", "Alamat", "Nomor Kontak", "Pekerjaan", "Informasi Yang Diminta", "Tujuan Penggunaan",
		"Status Informasi: di bawah penguasaan", "", "Bentuk Informasi Yang Dikuasai", "", "Jenis Permohonan", "", "Keputusan", "Alasan Penolakan",
		"Hari dan Tanggal", "", "Biaya & Cara Pembayaran", "",
	}
	ppidBelow = []string{
		"", "", "", "", "", "", "", "", "Ya", "Tidak", "Softcopy", "Hardcopy", "Melihat/Mengetahui", "Meminta Salinan", "", "",
		"Pemberitahuan Tertulis", "Pemberian Informasi", "Biaya", "Cara",
	}
	objectionTop = []string{
		"Nomor Registrasi Keberatan", "Tanggal Diterima", "Identitas Pemohon/Kuasa", "Nomor Pendaftaran Permohonan", "Informasi Diminta",
		"Tujuan Penggunaan", "Alasan (Ps 35)", "Keputusan Atasan PPID", "Hari & Tanggal Tanggapan", "Nama & Posisi Atasan PPID", "Tanggapan Pemohon",
	}
)

func texted(cells []string) []any {
	row := make([]any, len(cells))
	for i, cell := range cells {
		row[i] = cell
	}
	return row
}

// registerWorkbook lays the 20-column form out as offices do: a title, merged
// headers, a numbering row, entries with date cells and written dates, and a
// signature.
func registerWorkbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const sheet = "Sheet1"
	check(f.SetCellValue(sheet, "A1", "REGISTER PERMOHONAN INFORMASI PUBLIK TAHUN 2026"))
	check(f.SetCellValue(sheet, "A2", "PPID Pelaksana Dinas Kesehatan Tahun 2026"))
	check(f.MergeCell(sheet, "A1", "T1"))
	check(f.SetSheetRow(sheet, "A4", ptr(texted(ppidTop))))
	check(f.SetSheetRow(sheet, "A5", ptr(texted(ppidBelow))))
	for _, group := range [][2]string{{"A4", "A5"}, {"B4", "B5"}, {"I4", "J4"}, {"K4", "L4"}, {"M4", "N4"}, {"Q4", "R4"}, {"S4", "T4"}} {
		check(f.MergeCell(sheet, group[0], group[1]))
	}
	numbering := make([]any, 20)
	for i := range numbering {
		numbering[i] = i + 1
	}
	check(f.SetSheetRow(sheet, "A6", &numbering))
	check(f.SetCellValue(sheet, "A7", "JANUARI"))
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }
	check(f.SetSheetRow(sheet, "A8", &[]any{1, day(5), "Siti Rahasia", "Jl. Mawar 1", "081234567890", "Guru", "DPA 2025", "Penelitian", "V", "", "V", "", "", "V", "Dikabulkan", "-", day(12), day(14), 0, "gratis"}))
	check(f.SetSheetRow(sheet, "A9", &[]any{"2", "6/1/2026", "Joko Tertutup", "Jl. Melati 2", "081200000000", "Petani", "Data pasien NIK 1971012345678901", "", "", "V", "", "", "V", "", "Ditolak", "Dikecualikan Pasal 17", "Selasa, 20 Januari 2026", "", "", ""}))
	check(f.SetSheetRow(sheet, "A10", &[]any{3, "32/1/2026", "Ani Tersembunyi", "Jl. Anggrek", "08", "PNS", "Anggaran", "", "V", "", "", "", "", "", "", "", "", "", "", ""}))
	check(f.SetCellValue(sheet, "Q12", "Kepala Dinas"))
	check(f.SetSheetRow(sheet, "P14", &[]any{"Pejabat", "NIP 19"}))
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

func ptr[T any](v T) *T { return &v }

func TestRegisterWorkbook(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinas Kesehatan\n")
	content := registerWorkbook(t)
	for pass, want := range []ingest.Tally{
		{Rows: 3, Accepted: 2, Rejected: 1},
		{Rows: 3, Unchanged: 2, Rejected: 1},
	} {
		got := b.request(ingest.ImportRequest{Kind: "ppid", Path: "register.xlsx", Reader: bytes.NewReader(content), Region: contoh})
		if got.Tally != want {
			t.Fatalf("pass %d: %+v, want %+v; rejects %+v", pass, got.Tally, want, got.Rejects)
		}
		wantReject := []ingest.Reject{{Row: 10, Column: "received_at", Value: "32/1/2026", Reason: "bukan tanggal yang ada; tulis seperti 2026-01-31"}}
		if diff := cmp.Diff(wantReject, got.Rejects); diff != "" {
			t.Errorf("rejects (-want +got):\n%s", diff)
		}
		wantWarnings := []string{
			"kolom Nama, Alamat, Nomor Kontak, Pekerjaan dibuang: identitas dan isi laporan warga tidak disimpan",
			"3 baris tanpa nomor dan tanggal dilewati (judul bulan, jumlah atau tanda tangan)",
		}
		if diff := cmp.Diff(wantWarnings, got.Warnings); diff != "" {
			t.Errorf("warnings (-want +got):\n%s", diff)
		}
	}
	want := []string{
		"1/2026|1.02|2026-01-05|2026-01-12|2026-01-14|diberikan_seluruhnya|false|DPA 2025||Dikabulkan",
		"2/2026|1.02|2026-01-06|2026-01-20||ditolak_dikecualikan|true|Data pasien NIK ****************|Dikecualikan Pasal 17|Ditolak",
	}
	got := b.current("ppid_cases", "ppid", "registration_no, opd, received_day, notified_day, delivered_day, status, refused, topic, refusal_reason, decision", "registration_no")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
}

// csvText writes rows with a delimiter.
func csvText(t *testing.T, comma rune, rows ...[]string) string {
	t.Helper()
	var out strings.Builder
	w := csv.NewWriter(&out)
	w.Comma = comma
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func registerRow(no, day, decision, notified, delivered string) []string {
	return []string{no, day, "Siti Rahasia", "Jl. Mawar 1", "081234567890", "Guru", "DPA", "Penelitian", "V", "", "V", "", "", "V", decision, "", notified, delivered, "", ""}
}

func TestRegisterCSV(t *testing.T) {
	title := func(text string) []string { return append([]string{text}, make([]string, 19)...) }
	entry := registerRow("7", "5/1/2026", "Dikabulkan", "12/1/2026", "")
	tests := []struct {
		name  string
		comma rune
		rows  [][]string
		opd   string
		want  []string
	}{
		{"two header rows and a title row", ';', [][]string{title("OPD: Dinas Kesehatan"), ppidTop, ppidBelow, entry}, "", []string{"7/2026|1.02|2026-01-05|2026-01-12"}},
		{"agency alone in the title", ',', [][]string{title("REGISTER PERMOHONAN INFORMASI"), title("DINAS KESEHATAN"), ppidTop, ppidBelow, entry}, "", []string{"7/2026|1.02|2026-01-05|2026-01-12"}},
		{"OPD of the request", ',', [][]string{ppidTop, ppidBelow, entry}, "Dinas Kesehatan", []string{"7/2026|1.02|2026-01-05|2026-01-12"}},
		{"the request's OPD before the title's", ',', [][]string{title("OPD: Dinas Sosial"), ppidTop, ppidBelow, entry}, "Dinas Kesehatan", []string{"7/2026|1.02|2026-01-05|2026-01-12"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.give("opd", "code,name\n1.02,Dinas Kesehatan\n1.06,Dinas Sosial\n")
			got := b.request(ingest.ImportRequest{Kind: "ppid", Path: "r.csv", Reader: strings.NewReader(csvText(t, tt.comma, tt.rows...)), Region: contoh, OPD: tt.opd})
			b.want(got, 1, 0, 0, 0)
			if diff := cmp.Diff(tt.want, b.current("ppid_cases", "ppid", "registration_no, opd, received_day, notified_day", "registration_no")); diff != "" {
				t.Errorf("cases (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRegisterWithoutOPD(t *testing.T) {
	b := newBench(t)
	got := b.give("ppid", csvText(t, ',', ppidTop, ppidBelow, registerRow("7", "5/1/2026", "", "", "")))
	b.want(got, 0, 0, 0, 1)
	want := []ingest.Reject{{Row: 3, Column: "opd", Reason: `register ini tidak menyebut OPD; tulis "OPD: Dinas …" di atas tabel atau ulangi dengan --opd`}}
	if diff := cmp.Diff(want, got.Rejects); diff != "" {
		t.Errorf("rejects (-want +got):\n%s", diff)
	}
}

// TestRegisterYears keeps No 7 of one year apart from No 7 of the next.
func TestRegisterYears(t *testing.T) {
	b := newBench(t)
	for _, day := range []string{"5/1/2025", "5/1/2026"} {
		got := b.request(ingest.ImportRequest{Kind: "ppid", Path: "r.csv", Reader: strings.NewReader(csvText(t, ',', ppidTop, ppidBelow, registerRow("7", day, "", "", ""))), Region: contoh, OPD: "Dinas Kesehatan"})
		b.want(got, 1, 0, 0, 0)
	}
}

func TestObjectionRegister(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinas Kesehatan\n1.06,Dinas Sosial\n")
	b.request(ingest.ImportRequest{
		Kind: "ppid", Path: "r.csv", Region: contoh, OPD: "Dinas Kesehatan",
		Reader: strings.NewReader(csvText(t, ',', ppidTop, ppidBelow, registerRow("7", "5/1/2026", "Ditolak", "12/1/2026", ""))),
	})
	b.give("ppid", "registration_no,received_at,opd\nA/1,2026-01-02,Dinas Sosial\nA/2,2026-01-02,Dinas Sosial\nA/2,2026-01-02,Dinas Kesehatan\n")
	content := csvText(t, ';', []string{"REGISTER KEBERATAN TAHUN 2026"}, objectionTop,
		[]string{"1", "2/2/2026", "Siti Rahasia, Jl. Mawar", "7", "DPA", "riset", "ditolak Pasal 17", "Dikabulkan", "Senin, 16 Februari 2026", "Sekda", "menerima"},
		[]string{"2", "3/2/2026", "Joko Tertutup", "A/1", "", "", "", "", "", "", ""},
		[]string{"3", "3/2/2026", "Joko Tertutup", "A/2", "", "", "", "", "-", "", ""},
		[]string{"4", "3/2/2026", "Joko Tertutup", "tidak ada nomornya", "", "", "", "", "", "", ""},
	)
	b.want(b.give("objections", content), 4, 0, 0, 0)
	b.want(b.give("objections", content), 0, 0, 4, 0)
	want := []string{
		"1/2026|7|1.02|2026-02-02|2026-02-16|ditolak Pasal 17|Dikabulkan",
		"2/2026|A/1|1.06|2026-02-03|||",
		"3/2026|A/2||2026-02-03|||",
		"4/2026|tidak ada nomornya||2026-02-03|||",
	}
	got := b.current("objection_cases", "objections", "objection_no, registration_no, opd, received_day, answered_day, reason, decision", "objection_no")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("objections (-want +got):\n%s", diff)
	}
}

// TestMonthlySheets imports a workbook with a sheet per month and a summary.
func TestMonthlySheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, month := range []string{"JAN", "FEB", "REKAP"} {
		if _, err := f.NewSheet(month); err != nil {
			t.Fatal(err)
		}
		rows := [][]string{ppidTop, ppidBelow, registerRow([]string{"1", "2", "x"}[i], []string{"5/1/2026", "salah", ""}[i], "", "", "")}
		if month == "REKAP" {
			rows = [][]string{{"Bulan", "Jumlah"}, {"Januari", "1"}}
		}
		for r, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, r+1)
			if err := f.SetSheetRow(month, cell, ptr(texted(row))); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	b := newBench(t)
	got := b.request(ingest.ImportRequest{Kind: "ppid", Path: "r.xlsx", Reader: &out, Region: contoh, OPD: "Dinas Kesehatan"})
	b.want(got, 1, 0, 0, 1)
	if got.Rejects[0].Message(got.File) != `r.xlsx lembar "FEB" baris 3, kolom received_at: "salah" tidak terbaca sebagai tanggal; tulis seperti 2026-01-31` {
		t.Errorf("reject reads %s", got.Rejects[0].Message(got.File))
	}
	if !strings.Contains(strings.Join(got.Warnings, "\n"), `lembar "REKAP" dilewati`) {
		t.Errorf("warnings %q do not name the skipped sheet", got.Warnings)
	}
}

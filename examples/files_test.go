package examples

import (
	"bytes"
	"encoding/csv"
	"flag"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "rewrite the files of kabupaten-contoh")

// regency is one generation for all tests that only look at it.
var regency = sync.OnceValues(Generate)

func generated(t *testing.T) *Regency {
	t.Helper()
	r, err := regency()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCommittedFiles(t *testing.T) {
	r := generated(t)
	if *update {
		if err := r.Write("kabupaten-contoh"); err != nil {
			t.Fatal(err)
		}
		return
	}
	files, err := r.files()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{"README.md": true}
	for _, f := range files {
		names[f.name] = true
		want, err := fs.ReadFile(Files(), f.name)
		if err != nil {
			t.Fatal(err)
		}
		if !sameFile(t, f.name, f.data, want) {
			t.Errorf("%s differs from what is committed (%d bytes against %d); run go test ./examples -run TestCommittedFiles -update", f.name, len(f.data), len(want))
		}
	}
	entries, err := fs.ReadDir(Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !names[e.Name()] {
			t.Errorf("%s is in the folder but nothing makes it", e.Name())
		}
	}
	for _, i := range Imports() {
		if !names[i.File] {
			t.Errorf("Imports names %s, which is not in the folder", i.File)
		}
	}
}

// sameFile compares bytes, and workbooks by their cells: another version of
// the compression would change their bytes.
func sameFile(t *testing.T, name string, got, want []byte) bool {
	t.Helper()
	if !strings.HasSuffix(name, ".xlsx") {
		return bytes.Equal(got, want)
	}
	return cmp.Equal(cells(t, got), cells(t, want))
}

func cells(t *testing.T, data []byte) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(registerSheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTwoGenerationsAreEqual(t *testing.T) {
	first := generated(t)
	second, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	one, err := first.files()
	if err != nil {
		t.Fatal(err)
	}
	two, err := second.files()
	if err != nil {
		t.Fatal(err)
	}
	for i := range one {
		if !bytes.Equal(one[i].data, two[i].data) {
			t.Errorf("%s differs between two generations", one[i].name)
		}
	}
	if len(first.posts) != len(second.posts) {
		t.Fatalf("posts: %d and %d", len(first.posts), len(second.posts))
	}
	for i, p := range first.posts {
		q := second.posts[i]
		if p.path() != q.path() || p.html() != q.html() || !p.modified.Equal(q.modified) || p.cms != q.cms {
			t.Fatalf("post %d differs: %s and %s", i, p.path(), q.path())
		}
	}
}

func TestComplaintsAreAnIndonesianExcelFile(t *testing.T) {
	data, err := fs.ReadFile(Files(), "complaints.csv")
	if err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(string(data), "\ufeff")
	if !ok {
		t.Error("no byte order mark")
	}
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line ends without CR")
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = ';'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != complaintCount+1 {
		t.Errorf("%d rows, want %d", len(rows), complaintCount+1)
	}
}

func TestRegisterForm(t *testing.T) {
	data, err := fs.ReadFile(Files(), "ppid-register-dinkes.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(registerSheet)
	if err != nil {
		t.Fatal(err)
	}
	top := []string{
		"No (pendaftaran)", "Tgl", "Nama", "Alamat", "Nomor Kontak", "Pekerjaan", "Informasi Yang Diminta", "Tujuan Penggunaan",
		"Status Informasi (di bawah penguasaan)", "", "Bentuk Informasi Yang Dikuasai", "", "Jenis Permohonan", "", "Keputusan",
		"Alasan Penolakan", "Hari dan Tanggal", "", "Biaya & Cara Pembayaran",
	}
	under := []string{
		"", "", "", "", "", "", "", "", "Ya", "Tidak", "Softcopy", "Hardcopy", "Melihat/Mengetahui", "Meminta Salinan", "", "",
		"Pemberitahuan Tertulis", "Pemberian Informasi", "Biaya", "Cara",
	}
	if diff := cmp.Diff(top, rows[registerHead-1]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(under, rows[registerHead]); diff != "" {
		t.Error(diff)
	}
	merged, err := f.GetMergeCells(registerSheet)
	if err != nil {
		t.Fatal(err)
	}
	var areas []string
	for _, m := range merged {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	wanted := "A5:A6 B5:B6 C5:C6 D5:D6 E5:E6 F5:F6 G5:G6 H5:H6 I5:J5 K5:L5 M5:N5 O5:O6 P5:P6 Q5:R5 S5:T5"
	if diff := cmp.Diff(wanted, strings.Join(areas, " ")); diff != "" {
		t.Error(diff)
	}
	if got, want := len(rows)-registerHead-1, 64; got != want {
		t.Errorf("%d requests in the register, want %d", got, want)
	}
	niks := 0
	for _, row := range rows[registerHead+1:] {
		if strings.Contains(row[6], "NIK 9901") {
			niks++
		}
		if !strings.HasPrefix(row[2], "Pemohon Contoh ") {
			t.Errorf("applicant %q is not marked as invented", row[2])
		}
	}
	if niks == 0 {
		t.Error("no NIK hides in the text of a request")
	}
}

package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
)

// TestTotalsOfARegister: rows that add up others are no entries and no rejects,
// wherever their word stands first and whatever is filled behind it.
func TestTotalsOfARegister(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinas Kesehatan\n")
	head := []string{
		"No", "Tgl", "Nama", "Alamat", "Nomor Kontak", "Pekerjaan", "Informasi Yang Diminta", "Tujuan", "Ya", "Tidak", "Softcopy", "Hardcopy",
		"Melihat", "Meminta", "Keputusan", "Alasan Penolakan", "Pemberitahuan Tertulis", "Pemberian Informasi", "Biaya", "Cara",
	}
	total := func(first, second string) []string {
		row := make([]string, len(head))
		row[0], row[1], row[14] = first, second, "3"
		return row
	}
	text := csvText(t, ',', head,
		registerRow("1", "05/10/2026", "Diberikan", "12/10/2026", "13/10/2026"), total("Jumlah", ""), total("", "Sub Total Oktober"), total("TOTAL:", ""),
		total("Jumlahkan", ""))
	got := b.request(ingest.ImportRequest{Kind: "ppid", Path: "register.csv", OPD: "1.02", Reader: strings.NewReader(text), Region: contoh})
	if want := (ingest.Tally{Rows: 2, Accepted: 1, Rejected: 1}); got.Tally != want {
		t.Fatalf("%+v, want %+v; rejects %+v", got.Tally, want, got.Rejects)
	}
	if diff := cmp.Diff("3 baris jumlah dilewati (baris 3, 4, 5)", got.Warnings[len(got.Warnings)-1]); diff != "" {
		t.Errorf("warning (-want +got):\n%s", diff)
	}
}

package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A status is no day: what it says is told once, with the number of rows, and
// a request withdrawn by its status alone is left out from its receipt on.
func TestStatusWithoutItsDay(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinkes\n")
	got := b.give("ppid", "registration_no,received_at,opd,status,notified_at,withdrawn_at,decision\n"+
		"1,2026-01-05,Dinkes,Dicabut Pemohon,,,\n"+
		"2,2026-01-05,Dinkes,dicabut,,2026-01-08,\n"+
		"3,2026-01-05,Dinkes,dicabut,2026-01-07,,\n"+
		"4,2026-01-05,Dinkes,selesai,,,\n"+
		"5,2026-01-05,Dinkes,,,,Ditolak\n"+
		"6,2026-01-05,Dinkes,selesai,2026-01-09,,\n"+
		"7,2026-01-05,Dinkes,diproses,,,\n")
	want := []string{
		"1 permohonan berstatus dicabut tanpa tanggal pencabutan dikeluarkan dari hitungan sejak hari diterima; isi kolom withdrawn_at",
		"2 permohonan berstatus sudah dijawab atau ditolak tanpa tanggal pemberitahuan tertulis tetap dihitung terbuka, lalu terlambat; isi kolom notified_at",
	}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	days := []string{"1|2026-01-05|true", "2|2026-01-08|true", "3||false", "4||false", "5||false", "6||false", "7||false"}
	if diff := cmp.Diff(days, b.current("ppid_cases", "ppid", "registration_no, withdrawn_day, withdrawn_before_notified", "registration_no")); diff != "" {
		t.Errorf("days of withdrawal (-want +got):\n%s", diff)
	}

	got = b.give("complaints", "tracking_id,submitted_at,kind,opd,status,first_response_at,resolved_at\n"+
		"1,2026-01-05,pengaduan,Dinkes,Selesai,2026-01-06,\n"+
		"2,2026-01-05,pengaduan,Dinkes,SELESAI,,\n"+
		"3,2026-01-05,pengaduan,Dinkes,Sudah ditindaklanjuti,,\n"+
		"4,2026-01-05,pengaduan,Dinkes,Belum ditindaklanjuti,,\n"+
		"5,2026-01-05,pengaduan,Dinkes,Belum selesai,,\n"+
		"6,2026-01-05,pengaduan,Dinkes,Selesai,2026-01-06,2026-01-07\n")
	want = []string{
		"2 pengaduan berstatus selesai tanpa tanggal selesai tetap dihitung terbuka, lalu terlambat; isi kolom resolved_at",
		"2 pengaduan berstatus sudah ditanggapi atau selesai tanpa tanggal tanggapan pertama tetap dihitung belum ditanggapi, lalu terlambat; isi kolom first_response_at",
	}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("complaints (-want +got):\n%s", diff)
	}
}

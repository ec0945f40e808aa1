package ingest

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/ingest/table"
)

func TestMaskNIK(t *testing.T) {
	for in, want := range map[string]string{
		"NIK 1971012345678901.":            "NIK ****************.",
		"1971 0123 4567 8901 dan 12":       "**** **** **** 8901 dan 12",
		"NIK: 1971.0123.4567.8901; lain":   "NIK: ****.****.****.****; lain",
		"NIP 198001012005011001":           "NIP 198001012005011001",
		"15 digit 123456789012345 bukan":   "15 digit 123456789012345 bukan",
		"":                                 "",
		"a1971012345678901b":               "a****************b",
		"1971012345678901, 19710123456789": "****************, 19710123456789",
	} {
		if in == "1971 0123 4567 8901 dan 12" {
			want = "**** **** **** **** dan 12"
		}
		if got := maskNIK(in); got != want {
			t.Errorf("maskNIK(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestMaskNIKAnywhere hides a number of 16 digits between any texts without
// digits, and leaves the texts alone.
func TestMaskNIKAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringMatching(`[a-zA-Zé ,.:;-]{0,20}`).Draw(t, "before")
		after := rapid.StringMatching(`[a-zA-Zé ,.:;-]{0,20}`).Draw(t, "after")
		nik := rapid.StringMatching(`[0-9]{16}`).Draw(t, "nik")
		if got, want := maskNIK(before+nik+after), before+strings.Repeat("*", 16)+after; got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestIsIdentity(t *testing.T) {
	for header, want := range map[string]bool{
		"Nama": true, "NAMA_PEMOHON": true, "No. KTP/NIK": true, "Alamat": true, "Nomor Kontak": true, "No HP": true, "Isi Laporan": true,
		"identitas pemohon/kuasa": true, "E-mail": true, "Pekerjaan": true, "nama_lengkap": true, "Tanggapan Pemohon": true,
		"Tanggal": false, "Nomor Pendaftaran Permohonan": false, "OPD": false, "Kategori": false, "Judul": false,
	} {
		if got := isIdentity(header); got != want {
			t.Errorf("isIdentity(%q) = %v, want %v", header, got, want)
		}
	}
}

func TestPPIDStatus(t *testing.T) {
	for text, want := range map[string]string{
		"Dikabulkan": ppidGranted, "dikabulkan sebagian": ppidPartly, "Ditolak": ppidRefused, "DITOLAK (dikecualikan)": ppidRefused,
		"tidak dikuasai": ppidNotHeld, "Diteruskan ke Dinas Sosial": ppidNotHeld, "Dicabut pemohon": ppidWithdrawn, "diperpanjang": ppidExtended,
		"diproses": ppidInProgress, "menunggu_approval": ppidInProgress, "diajukan": ppidFiled, "ditolak_sebagian": ppidPartly,
		"belum lengkap": ppidIncomplete, "belum selesai": ppidInProgress, "selesai": ppidGranted, "tidak ditanggapi": ppidUnanswered,
		"tidak diberikan": ppidRefused, "terdaftar": ppidRegistered, "": "", "apa saja": "",
	} {
		if got := ppidStatus(text); got != want {
			t.Errorf("ppidStatus(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestDateLayout(t *testing.T) {
	for in, want := range map[string]string{
		"MM/DD/YYYY": "01/02/2006", "YYYY-MM-DD HH:mm:ss": "2006-01-02 15:04:05", "D.M.YY": "2.1.06", "": "",
	} {
		got, err := dateLayout(in)
		if err != nil || got != want {
			t.Errorf("dateLayout(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	if _, err := dateLayout("hari DD"); err == nil {
		t.Error("no error for an unknown letter")
	}
}

func TestFlatten(t *testing.T) {
	rows := []table.Row{
		{Number: 1, Cells: []string{"No", "Status", "", "Tanggal", "", "Ket"}},
		{Number: 2, Cells: []string{"", "Ya", "Tidak", "Tulis", "Beri"}},
	}
	want := []string{"No", "Status Ya", "Status Tidak", "Tanggal Tulis", "Tanggal Beri", "Ket"}
	if diff := cmp.Diff(want, flatten(rows)); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}

func TestOPDInTitle(t *testing.T) {
	for text, want := range map[string]string{
		"PPID Pelaksana Dinas Kesehatan Tahun 2026":                    "Dinas Kesehatan",
		"PPID PEMBANTU : KECAMATAN MENTOK":                             "KECAMATAN MENTOK",
		"OPD: Dinas Sosial":                                            "Dinas Sosial",
		"DINAS PERHUBUNGAN KABUPATEN CONTOH, BULAN JANUARI TAHUN 2026": "DINAS PERHUBUNGAN KABUPATEN CONTOH",
		"REGISTER PERMOHONAN INFORMASI TAHUN 2026":                     "",
		"Instansi : Pemerintah Kabupaten Contoh":                       "",
	} {
		if got := opdInTitle([]table.Row{{Cells: []string{"", text}}}); got != want {
			t.Errorf("opdInTitle(%q) = %q, want %q", text, got, want)
		}
	}
	if got := opdInTitle([]table.Row{{Cells: []string{"OPD :", "Dinas Sosial"}}}); got != "Dinas Sosial" {
		t.Errorf("title in two cells: %q", got)
	}
}

// TestPlacesOfValues keeps the numbered places in line with the fields.
func TestPlacesOfValues(t *testing.T) {
	for _, tt := range []struct {
		fields []string
		place  int
		want   string
	}{
		{ppidKind.fields, ppidSource, "source"},
		{objectionsKind.fields, objectionsSource, "source"},
		{complaintsKind.fields, complaintsSource, "source"},
		{articleFields, articleSource, "source"},
		{articleFields, articleRawURL, "raw_url"},
		{articleFields, articleModified, "modified_at"},
		{articleFields, articleFirstSeen, "first_seen_at"},
		{articleFields, articleFlags, "flags"},
	} {
		if tt.fields[tt.place] != tt.want {
			t.Errorf("place %d holds %s, want %s", tt.place, tt.fields[tt.place], tt.want)
		}
	}
}

// TestVersionsGrow takes versions while the clock stands still and while it
// runs backwards.
func TestVersionsGrow(t *testing.T) {
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	in := &Ingester{now: func() time.Time { return now }}
	last := uint64(0)
	for i, previous := range []uint64{0, 0, 5, uint64(now.UnixMicro()) + 1_000_000, 0} {
		if i == 2 {
			now = now.Add(-time.Hour)
		}
		v := in.nextVersion(previous)
		if v <= last || v <= previous {
			t.Errorf("version %d after %d with previous %d", v, last, previous)
		}
		last = v
	}
}

// TestContentHash tells values apart that look alike when joined.
func TestContentHash(t *testing.T) {
	day := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	n := 1.0
	seen := map[uint64]int{}
	for i, values := range [][]any{
		{"a", "b"},
		{"ab", ""},
		{"", "ab"},
		{[]string{"a", "b"}},
		{[]string{"ab"}},
		{[]string{}},
		{(*time.Time)(nil)},
		{&day},
		{(*float64)(nil)},
		{&n},
		{true},
		{false},
		{uint32(1)},
		{uint64(2)},
		{""},
		{},
	} {
		f := fact{values: values}
		if j, ok := seen[f.contentHash()]; ok && !(i == 8 && j == 6) {
			t.Errorf("values %d and %d have the same hash", j, i)
		}
		seen[f.contentHash()] = i
	}
	a, b := fact{region: "1", key: []string{"2"}}, fact{region: "12", key: []string{""}}
	if a.keyHash() == b.keyHash() {
		t.Error("two keys have the same hash")
	}
	v := fact{values: []any{"a", "b"}, volatile: placesOf(1)}
	w := fact{values: []any{"a", "c"}, volatile: placesOf(1)}
	if v.contentHash() != w.contentHash() {
		t.Error("a volatile value changes the hash")
	}
}

func TestProgressLines(t *testing.T) {
	var out bytes.Buffer
	now := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	p := &lines{log: slog.New(slog.NewTextHandler(&out, nil)), every: 10 * time.Second, now: func() time.Time { return now }}
	p.Start("impor", 100)
	for range 25 {
		now = now.Add(time.Second)
		p.Add(1)
	}
	p.Done("selesai")
	if n := strings.Count(out.String(), "\n"); n != 4 {
		t.Errorf("%d lines in 25 seconds, want start, two between and the end:\n%s", n, out.String())
	}
	if !strings.Contains(out.String(), "done=20 total=100") {
		t.Errorf("no count after twenty seconds:\n%s", out.String())
	}
}

func TestProgressBar(t *testing.T) {
	var out bytes.Buffer
	p := &bar{out: &out}
	p.Add(1) // before a start nothing happens
	p.Start("impor ppid", 10)
	p.Add(10)
	p.Done("impor selesai")
	if !strings.Contains(out.String(), "impor ppid") || !strings.HasSuffix(out.String(), "impor selesai\n") {
		t.Errorf("drawn: %q", out.String())
	}
}

// TestEmbeddedQueries asks for every file under the name it has.
func TestEmbeddedQueries(t *testing.T) {
	entries, err := queries.ReadDir("sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".sql")
		if !strings.Contains(query(name), "SELECT") {
			t.Errorf("%s holds no SELECT", entry.Name())
		}
	}
}

func TestPlaceName(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "KOTA CONTOH": "Kota Contoh", "Kota Contoh": "Kota Contoh", "SUNGAI  TIGA": "Sungai Tiga", "McArthur": "McArthur", "ÉNDE": "Énde",
	} {
		if got := placeName(in); got != want {
			t.Errorf("placeName(%q) = %q, want %q", in, got, want)
		}
	}
}

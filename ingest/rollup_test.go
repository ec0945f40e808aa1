package ingest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
)

const fiveOPD = `code,name,short_name,aliases,valid_from,valid_to
1.02,Dinas Kesehatan,Dinkes,,,
1.06,Dinas Sosial,Dinsos,,,
2.16,Dinas Komunikasi dan Informatika,Diskominfo,,,
3.25,Dinas Kelautan dan Perikanan,DKP,,,
3.27,Dinas Ketahanan Pangan,DKP,,,
`

// bodies are long enough to be recognised when they stand elsewhere again.
var bodies = map[string]string{
	"imunisasi": "Petugas puskesmas memberikan imunisasi kepada balita di tiga kecamatan. Orang tua diminta membawa buku catatan dan " +
		"memastikan anak dalam keadaan sehat. Target capaian tahun ini sembilan puluh lima persen dan akan dievaluasi setiap triwulan bersama kader posyandu.",
	"bansos": "Sebanyak dua ratus keluarga menerima paket sembako di halaman kantor kecamatan. Data penerima diperiksa ulang bersama lurah " +
		"agar tepat sasaran. Penyaluran tahap berikutnya dijadwalkan bulan depan setelah verifikasi lapangan oleh pendamping sosial selesai.",
	"panen raya": "Kelompok tani di desa itu memanen jagung seluas empat puluh hektare. Harga jual naik dibanding musim lalu karena mutu " +
		"benih unggul. Penyuluh mengajak petani menanam kembali sebelum musim hujan dan mengurus asuransi tanaman lewat koperasi.",
	"arsip": "Ruang arsip lama dipindahkan ke gedung baru yang lebih kering. Ribuan berkas dipilah menurut tahun dan dialihmediakan supaya " +
		"mudah dicari. Masyarakat dapat meminta salinan dokumen terbuka melalui loket pelayanan pada jam kerja.",
}

func text(subject string) string { return bodies[subject] }

func TestStoryCredit(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	b.give("people", "person_id,name,group,aliases\np1,\"Ronni Bonar, S.Kom.\",pranata humas,\np2,Padli,pranata humas,\np3,Rina Sari,pranata humas,\n")
	header := "url,title,published_at,opd,channel,author,body\n"
	b.want(b.give("articles", header+
		// The same piece on the OPD's site and an hour later on the portal.
		`https://dinkes.contoh.go.id/imunisasi,Imunisasi serentak,2026-10-05 08:00,Dinkes,website,,"`+text("imunisasi")+"\nPenulis: Ronni Bonar\"\n"+
		`https://contoh.go.id/imunisasi,Imunisasi serentak,2026-10-05 09:00,,portal,,"`+text("imunisasi")+"\nSumber: Dinas Kesehatan\nPenulis: Ronny Bonar\nEditor: Padli\"\n"+
		// Diskominfo's site carries a piece whose Sumber is another OPD.
		`https://diskominfo.contoh.go.id/bansos,Penyaluran bansos,2026-10-31 23:30,Diskominfo,website,,"`+text("bansos")+"\nSumber: Dinas Sosial\nPenulis: Rina Sari\"\n"+
		// An hour on the OPD's site, only the day on the portal.
		`https://dinsos.contoh.go.id/arsip,Ruang arsip,2026-10-08 10:15,Dinsos,website,,"`+text("arsip")+"\"\n"+
		`https://zona.contoh.go.id/arsip,Ruang arsip,2026-10-08,Diskominfo,portal,,"`+text("arsip")+"\"\n"+
		// An OPD nobody knows, and the CMS account as author.
		`https://x.contoh.go.id/panen,Panen raya,2026-10-07,DKP,website,Admin Berita,"`+text("panen raya")+"\"\n"+
		// No usable date.
		`https://dinkes.contoh.go.id/lama,Berita lama,1970-01-01,Dinkes,website,Tak Dikenal,"`+text("arsip")+"\"\n"), 7, 0, 0, 0)

	stories := []string{
		"Imunisasi serentak|1.02|Dinas Kesehatan|2026-10-05|2|['p1']|['p2']",
		"Panen raya||DKP|2026-10-07|1|[]|[]",
		"Penyaluran bansos|1.06|Dinas Sosial|2026-10-31|1|['p3']|[]",
		"Ruang arsip|1.06|Dinsos|2026-10-08|2|[]|[]",
	}
	if diff := cmp.Diff(stories, b.current("stories", "articles", "title, opd, opd_raw, day, articles, authors, editors", "title")); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
	articles := []string{
		"https://contoh.go.id/imunisasi|1.02||false|['Ronny Bonar']|2026-10-05|false",
		"https://dinkes.contoh.go.id/imunisasi|1.02|1.02|false|[]|2026-10-05|true",
		"https://dinkes.contoh.go.id/lama|1.02|1.02|false|['Tak Dikenal']||false",
		"https://dinsos.contoh.go.id/arsip|1.06|1.06|false|[]|2026-10-08|true",
		"https://diskominfo.contoh.go.id/bansos|1.06|2.16|false|[]|2026-10-31|true",
		"https://x.contoh.go.id/panen|||true|[]|2026-10-07|true",
		"https://zona.contoh.go.id/arsip|1.06|2.16|false|[]|2026-10-08|false",
	}
	if diff := cmp.Diff(articles, b.current("story_articles", "articles", "url, opd, source_opd, unmatched_opd, unmatched_people, day, is_origin", "url")); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}

	// A decision about the shared short name and the misspelt name corrects
	// the past.
	for _, d := range []ingest.AliasDecision{
		{Kind: "opd", Alias: "DKP", Target: "3.27", By: "admin"},
		{Kind: "person", Alias: "Ronny Bonar", Target: "p1", By: "admin"},
	} {
		if err := b.in.Decide(t.Context(), b.reg, d); err != nil {
			t.Fatal(err)
		}
	}
	stories[1] = "Panen raya|3.27|DKP|2026-10-07|1|[]|[]"
	if diff := cmp.Diff(stories, b.current("stories", "articles", "title, opd, opd_raw, day, articles, authors, editors", "title")); diff != "" {
		t.Errorf("stories after the decisions (-want +got):\n%s", diff)
	}
	if got := b.current("story_articles", "articles", "url, unmatched_people", "url")[0]; got != "https://contoh.go.id/imunisasi|[]" {
		t.Errorf("after the decision: %s", got)
	}
	// A later decision replaces the earlier.
	if err := b.in.Decide(t.Context(), b.reg, ingest.AliasDecision{Kind: "opd", Alias: "dkp", Target: "3.25", By: "admin"}); err != nil {
		t.Fatal(err)
	}
	if got := b.current("stories", "articles", "title, opd", "title")[1]; got != "Panen raya|3.25" {
		t.Errorf("after the second decision: %s", got)
	}
}

// TestDaysAreLocal puts what happened around midnight into the region's day.
func TestDaysAreLocal(t *testing.T) {
	b := newBench(t)
	b.give("articles", "url,title,published_at\nhttps://a.go.id/1,Satu,2026-10-31T16:59:59Z\nhttps://a.go.id/2,Dua,2026-10-31T17:00:00Z\n")
	b.give("ppid", "registration_no,received_at,opd\n1,2026-10-31T16:59:59Z,Dinkes\n2,2026-11-01 00:00,Dinkes\n")
	if diff := cmp.Diff([]string{"2026-11-01", "2026-10-31"}, b.current("stories", "articles", "day", "title")); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2026-10-31", "2026-11-01"}, b.current("ppid_cases", "ppid", "received_day", "registration_no")); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
}

// TestRequestUnderTwoNames counts a request once after its OPD's second
// spelling became known.
func TestRequestUnderTwoNames(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name\n1.02,Dinas Kesehatan\n")
	b.give("ppid", "registration_no,received_at,opd\n1,2026-01-05,Dinas Kesehatan\n")
	b.give("ppid", "registration_no,received_at,opd,notified_at,withdrawn_at,officer\n1,2026-01-05,DKK,2026-01-09,2026-01-08,Rina\n")
	columns := "opd, opd_raw, notified_day, withdrawn_before_notified, officer, officer_raw"
	if diff := cmp.Diff([]string{"|DKK|2026-01-09|true||Rina", "1.02|Dinas Kesehatan||false||"}, b.current("ppid_cases", "ppid", columns, "opd")); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	b.give("people", "person_id,name\np1,Rina\n")
	b.give("opd", "code,name,aliases\n1.02,Dinas Kesehatan,DKK\n")
	if diff := cmp.Diff([]string{"1.02|DKK|2026-01-09|true|p1|Rina"}, b.current("ppid_cases", "ppid", columns, "opd")); diff != "" {
		t.Errorf("after (-want +got):\n%s", diff)
	}
}

func TestComplaintsAndAgendaRollups(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name,short_name,valid_to\n1.02,Dinas Kesehatan,Dinkes,2026-06-30\n1.99,Dinas Kesehatan dan KB,Dinkes KB,\n")
	b.give("complaints", "tracking_id,submitted_at,kind,opd,assigned_at,officer\n1,2026-06-30 23:00,pengaduan,Dinkes,2026-07-01,x\n2,2026-07-01 01:00,pengaduan,Dinkes,,\n")
	b.give("agenda", "agenda_id,date,opd,title\nA,2026-06-30,dinkes,Rapat\nB,2026-08-01,Dinkes KB,Rapat\n")
	want := []string{"1|1.02|complaint|2026-06-30|2026-07-01", "2||complaint|2026-07-01|"}
	if diff := cmp.Diff(want, b.current("complaint_cases", "complaints", "tracking_id, opd, kind, submitted_day, assigned_day", "tracking_id")); diff != "" {
		t.Errorf("complaints (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"A|1.02|2026-06-30", "B|1.99|2026-08-01"}, b.current("agenda_items", "agenda", "agenda_id, opd, day", "agenda_id")); diff != "" {
		t.Errorf("agenda (-want +got):\n%s", diff)
	}
}

// TestUnchangedImportRebuildsNothing shows that the same input twice does not
// even write a generation, and that a rebuild that was lost is made up for.
func TestUnchangedImportRebuildsNothing(t *testing.T) {
	b := newBench(t)
	const file = "registration_no,received_at,opd\n1,2026-01-05,Dinas Kesehatan\n"
	b.give("ppid", file)
	generations := "SELECT concat(toString(`rollup`), ' ', toString(max(generation))) FROM rollup_generations GROUP BY `rollup` ORDER BY `rollup`"
	before := b.rows(generations)
	b.want(b.give("ppid", file), 0, 0, 1, 0)
	if diff := cmp.Diff(before, b.rows(generations)); diff != "" {
		t.Errorf("generations (-before +after):\n%s", diff)
	}
	if err := b.w.Conn().Exec(t.Context(), "TRUNCATE TABLE rollup_generations"); err != nil {
		t.Fatal(err)
	}
	b.want(b.give("ppid", file), 0, 0, 1, 0)
	if diff := cmp.Diff([]string{"1"}, b.current("ppid_cases", "ppid", "registration_no", "registration_no")); diff != "" {
		t.Errorf("cases after a lost rebuild (-want +got):\n%s", diff)
	}
}

func TestOldGenerationsAreDropped(t *testing.T) {
	b := newBench(t)
	count := func() string { return b.rows("SELECT toString(uniqExact(generation)) FROM ppid_cases")[0] }
	for i := range 3 {
		b.give("ppid", "registration_no,received_at,opd,topic\n1,2026-01-05,Dinkes,"+strings.Repeat("x", i+1)+"\n")
	}
	if got := count(); got != "3" {
		t.Errorf("%s generations within ten minutes, want 3", got)
	}
	b.clock.now = b.clock.now.Add(11 * time.Minute)
	b.give("ppid", "registration_no,received_at,opd,topic\n1,2026-01-05,Dinkes,baru\n")
	if got := count(); got != "1" {
		t.Errorf("%s generations after ten minutes, want 1", got)
	}
	for range 20 {
		if err := b.in.Rebuild(t.Context(), b.reg, "ppid"); err != nil {
			t.Fatal(err)
		}
	}
	if got := count(); got != "17" {
		t.Errorf("%s generations while the clock stands still, want 17", got)
	}
	if diff := cmp.Diff([]string{"baru"}, b.current("ppid_cases", "ppid", "topic", "topic")); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
}

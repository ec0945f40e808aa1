package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEditedCopyIsOneStory: a portal rewrites the lead, cuts the end and
// changes the title; the text itself shows that it is the same piece.
func TestEditedCopyIsOneStory(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	body := []string{
		"Dinas Sosial menyalurkan bantuan kepada 214 keluarga terdampak banjir di Desa Contoh Hilir, Senin. Bantuan berupa beras, selimut, perlengkapan bayi dan uang tunai diserahkan langsung di balai desa.",
		"Kepala dinas menjelaskan bahwa data penerima sudah diperiksa bersama perangkat desa dan pendamping sosial agar tidak ada keluarga yang terlewat atau menerima dua kali. Pemeriksaan berlangsung selama tiga hari.",
		"Sebanyak 37 keluarga masih tinggal di pos pengungsian karena rumahnya rusak berat. Dapur umum yang dikelola taruna siaga bencana menyiapkan makanan dua kali sehari sampai keadaan pulih.",
		"Seorang warga berterima kasih karena bantuan datang sebelum persediaan makanan habis. Ia berharap tanggul yang jebol segera diperbaiki supaya banjir tidak terulang.",
		"Pemerintah kabupaten membuka rekening donasi bagi warga yang ingin membantu.",
	}
	copied := append([]string{"Ratusan keluarga korban banjir akhirnya menerima bantuan dari pemerintah daerah."}, body[1:4]...)
	other := strings.NewReplacer("214", "98", "37", "12", "Contoh Hilir", "Contoh Hulu", "beras, selimut", "tenda, tikar", "tiga hari", "sepekan", "tanggul yang jebol", "jembatan yang putus").Replace(strings.Join(body[:2], "\n"))
	quoted := func(paragraphs ...string) string { return `"` + strings.Join(paragraphs, "\n") + `"` + "\n" }
	b.give("articles", "url,title,published_at,opd,channel,body\n"+
		"https://dinsos.contoh.go.id/bantuan,Dinsos Salurkan Bantuan Banjir,2026-10-05 08:00,Dinsos,website,"+quoted(body...)+
		"https://contoh.go.id/korban,Korban Banjir Terima Bantuan,2026-10-05 15:00,,portal,"+quoted(copied...)+
		"https://kec-hulu.contoh.go.id/bantuan,Bantuan Banjir Contoh Hulu,2026-10-06 08:00,Dinkes,website,"+quoted(other))
	want := []string{"Bantuan Banjir Contoh Hulu|1", "Dinsos Salurkan Bantuan Banjir|2"}
	if diff := cmp.Diff(want, b.current("stories", "articles", "title, articles", "title")); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
	if got := b.current("story_articles", "articles", "url, flags, opd", "url"); !strings.Contains(strings.Join(got, "\n"), "https://contoh.go.id/korban|['zoneless','near_copy']|1.06") {
		t.Errorf("articles %q", got)
	}
}

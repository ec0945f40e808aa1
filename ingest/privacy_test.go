package ingest_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gaung/ingest"
)

// TestNoIdentityIsStored imports registers full of identities, usable and
// unusable rows alike, and searches every text column of every table.
func TestNoIdentityIsStored(t *testing.T) {
	b := newBench(t)
	b.request(ingest.ImportRequest{Kind: "ppid", Path: "register.xlsx", Reader: bytes.NewReader(registerWorkbook(t)), Region: contoh})
	b.give("ppid", "registration_no,received_at,opd,nama,NIK,alamat,email,pekerjaan,topic,decision\n"+
		"1,2026-01-05,Dinkes,Siti Rahasia,1971012345678901,Jl. Mawar 1,siti@contoh.id,Guru,Data NIK 1971 0123 4567 8901 hubungi siti@contoh.id atau 0812-3456-7890,ok\n"+
		"2,32/1/2026,Dinkes,Joko Tertutup,1971012345678902,Jl. Melati 2,joko@contoh.id,Petani,NIK 1971012345678902,ok\n"+
		"3,Joko Tertutup,Dinkes,1971012345678902\n")
	b.give("complaints", "tracking_id,submitted_at,kind,nama pelapor,telepon,isi laporan,judul laporan\n"+
		"8001,2026-03-01,pengaduan,Siti Rahasia,081234567890,Jalan rusak di depan rumah Siti Rahasia,Jalan rusak\n"+
		"8002,kapan,keluhan aneh,Joko Tertutup,081200000000,Lampu padam,Lampu padam\n")
	b.want(b.give("ppid", "registration_no,received_at,opd,officer\n1971010505900001,2026-01-05,Dinkes,\n4,2026-01-05,Dinkes 0812-9999-7777,Budi 081299997777\n"+
		"5,2026-01-05,humas@contoh.id,\n6,2026-01-05,Dinkes 1971010505900001,\n"), 3, 0, 0, 1)
	b.want(b.give("complaints", "tracking_id,submitted_at,kind\n1971010505900001,2026-03-01,pengaduan\n"), 0, 0, 0, 1)
	b.give("objections", csvText(t, ',', objectionTop, []string{"1", "2/2/2026", "Siti Rahasia, Jl. Mawar 1", "1", "DPA", "riset", "ditolak", "", "salah", "Sekda", "Siti Rahasia menerima"}))
	b.give("articles", "url,title,published_at,body\nhttps://a.go.id/1,Bantuan untuk 1971012345678901,2026-01-05,Penerima dengan NIK 1971012345678901 sudah didata.\n")

	secrets := []string{
		"siti", "joko tertutup", "ani tersembunyi", "1971012345678901", "1971012345678902", "1971 0123 4567 8901", "1971010505900001", "9999", "jl. m", "jl. anggrek", "contoh.id", "0812",
		"guru", "petani", "jalan rusak", "lampu padam", "penelitian", "riset",
	}
	columns := b.rows("SELECT table, name FROM system.columns WHERE database = currentDatabase() AND (type LIKE '%String%') AND table NOT LIKE '%goose%' ORDER BY table, name")
	if len(columns) < 80 {
		t.Fatalf("only %d text columns found", len(columns))
	}
	searched := 0
	for _, column := range columns {
		table, name, _ := strings.Cut(column, "|")
		values := b.rows(fmt.Sprintf("SELECT DISTINCT toString(%s) FROM %s", name, table))
		for _, value := range values {
			searched++
			for _, secret := range secrets {
				if strings.Contains(strings.ToLower(value), secret) {
					t.Errorf("%s.%s holds %q in %q", table, name, secret, value)
				}
			}
		}
	}
	if searched < 150 {
		t.Errorf("only %d values searched", searched)
	}
}

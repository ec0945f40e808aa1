package source

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseRowSources(t *testing.T) {
	c, err := Parse("/etc/gaung/gaung.yaml", []byte(`region: 19.71
sources:
  - name: ppid-aplikasi
    kind: database
    opd: Dinas Kesehatan
    database:
      driver: MariaDB
      dsn: ${GAUNG_SECRET_PPID_DSN}
      import: ppid
      mark: updated_at
      query: |
        SELECT * FROM permohonan
        WHERE updated_at >= {since};
      map:
        nomor: registration_no
      values:
        status:
          beres: selesai
  - name: arsip
    kind: database
    database: {driver: sqlite, dsn: data/arsip.sqlite, import: agenda, query: "WITH x AS (SELECT 1) SELECT * FROM x", zone: utc}
  - name: ppid-folder
    kind: register
    every: 15m
    register: {path: masuk/*.xlsx, import: ppid, map: peta.yaml}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []any{
		&Database{
			Driver: "mysql", DSN: "${GAUNG_SECRET_PPID_DSN}", Import: "ppid", Mark: "updated_at", Limit: 50000,
			Query: "SELECT * FROM permohonan\nWHERE updated_at >= {since}", Map: map[string]string{"nomor": "registration_no"},
			Values: map[string]map[string]string{"status": {"beres": "selesai"}},
		},
		&Database{Driver: "sqlite", DSN: "/etc/gaung/data/arsip.sqlite", Import: "agenda", Query: "WITH x AS (SELECT 1) SELECT * FROM x", Zone: "utc", Limit: 50000},
		&Register{Path: "/etc/gaung/masuk/*.xlsx", Import: "ppid", Map: "/etc/gaung/peta.yaml", Settle: defaultSettle},
	}
	if diff := cmp.Diff(want, []any{c.Sources[0].Database, c.Sources[1].Database, c.Sources[2].Register}); diff != "" {
		t.Error(diff)
	}
	if s := c.Sources[0]; !s.Rows() || s.Imports() != "ppid" || s.SiteOPD() != "" {
		t.Errorf("%+v", s)
	}
	if err := c.ValidateAndSetDefaults(); err != nil || c.Sources[2].Register.Path != "/etc/gaung/masuk/*.xlsx" {
		t.Errorf("a second validation: %v, %s", err, c.Sources[2].Register.Path)
	}
	articles := Source{Kind: "database", OPD: "Dinkes", Database: &Database{Import: "articles"}}
	if articles.SiteOPD() != "Dinkes" {
		t.Error("articles of a database do not stand for the OPD's publishing")
	}
	if !filepath.IsAbs(c.Sources[1].Database.DSN) {
		t.Error(c.Sources[1].Database.DSN)
	}
}

func TestParseRowSourceProblems(t *testing.T) {
	const head = "region: 19.71\nsources:\n- name: x\n  kind: "
	base := head + "database\n  database:\n    driver: mysql\n    dsn: ${GAUNG_SECRET_X}\n    import: ppid\n    mark: id\n    query: SELECT 1\n"
	change := func(from, to string) string { return strings.Replace(base, from, to, 1) }
	cases := []struct{ name, text, want string }{
		{"driver", change("mysql", "oracle"), `baris 6, sources[0].database.driver: "oracle" tidak dikenal; yang boleh: mariadb, mysql, postgres, postgresql, sqlite, sqlite3`},
		{"no dsn", change("    dsn: ${GAUNG_SECRET_X}\n", ""), "sources[0].database.dsn: wajib diisi"},
		{"password in the file", change("${GAUNG_SECRET_X}", "mysql://u:sandi-terbuka@h/d"), "sources[0].database.dsn: alamat basis data memuat kata sandi"},
		{"half a secret", change("${GAUNG_SECRET_X}", "mysql://u:${GAUNG_SECRET_X}@h/d"), "sources[0].database.dsn: rahasia ditulis sendiri"},
		{"other variable", change("GAUNG_SECRET_X", "HOME"), "sources[0].database.dsn: rahasia ditulis sendiri"},
		{"import", change("import: ppid", "import: berita"), `sources[0].database.import: "berita" tidak dikenal; yang boleh: opd, people`},
		{"no query", change("    query: SELECT 1\n", ""), "sources[0].database.query: wajib diisi"},
		{"update", change("SELECT 1", "UPDATE x SET a = 1"), "sources[0].database.query: harus satu SELECT"},
		{"two statements", change("SELECT 1", "SELECT 1; DROP TABLE x"), "sources[0].database.query: hanya satu pernyataan"},
		{"two marks", change("SELECT 1", `"SELECT {since} >= {since}"`), "sources[0].database.query: {since} hanya boleh ditulis satu kali"},
		{"strict", change("SELECT 1", `"SELECT 1 WHERE id > {since}"`), "sources[0].database.query: tulis >= {since}, bukan > {since}"},
		{"no mark", change("    mark: id\n    query: SELECT 1", `    query: "SELECT 1 WHERE id >= {since}"`), "sources[0].database.mark: wajib diisi"},
		{"mark", change("mark: id", "mark: p.id"), `sources[0].database.mark: "p.id" bukan nama kolom`},
		{"zone", base + "    zone: GMT+7\n", `sources[0].database.zone: "GMT+7" bukan zona waktu yang dikenal; yang boleh: UTC, Asia/Jakarta`},
		{"limit", base + "    limit: 0x10\n", `sources[0].database.limit: `},
		{"large limit", base + "    limit: 2000000\n", "sources[0].database.limit: 2000000 di luar batas; yang boleh: 1 sampai 1000000"},
		{"map", base + "    map: nomor\n", "sources[0].database.map: harus berupa kunci dan nilai"},
		{"url", base + "  url: https://a.example/\n", "sources[0].url: tidak dipakai untuk kind: database"},
		{"no section", head + "database\n", "sources[0].database: wajib diisi untuk kind: database"},
		{"other section", base + "  register: {path: /x, import: ppid}\n", "sources[0].register: hanya untuk kind: register"},
		{"no path", head + "register\n  register: {import: ppid}\n", "sources[0].register.path: wajib diisi"},
		{"pattern", head + "register\n  register: {import: ppid, path: '/x/[a'}\n", "sources[0].register.path: \"/x/[a\" bukan pola"},
		{"settle", head + "register\n  register: {import: ppid, path: /x, settle: 2h}\n", "sources[0].register.settle: 2h0m0s di luar batas"},
		{"register import", head + "register\n  register: {import: x, path: /x}\n", `sources[0].register.import: "x" tidak dikenal`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("g.yaml", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "sandi-terbuka") {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

func TestParsePush(t *testing.T) {
	digest := func(token string) string {
		sum := sha256.Sum256([]byte(token))
		return hex.EncodeToString(sum[:])
	}
	base := "region: 19.71\npush:\n- source: ppid-online\n  kinds: [ppid, objections]\n  opd: Dinkes\n  token_sha256: " + strings.ToUpper(digest("satu")) + "\n"
	c, err := Parse("g.yaml", []byte(base+"- source: lapor\n  region: 19.01\n  kinds: [complaints]\n  token_sha256: "+digest("dua")+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := PushSource{Source: "ppid-online", Kinds: []string{"ppid", "objections"}, Region: "19.71", OPD: "Dinkes", TokenSHA256: digest("satu")}
	if got, ok := c.PushSource("satu"); !ok || cmp.Diff(want, got) != "" {
		t.Errorf("%+v, %v", got, ok)
	}
	if got, ok := c.PushSource("dua"); !ok || got.Source != "lapor" || got.Region != "19.01" {
		t.Errorf("%+v, %v", got, ok)
	}
	for _, token := range []string{"", "tiga", "SATU", digest("satu")} {
		if got, ok := c.PushSource(token); ok {
			t.Errorf("token %q is taken for %s", token, got.Source)
		}
	}
	if _, ok := (&Config{Push: []PushSource{{}}}).PushSource(""); ok {
		t.Error("no token fits an entry without a digest")
	}
	for text, want := range map[string]string{
		strings.Replace(base, "ppid-online", "PPID", 1):                                                  `g.yaml baris 3, push[0].source: "PPID" bukan nama yang sah`,
		strings.Replace(base, "[ppid, objections]", "[]", 1):                                             "push[0].kinds: wajib diisi",
		strings.Replace(base, "objections", "holidays", 1):                                               `push[0].kinds[1]: "holidays" tidak dapat dikirim`,
		strings.Replace(base, "region: 19.71\n", "", 1):                                                  "push[0].region: wajib diisi",
		strings.Replace(base, strings.ToUpper(digest("satu")), "token-terbuka", 1):                       "push[0].token_sha256: bukan SHA-256",
		base + "- source: lain\n  kinds: [ppid]\n  token_sha256: " + digest("satu") + "\n":               "push[1].token_sha256: token ini sudah dipakai push[0]",
		base + "- source: ppid-online\n  kinds: [ppid]\n  token_sha256: " + digest("dua") + "\n":         `push[1].source: nama "ppid-online" sudah dipakai push[0]`,
		base + "sources:\n- name: ppid-online\n  kind: register\n  register: {path: /x, import: ppid}\n": `push[0].source: nama "ppid-online" sudah dipakai sources[0]`,
		base + "- source: lain\n  kinds: ppid\n  token_sha256: " + digest("dua") + "\n":                  "push[1].kinds: harus berupa daftar",
	} {
		if _, err := Parse("g.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "token-terbuka") {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
}

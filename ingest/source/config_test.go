package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gaung/warehouse/region"
)

const fullConfig = `# data contoh
region: 99.01
contact: kominfo@contohkab.example
regions:
  - code: 99.01
    name: Kabupaten Contoh
    zone: wita
sources:
  - name: dinkes-web
    kind: wordpress
    url: https://Dinkes.contohkab.example/#atas
    opd: Dinas Kesehatan
    since: 2025-05-01
  - name: portal
    kind: feed
    url: http://10.1.2.3/feed/
    region: 19.10   # ditulis tanpa kutip
    channel: portal
    allow_private: true
    rate_per_second: 20
    every: 30m
    since: "2026-01-31"
`

func TestParseFullConfig(t *testing.T) {
	full := strings.Replace(fullConfig, "19.10", "19.01", 1)
	c, err := Parse("gaung.yaml", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	want := &Config{
		Region: "99.01", Contact: "kominfo@contohkab.example",
		Regions: []RegionOverride{{Code: "99.01", Name: "Kabupaten Contoh", Zone: "Asia/Makassar"}},
		Sources: []Source{
			{
				Name: "dinkes-web", Kind: "wordpress", URL: "https://dinkes.contohkab.example/", Region: "99.01", OPD: "Dinas Kesehatan",
				Channel: "website", RatePerSecond: 1, Every: time.Hour, Since: Date{2025, time.May, 1},
			},
			{
				Name: "portal", Kind: "feed", URL: "http://10.1.2.3/feed/", Region: "19.01", Channel: "portal",
				AllowPrivate: true, RatePerSecond: 20, Every: 30 * time.Minute, Since: Date{2026, time.January, 31},
			},
		},
	}
	if diff := cmp.Diff(want, c, cmpopts.IgnoreUnexported(Config{})); diff != "" {
		t.Error(diff)
	}
	found, err := c.Table().Find("99.01")
	if err != nil || found.Name != "Kabupaten Contoh" || found.Zone.String() != "Asia/Makassar" {
		t.Errorf("region = %+v, %v", found, err)
	}
	// 19.10 stays 19.10 although YAML reads a number.
	_, err = Parse("gaung.yaml", []byte(fullConfig))
	if err == nil || !strings.Contains(err.Error(), `gaung.yaml baris 17, sources[1].region: wilayah "19.10"`) {
		t.Errorf("error = %v", err)
	}
}

func TestParseEmptyConfig(t *testing.T) {
	for _, text := range []string{"", "# kosong\n", "---\n", "sources:\nregions:\n", "null"} {
		c, err := Parse("gaung.yaml", []byte(text))
		if err != nil || len(c.Sources) != 0 {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	}
}

// TestParseProblems looks at the whole message of every kind of fault.
func TestParseProblems(t *testing.T) {
	source := "contact: a@b.example\nsources:\n- name: x\n  kind: feed\n  url: https://a.example/f\n  region: 19.71\n"
	_, keys := yamlFields(reflect.TypeFor[Source]())
	sourceKeys := strings.Join(keys, ", ")
	_, keys = yamlFields(configType)
	configKeys := strings.Join(keys, ", ")
	cases := []struct {
		name, text, want string
	}{
		{"unknown key", "sumber: []\n", "g.yaml baris 1, sumber: kunci tidak dikenal; kunci yang boleh: " + configKeys},
		{"unknown key of a source", source + "  opdd: x\n", "g.yaml baris 7, sources[0].opdd: kunci tidak dikenal; kunci yang boleh: " + sourceKeys},
		{"twice", source + "  kind: feed\n", "g.yaml baris 7, sources[0].kind: kunci ditulis dua kali; hapus salah satunya"},
		{"no mapping", "- a\n", "g.yaml baris 1: harus berupa kunci dan nilai; kunci yang boleh: " + configKeys},
		{"no list", "sources:\n  name: x\n", "g.yaml baris 2, sources: harus berupa daftar: setiap butir diawali tanda - pada baris sendiri"},
		{"no value", source + "  opd:\n", "g.yaml baris 7, sources[0].opd: nilainya kosong; isi, atau hapus barisnya"},
		{"list for value", source + "  opd: [a]\n", "g.yaml baris 7, sources[0].opd: harus berupa satu nilai, bukan daftar atau kelompok kunci"},
		{"bad bool", source + "  allow_private: ya\n", `g.yaml baris 7, sources[0].allow_private: "ya" bukan ya atau tidak; yang boleh: true, false`},
		{"bad number", source + "  rate_per_second: cepat\n", `g.yaml baris 7, sources[0].rate_per_second: "cepat" bukan angka; tulis seperti 1 atau 0.5`},
		{"bad duration", source + "  every: 30\n", `g.yaml baris 7, sources[0].every: "30" bukan selang waktu; tulis seperti 30m, 1h atau 24h`},
		{"bad date", source + "  since: 1/5/2025\n", `g.yaml baris 7, sources[0].since: "1/5/2025" bukan tanggal; tulis seperti 2026-01-31`},
		{"anchor", "contact: &a a@b.example\n", "g.yaml baris 1, contact: tanda & dan * (anchor) tidak didukung; tulis isinya langsung"},
		{"merge key", source + "  <<: {opd: x}\n", "g.yaml baris 7, sources[0].<<: kunci tidak dikenal; kunci yang boleh: " + sourceKeys},
		{"two documents", "region: 19\n---\nregion: 19\n", "g.yaml baris 2: ada dua dokumen YAML (tanda ---); gabungkan menjadi satu"},
		{"region", "region: Bangka\n", `g.yaml baris 1, region: wilayah "Bangka" tidak dikenal; pakai kode Kemendagri seperti 19 (provinsi) atau 19.71 (kabupaten/kota)`},
		{"override code", "regions:\n- code: 1971\n", `g.yaml baris 2, regions[0].code: "1971" bukan kode wilayah Kemendagri; tulis seperti 19 (provinsi) atau 19.71 (kabupaten/kota)`},
		{"override twice", "regions:\n- code: 19.71\n- code: 19.71\n", "g.yaml baris 3, regions[1].code: kode 19.71 sudah dipakai regions[0]"},
		{"zone", "regions:\n- code: 19.71\n  zone: GMT+7\n", `g.yaml baris 3, regions[0].zone: "GMT+7" bukan zona waktu Indonesia; yang boleh: Asia/Jakarta, Asia/Jayapura, Asia/Makassar, Asia/Pontianak, WIB, WIT, WITA`},
		{"no contact", strings.Replace(source, "contact: a@b.example\n", "", 1), "g.yaml, contact: wajib diisi: alamat surel atau web yang dilihat pengelola situs yang dibaca; contoh: kominfo@contohkab.go.id"},
		{"bad contact", "contact: kominfo\n", `g.yaml baris 1, contact: "kominfo" bukan alamat surel atau web; contoh: kominfo@contohkab.go.id`},
		{"name", strings.Replace(source, "name: x", "name: Dinas Kesehatan", 1), `g.yaml baris 3, sources[0].name: "Dinas Kesehatan" bukan nama yang sah; pakai huruf kecil a-z, angka dan tanda hubung, paling panjang 63, seperti dinkes-web`},
		{"name twice", source + "- name: x\n  kind: feed\n  url: https://b.example/f\n  region: 19.71\n", `g.yaml baris 7, sources[1].name: nama "x" sudah dipakai sources[0]; setiap sumber perlu nama sendiri`},
		{"url twice", source + "- name: y\n  kind: feed\n  url: https://A.example/f\n  region: 19.71\n", "g.yaml baris 9, sources[1].url: alamat ini sudah dibaca oleh sources[0] (x); hapus salah satunya"},
		{"kind", strings.Replace(source, "kind: feed", "kind: rss", 1), `g.yaml baris 4, sources[0].kind: "rss" tidak dikenal; yang boleh: ` + strings.Join(Kinds(), ", ")},
		{"url", strings.Replace(source, "https://a.example/f", "a.example/feed", 1), `g.yaml baris 5, sources[0].url: "a.example/feed" bukan alamat web yang lengkap; tulis dengan http:// atau https://`},
		{"password", strings.Replace(source, "https://a", "https://u:p@a", 1), "g.yaml baris 5, sources[0].url: alamat tidak boleh memuat nama pengguna atau kata sandi"},
		{"no region", strings.Replace(source, "  region: 19.71\n", "", 1), "g.yaml baris 3, sources[0].region: wajib diisi, di sini atau sekali untuk semua sumber pada kunci region paling atas; kode Kemendagri seperti 19.71"},
		{"channel", source + "  channel: koran\n", `g.yaml baris 7, sources[0].channel: "koran" tidak dikenal; yang boleh: website, portal, instagram, facebook, x, youtube, tiktok, media`},
		{"rate", source + "  rate_per_second: 50\n", "g.yaml baris 7, sources[0].rate_per_second: 50 di luar batas; yang boleh: lebih dari 0 sampai 10 (atau lebih bila allow_private: true)"},
		{"no number", source + "  rate_per_second: .nan\n", `g.yaml baris 7, sources[0].rate_per_second: ".nan" bukan angka; tulis seperti 1 atau 0.5`},
		{"every", source + "  every: 5s\n", "g.yaml baris 7, sources[0].every: 5s di luar batas; yang boleh: 1m sampai 168h"},
		{"since", source + "  since: 0025-05-01\n", "g.yaml baris 7, sources[0].since: tahun 25 di luar 1990 sampai 2200"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("g.yaml", []byte(c.text))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseReportsEverythingAtOnce(t *testing.T) {
	_, err := Parse("g.yaml", []byte("contact: a@b.example\nsources:\n- name: x\n  kind: rss\n  url: x\n  region: 19.71\n  every: 1s\n"))
	var config *ConfigError
	if !errors.As(err, &config) {
		t.Fatal(err)
	}
	var got []string
	for _, p := range config.Problems {
		got = append(got, p.Key)
	}
	if diff := cmp.Diff([]string{"sources[0].kind", "sources[0].url", "sources[0].every"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseBrokenYAML(t *testing.T) {
	_, err := Parse("g.yaml", []byte("region: 19\nsources:\n\t- name: x\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "g.yaml baris ") || !strings.Contains(err.Error(), "tulisan YAML rusak") {
		t.Errorf("error = %v", err)
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gaung.yaml")
	_, err := Load(path)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "--config") {
		t.Errorf("missing file: %v", err)
	}
	if err := os.WriteFile(path, []byte("region: 19.71\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path)
	if err != nil || c.Region != "19.71" {
		t.Errorf("Load = %+v, %v", c, err)
	}
	if err := os.WriteFile(path, make([]byte, maxConfigBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "lebih besar dari 4 MB") {
		t.Errorf("large file: %v", err)
	}
}

func TestSourceValidateAndSetDefaults(t *testing.T) {
	s := Source{Name: " x ", Kind: "feed", URL: " http://A.example/f "}
	if problems := s.ValidateAndSetDefaults("19.71", region.Builtin()); len(problems) != 0 {
		t.Fatal(problems)
	}
	want := Source{Name: "x", Kind: "feed", URL: "http://a.example/f", Region: "19.71", Channel: "website", RatePerSecond: 1, Every: time.Hour}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Error(diff)
	}
	before := s
	if problems := s.ValidateAndSetDefaults("19.71", region.Builtin()); len(problems) != 0 || s != before {
		t.Errorf("a second validation changes %+v to %+v (%v)", before, s, problems)
	}
}

func TestConfigWithoutFileAndContact(t *testing.T) {
	c := Config{Sources: []Source{{Name: "contoh", Kind: "feed", URL: "http://127.0.0.1:8081/feed/", Region: "19.71", AllowPrivate: true, RatePerSecond: 500}}}
	if err := c.ValidateAndSetDefaults(); err != nil {
		t.Fatalf("an intranet source alone needs no contact: %v", err)
	}
	c.Sources[0].AllowPrivate = false
	err := c.ValidateAndSetDefaults()
	if err == nil || !strings.HasPrefix(err.Error(), "contact: wajib diisi") {
		t.Errorf("error = %v", err)
	}
}

func TestDate(t *testing.T) {
	if got := (Date{2024, time.March, 1}).Before(); got != (Date{2024, time.February, 29}) {
		t.Errorf("Before = %v", got)
	}
	var d Date
	if d.String() != "" || !d.IsZero() || d.UnmarshalText([]byte("2026-13-01")) == nil {
		t.Error("the zero date or a wrong one is taken for a day")
	}
	if err := d.UnmarshalText([]byte("2026-01-31")); err != nil || d.String() != "2026-01-31" {
		t.Errorf("%v, %v", d, err)
	}
}

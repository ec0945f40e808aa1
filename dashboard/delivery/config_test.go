package delivery

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gaung/warehouse/region"
)

const fullConfig = `region: 19.71
sources: []   # somebody else's
deliveries:
  dashboard: https://gaung.contohkab.go.id
  schedules:   # before the channels they name
  - name: bulanan
    kind: monthly
    day: 6
    at: "08:00"
    to:
    - channel: surel
      recipients: [bupati@contohkab.go.id, Sekda <sekda@contohkab.go.id>]
    - channel: arsip
  - {name: mingguan, kind: weekly, weekday: Jumat, at: 07.30, to: [{channel: tg, recipients: [-1001234567890]}]}
  - name: peringatan
    kind: alerts
    region: 91.71
    every: 2h
    silent_days: 14
    due_within: 0
    sources: true
    thresholds:
    - {figure: ppid_on_time_share, below: 0.8}
    to: [{channel: wa}]
  channels:
  - {name: surel, kind: email, host: smtp.contohkab.go.id, security: starttls, username: gaung, password: GAUNG_SECRET_SMTP, from: Gaung <g@contohkab.go.id>, attempts: 3}
  - {name: tg, kind: telegram, token: GAUNG_SECRET_TG}
  - {name: wa, kind: webhook, url: http://10.1.2.3/kirim/, secret: GAUNG_SECRET_WA, files: true}
  - {name: arsip, kind: folder, path: /var/lib/gaung/keluar}
`

func TestParseFullConfig(t *testing.T) {
	regions := region.Builtin()
	home, err := regions.Find("19.71")
	if err != nil {
		t.Fatal(err)
	}
	east, err := regions.Find("91.71")
	if err != nil {
		t.Fatal(err)
	}
	zero, low := 0, 0.8
	want := &Config{
		Dashboard: "https://gaung.contohkab.go.id",
		Channels: []Channel{
			{
				Name: "surel", Kind: Email, Attempts: 3, Host: "smtp.contohkab.go.id", Port: 587, Security: StartTLS, Username: "gaung",
				Password: "GAUNG_SECRET_SMTP", From: "Gaung <g@contohkab.go.id>",
			},
			{Name: "tg", Kind: Telegram, Attempts: 5, Token: "GAUNG_SECRET_TG", URL: "https://api.telegram.org"},
			{Name: "wa", Kind: Webhook, Attempts: 5, URL: "http://10.1.2.3/kirim", Secret: "GAUNG_SECRET_WA", Files: true},
			{Name: "arsip", Kind: Folder, Attempts: 5, Path: "/var/lib/gaung/keluar"},
		},
		Schedules: []Schedule{
			{Name: "bulanan", Kind: Monthly, Region: home, At: 480, Day: 6, Files: []File{FileWorkbook}, Weekday: time.Monday, To: []Target{
				{Channel: "surel", Recipients: []string{"bupati@contohkab.go.id", "Sekda <sekda@contohkab.go.id>"}}, {Channel: "arsip"},
			}},
			{Name: "mingguan", Kind: Weekly, Region: home, At: 450, Day: 6, Weekday: time.Friday, To: []Target{
				{Channel: "tg", Recipients: []string{"-1001234567890"}},
			}},
			{
				Name: "peringatan", Kind: Alerts, Region: east, At: 420, Day: 6, Weekday: time.Monday, Every: 2 * time.Hour,
				Rules: AlertRules{SilentDays: 14, DueWithin: &zero, Sources: true, Thresholds: []Threshold{{Figure: "ppid_on_time_share", Below: &low}}},
				To:    []Target{{Channel: "wa"}},
			},
		},
	}
	// A zone is a pointer that is the same for the same region.
	if diff := cmp.Diff(want, parseConfig(t, fullConfig), cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
		t.Error(diff)
	}
}

func TestParseWithoutDeliveries(t *testing.T) {
	for _, text := range []string{"", "region: 19.71\n", "deliveries:\n", "# kosong\n", "deliveries: {}\n", "- a\n"} {
		if diff := cmp.Diff(&Config{}, parseConfig(t, text), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// TestParseProblems looks at the whole message of the faults people make.
func TestParseProblems(t *testing.T) {
	swap := func(old, to string) string {
		if !strings.Contains(fullConfig, old) {
			t.Fatalf("%q is not in the configuration", old)
		}
		return strings.Replace(fullConfig, old, to, 1)
	}
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", swap("dashboard:", "dasbor:"), "g.yaml baris 4, deliveries.dasbor: kunci tidak dikenal; kunci yang boleh: dashboard, channels, schedules"},
		{"not a list", "deliveries:\n  channels: x\n", "g.yaml baris 2, deliveries.channels: harus berupa daftar: setiap butir diawali tanda - pada baris sendiri"},
		{"key of another kind", swap("kind: monthly", "kind: weekly"), "g.yaml baris 8, deliveries.schedules[0].day: kunci tidak dikenal; kunci yang boleh: name, kind, region, at, to, weekday"},
		{"kind", swap("kind: monthly", "kind: harian"), `g.yaml baris 6, deliveries.schedules[0].kind: "harian" tidak dikenal; yang boleh: monthly, weekly, alerts`},
		{"hour", swap(`"08:00"`, `"25:00"`), `g.yaml baris 9, deliveries.schedules[0].at: "25:00" bukan jam; tulis seperti "08:00"`},
		{"day", swap("day: 6", "day: 32"), `g.yaml baris 8, deliveries.schedules[0].day: "32" bukan bilangan bulat antara 1 dan 31`},
		{"weekday", swap("Jumat", "friday"), `g.yaml baris 14, deliveries.schedules[1].weekday: "friday" bukan hari; yang boleh: senin, selasa, rabu, kamis, jumat, sabtu, minggu`},
		{"region", swap("91.71", "19.99"), `g.yaml baris 15, deliveries.schedules[2].region: wilayah "19.99" tidak dikenal; pakai kode Kemendagri seperti 19 (provinsi) atau 19.71 (kabupaten/kota)`},
		{"channel", swap("channel: arsip", "channel: lemari"), `g.yaml baris 13, deliveries.schedules[0].to[1].channel: saluran "lemari" tidak ada di deliveries.channels`},
		{"address", swap("bupati@contohkab.go.id", "bupati"), `g.yaml baris 11, deliveries.schedules[0].to[0].recipients: "bupati" bukan alamat surel; tulis seperti bupati@contohkab.go.id`},
		{"chat", swap("-1001234567890", "t.me/x"), `g.yaml baris 14, deliveries.schedules[1].to[0].recipients: "t.me/x" bukan tujuan Telegram; tulis nomor obrolan seperti -1001234567890 atau @namakanal`},
		{"folder with recipients", swap("channel: arsip", "channel: arsip\n      recipients: [x]"), "g.yaml baris 13, deliveries.schedules[0].to[1].recipients: saluran folder tidak punya penerima; hapus recipients"},
		{"nobody", swap("      recipients: [bupati@contohkab.go.id, Sekda <sekda@contohkab.go.id>]\n", ""), "g.yaml baris 11, deliveries.schedules[0].to[0].recipients: wajib diisi; sebutkan penerimanya"},
		{"secret in the file", swap("password: GAUNG_SECRET_SMTP", "password: hunter2"), "g.yaml baris 26, deliveries.channels[0].password: tulis nama rahasianya, bukan isinya: variabel lingkungan yang diawali GAUNG_SECRET_, huruf besar, angka dan garis bawah"},
		{"no security", swap("security: starttls, ", ""), "g.yaml baris 26, deliveries.channels[0].security: wajib diisi; yang boleh: starttls, tls, none"},
		{"password in the clear", swap("starttls", "none"), "g.yaml baris 26, deliveries.channels[0].security: kata sandi tidak dikirim tanpa enkripsi; pakai starttls atau tls"},
		{"webhook in the clear", swap("http://10.1.2.3/kirim/", "http://gateway.example/"), "g.yaml baris 28, deliveries.channels[2].url: alamat di luar jaringan sendiri harus https://; isi dan rahasia tidak dikirim tanpa enkripsi"},
		{"relative folder", swap("/var/lib/gaung/keluar", "keluar"), `g.yaml baris 29, deliveries.channels[3].path: "keluar" harus dimulai dari akar; tulis seperti /var/lib/gaung/keluar`},
		{"figure", swap("ppid_on_time_share", "ppid"), `g.yaml baris 23, deliveries.schedules[2].thresholds[0]: figure "ppid" tidak dikenal; yang boleh: ppid_on_time_share, ppid_late, complaints_on_time_share, complaints_late, unmatched_opd, rejected_rows, failed_sources`},
		{"count below", swap("figure: ppid_on_time_share, below: 0.8", "figure: ppid_late, below: 3"), "g.yaml baris 23, deliveries.schedules[2].thresholds[0]: jumlah bertambah sepanjang bulan, jadi hanya bagian (…_share) yang boleh punya below; pakai above"},
		{"percent", swap("below: 0.8", "below: 80"), "g.yaml baris 23, deliveries.schedules[2].thresholds[0]: bagian ditulis dari 0 sampai 1, seperti 0.8"},
		{"name twice", swap("name: mingguan", "name: bulanan"), `g.yaml baris 14, deliveries.schedules[1].name: nama "bulanan" sudah dipakai jadwal lain`},
		{"anchor", swap("day: 6", "day: &x 6"), "g.yaml baris 8, deliveries.schedules[0].day: tanda & dan * (anchor) tidak didukung; tulis isinya langsung"},
		{"twice", swap("day: 6", "day: 6\n    day: 7"), "g.yaml baris 9, deliveries.schedules[0].day: kunci ditulis dua kali; hapus salah satunya"},
		{"dashboard", swap("https://gaung.contohkab.go.id", "javascript:alert(1)"), `g.yaml baris 4, deliveries.dashboard: "javascript:alert(1)" bukan alamat web yang lengkap; tulis dengan http:// atau https://`},
		{"nothing to watch", "deliveries:\n  channels: [{name: a, kind: folder, path: /a}]\n  schedules:\n  - {name: x, kind: alerts, to: [{channel: a}]}\n", "g.yaml baris 4, deliveries.schedules[0]: peringatan ini tidak menjaga apa pun; isi silent_days, due_within, sources atau thresholds"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("g.yaml", []byte(c.text), Scope{Regions: region.Builtin(), Region: "19.71"})
			var bad *ConfigError
			if !errors.As(err, &bad) {
				t.Fatalf("error %v", err)
			}
			// The first fault may bring others with it: a channel that cannot be read is missing.
			if diff := cmp.Diff(c.want, bad.Problems[0].String()); diff != "" {
				t.Errorf("%s\nall: %v", diff, err)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Error("the secret is repeated")
			}
		})
	}
}

func TestLoad(t *testing.T) {
	path := t.TempDir() + "/gaung.yaml"
	if _, err := Load(path, Scope{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	writeFile(t, path, fullConfig)
	c, err := Load(path, Scope{Regions: region.Builtin(), Region: "19.71"})
	if err != nil || len(c.Schedules) != 3 {
		t.Errorf("%+v, %v", c, err)
	}
	writeFile(t, path, "deliveries:\n\t- x\n")
	if _, err := Load(path, Scope{}); err == nil || !strings.Contains(err.Error(), "YAML rusak") {
		t.Errorf("a tab: %v", err)
	}
}

// TestDocumentedExamples reads the section of docs/OPERATIONS.md as an
// administrator would.
func TestDocumentedExamples(t *testing.T) {
	data, err := os.ReadFile("../../docs/OPERATIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(data), "\n## Pengiriman\n")
	if !found {
		t.Fatal("docs/OPERATIONS.md has no section Pengiriman")
	}
	text, _, _ = strings.Cut(text, "\n## ")
	examples := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(text, -1)
	if len(examples) == 0 {
		t.Fatal("no example")
	}
	for _, e := range examples {
		if c := parseConfig(t, e[1]); len(c.Schedules) == 0 || len(c.Channels) == 0 {
			t.Errorf("nothing in\n%s", e[1])
		}
	}
	words := []string{
		"dashboard", "attempts", "host", "port", "security", "username", "password", "from", "ca_file", "token", "url", "secret", "authorization",
		"files", "path", "region", "at", "to", "recipients", "day", "weekday", "every", "silent_days", "due_within", "sources", "thresholds",
		headerSignature, headerTimestamp, headerDelivery, string(StatusUnknown), string(StatusGivenUp), string(StatusFailed), string(StatusPending),
	}
	for _, f := range watched {
		words = append(words, f.name)
	}
	for _, w := range words {
		if !strings.Contains(text, "`"+w+"`") {
			t.Errorf("docs/OPERATIONS.md does not explain %s", w)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(fullConfig)
	f.Add(scheduleConfig)
	f.Add("deliveries: [1]")
	f.Add("deliveries: {channels: [{kind: email}], schedules: [{kind: monthly}, x, {}]}")
	f.Add("deliveries: &a {dashboard: *a}")
	scope := Scope{Regions: region.Builtin(), Region: "19.71"}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse("g.yaml", []byte(text), scope)
		var bad *ConfigError
		switch {
		case err == nil:
			for _, s := range c.Schedules {
				if s.Region.Zone == nil || len(s.To) == 0 || !slug.MatchString(s.Name) {
					t.Errorf("accepted %+v", s)
				}
			}
		case !errors.As(err, &bad) || len(bad.Problems) == 0:
			t.Errorf("error %v", err)
		default:
			for _, p := range bad.Problems {
				if strings.ContainsAny(p.Words, "\n\r") {
					t.Errorf("not one line: %q", p.Words)
				}
			}
		}
	})
}

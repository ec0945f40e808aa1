package identity_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"gaung/ingest/identity"

	"github.com/google/go-cmp/cmp"
)

func day(tb testing.TB, s string) time.Time {
	tb.Helper()
	if s == "" {
		return time.Time{}
	}
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// agencies and people are the known names that testdata/names.json is read
// against.
func agencies(tb testing.TB) *identity.Resolver {
	tb.Helper()
	name := func(target, text string) identity.Name { return identity.Name{Target: target, Text: text} }
	until := func(n identity.Name, to string) identity.Name { n.To = day(tb, to); return n }
	from := func(n identity.Name, from string) identity.Name { n.From = day(tb, from); return n }
	return identity.NewOPD([]identity.Name{
		name("dinkes", "Dinas Kesehatan"), name("dinkes", "Dinkes"), name("dinkes", "1.02.0.00.0.00.01.0000"),
		name("dpupr", "Dinas PU dan Penataan Ruang Kabupaten Contoh"), name("dpupr", "DPUPR"),
		name("satpol", "Satpol PP"),
		until(name("kominfo", "Dinas Komunikasi dan Informatika"), "2025-01-31"),
		from(name("kominfo", "Dinas Komunikasi, Informatika, Statistik dan Persandian"), "2025-02-01"),
		name("kominfo", "Diskominfo"),
		until(name("kelautan", "DKP"), "2024-12-31"), from(name("dpk-pangan", "DKP"), "2025-01-01"), from(name("kelautan", "DKP"), "2026-01-01"),
		name("kec-contoh", "Kecamatan Contoh"), name("kec-sb", "Kecamatan Sungai Besar"),
		name("setwan", "Sekretariat DPRD"), name("rsud", "RSUD Contoh"),
		name("prokopim", "Bagian Protokol dan Komunikasi Pimpinan"),
		name("bpbd", "Badan Penanggulangan Bencana Daerah"), name("itda", "Inspektorat"),
	}, "Kabupaten Contoh")
}

func people() *identity.Resolver {
	return identity.NewPeople([]identity.Name{
		{Target: "p1", Text: "Budi Santoso"},
		{Target: "p1", Text: "Day"},
		{Target: "p2", Text: "Rina Sari, S.Kom"},
		{Target: "p3", Text: "Ronny Bonar"},
		{Target: "p4", Text: "Kim Se"},
		{Target: "p5", Text: "Jum'at Setiawan"},
		{Target: "p6", Text: "Wak Hedir"},
		{Target: "p7", Text: "Ir. M. Rizki"},
		{Target: "p7", Text: "Muhammad Rizki"},
		{Target: "p8", Text: "Hj. Siti Nurbaya-Hasan"},
		{Target: "p9", Text: "Padli"},
		{Target: "p10", Text: "Kusnadi"},
		// Two persons of one name: a person must tell them apart.
		{Target: "p11", Text: "Andi Baso"},
		{Target: "p12", Text: "Andi Baso, SE"},
	})
}

// labelled is one printed name with what a person resolves it to.
type labelled struct {
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	On      string `json:"on"`
	Want    string `json:"want"`
	Suggest string `json:"suggest"`
}

func corpus(tb testing.TB) []labelled {
	tb.Helper()
	raw, err := os.ReadFile("testdata/names.json")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []labelled
	if err := json.Unmarshal(raw, &cases); err != nil {
		tb.Fatal(err)
	}
	opd := 0
	for _, c := range cases {
		if c.Kind == "opd" {
			opd++
		}
	}
	if opd < 60 || len(cases)-opd < 60 {
		tb.Fatalf("corpus has %d agency and %d person names, want at least 60 each", opd, len(cases)-opd)
	}
	return cases
}

func resolve(tb testing.TB, opd, persons *identity.Resolver, c labelled) (target, near string) {
	tb.Helper()
	r := opd
	if c.Kind == "person" {
		r = persons
	}
	target, ok := r.Resolve(c.Text, day(tb, c.On))
	if !ok && target != "" {
		tb.Errorf("%q: target %q although nothing resolved", c.Text, target)
	}
	if !ok {
		if s := r.Suggest(c.Text); len(s) > 0 {
			near = s[0].Target
		}
	}
	return target, near
}

func TestCorpus(t *testing.T) {
	opd, persons := agencies(t), people()
	for _, c := range corpus(t) {
		target, near := resolve(t, opd, persons, c)
		if target != c.Want {
			t.Errorf("%s %q on %s: resolved to %q, want %q", c.Kind, c.Text, c.On, target, c.Want)
		}
		if c.Suggest != "" && near != c.Suggest {
			t.Errorf("%s %q: first suggestion %q, want %q", c.Kind, c.Text, near, c.Suggest)
		}
	}
}

func TestPrecisionRecall(t *testing.T) {
	opd, persons := agencies(t), people()
	for _, kind := range []string{"opd", "person"} {
		var there, given, right float64
		for _, c := range corpus(t) {
			if c.Kind != kind {
				continue
			}
			target, _ := resolve(t, opd, persons, c)
			if c.Want != "" {
				there++
			}
			if target != "" {
				given++
				if target == c.Want {
					right++
				}
			}
		}
		precision, recall := right/given, right/there
		t.Logf("%s: %.0f names to resolve; precision %.3f, recall %.3f", kind, there, precision, recall)
		if precision < 0.95 || recall < 0.95 {
			t.Errorf("%s: precision %.3f, recall %.3f: want both at least 0.95", kind, precision, recall)
		}
	}
}

func TestNormalizeOPD(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Dinas Kesehatan Prov. Kep. Bangka Belitung", "dinas kesehatan provinsi kepulauan bangka belitung"},
		{"DINAS  P.U. & PENATAAN RUANG", "dinas pu dan penataan ruang"},
		{"Kec. Mentok", "kecamatan mentok"},
		{"Bappeda-Litbang", "bappeda litbang"},
		{"2.16.2.20.2.21.01.0000", "2 16 2 20 2 21 01 0000"},
		{"\u200bDinas Sosial\u200b", "dinas sosial"},
		{"Pemkot Pangkalpinang", "pemerintah kota pangkalpinang"},
		{" .-. ", ""},
	}
	for _, tt := range tests {
		if got := identity.NormalizeOPD(tt.in); got != tt.want {
			t.Errorf("NormalizeOPD(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestNormalizePerson(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Dr. H. Budi Santoso, S.Sos, M.AP", "budi santoso"},
		{"dr. h. rina sari, s.kom., m.si", "rina sari"},
		{"Prof. Dr. Ir. Hj. Siti Aminah, M.Sc., Ph.D", "siti aminah"},
		{"Drs. KH. Ahmad Dahlan", "ahmad dahlan"},
		{"RINA SARI SE MM", "rina sari"},
		{"Rina Sari S. Kom", "rina sari"},
		{"Kim Se", "kim se"},
		{"Sarah St. Clair", "sarah st clair"},
		{"H", "h"},
		{"Dr. SE", "se"},
		{"Ma Ba", "ma ba"},
		{"Santoso, Budi", "santoso budi"},
		{"Rina (Humas) Sari", "rina sari"},
		{"M. Noor", "m noor"},
		{"Ni Wayan Sri, A.Md.Keb", "ni wayan sri"},
		{"José Ximenes", "jose ximenes"},
		{"", ""},
		{"...", ""},
	}
	for _, tt := range tests {
		if got := identity.NormalizePerson(tt.in); got != tt.want {
			t.Errorf("NormalizePerson(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestIsTitle(t *testing.T) {
	for _, s := range []string{"S.Sos", "M.AP", "SE", "S. Kom.", "SE MM", "Ph.D", "A.Md.Kom", " m.si "} {
		if !identity.IsTitle(s) {
			t.Errorf("IsTitle(%q) = false", s)
		}
	}
	for _, s := range []string{"", "Budi", "Budi SE", "S.I.Kom., M.Si.", "S.", "Kom", "Dinas"} {
		if identity.IsTitle(s) {
			t.Errorf("IsTitle(%q) = true", s)
		}
	}
}

func TestResolveValidity(t *testing.T) {
	r := identity.NewPeople([]identity.Name{
		{Target: "a", Text: "Rina", From: day(t, "2024-01-01"), To: day(t, "2024-12-31")},
		{Target: "b", Text: "Rina", From: day(t, "2025-01-01")},
		{Target: "b", Text: "Ibu Rina", From: day(t, "2025-01-01")},
	})
	tests := []struct {
		on, want string
		ok       bool
	}{
		{"2023-12-31", "", false},
		{"2024-01-01", "a", true},
		{"2024-12-31", "a", true},
		{"2025-01-01", "b", true}, // two texts, one target
		{"2030-01-01", "b", true},
		{"", "", false}, // undated: a or b
	}
	for _, tt := range tests {
		got, ok := r.Resolve("Rina", day(t, tt.on))
		if got != tt.want || ok != tt.ok {
			t.Errorf("on %q: %q %v, want %q %v", tt.on, got, ok, tt.want, tt.ok)
		}
	}
	// The day is that of the time's own zone.
	jayapura := time.FixedZone("WIT", 9*3600)
	if got, _ := r.Resolve("Rina", time.Date(2025, 1, 1, 1, 0, 0, 0, jayapura)); got != "b" {
		t.Errorf("1 January 2025 01:00 WIT: %q, want b", got)
	}
}

// A region may be left off, but not if that makes two agencies of one name.
func TestRegionTailAmbiguity(t *testing.T) {
	r := identity.NewOPD([]identity.Name{
		{Target: "kab", Text: "Dinas Sosial Kabupaten Contoh"},
		{Target: "prov", Text: "Dinas Sosial Provinsi Contoh Raya"},
	}, "Kabupaten Contoh", "Contoh Raya")
	if got, ok := r.Resolve("Dinas Sosial", time.Time{}); ok {
		t.Errorf("Dinas Sosial resolved to %q; it may be either", got)
	}
	for text, want := range map[string]string{
		"Dinas Sosial Kab. Contoh":          "kab",
		"Dinas Sosial Prov. Contoh Raya":    "prov",
		"DINAS SOSIAL PROVINSI CONTOH RAYA": "prov",
	} {
		if got, ok := r.Resolve(text, time.Time{}); !ok || got != want {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	r := people()
	tests := []struct {
		raw  string
		want []identity.Suggestion
	}{
		{"Ronni Bonar", []identity.Suggestion{{Target: "p3", Text: "Ronny Bonar", Score: 0.9, Evidence: "hanya satu huruf berbeda: ronni / ronny"}}},
		{"Dodi Santoso", nil},
		{"Santoso, Budi", []identity.Suggestion{{Target: "p1", Text: "Budi Santoso", Score: 0.95, Evidence: "kata sama, urutannya berbeda"}}},
		{"Kusnady", []identity.Suggestion{{Target: "p10", Text: "Kusnadi", Score: 0.75, Evidence: "hanya satu huruf berbeda: kusnady / kusnadi"}}},
		{"Wakhedir", []identity.Suggestion{{Target: "p6", Text: "Wak Hedir", Score: 0.97, Evidence: "huruf sama, hanya spasinya berbeda"}}},
		{"Andi Baso", []identity.Suggestion{
			{Target: "p11", Text: "Andi Baso", Score: 1, Evidence: "nama sama; periksa masa berlaku atau nama yang dipakai dua pihak"},
			{Target: "p12", Text: "Andi Baso, SE", Score: 1, Evidence: "nama sama; periksa masa berlaku atau nama yang dipakai dua pihak"},
		}},
		{"", nil},
	}
	for _, tt := range tests {
		got := r.Suggest(tt.raw)
		if len(got) == 0 {
			got = nil
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Suggest(%q) (-want +got):\n%s", tt.raw, diff)
		}
	}
}

// TestKnowsANameOfTwoAgencies: an old agency and its successor may share a
// short name, each for its own years.
func TestKnowsANameOfTwoAgencies(t *testing.T) {
	end := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	r := identity.NewOPD([]identity.Name{
		{Target: "lama", Text: "Dispus", To: end}, {Target: "baru", Text: "Dispus", From: end.AddDate(0, 0, 1)},
	})
	if !r.Knows("DISPUS") || r.Knows("Disarpus") || r.Knows("") {
		t.Error("Knows does not tell a shared name from an unknown one")
	}
	if target, ok := r.Resolve("Dispus", end); target != "lama" || !ok {
		t.Errorf("Resolve on the last day = %q, %v", target, ok)
	}
}

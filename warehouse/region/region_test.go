package region_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"gaung/warehouse/region"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestBuiltinCounts(t *testing.T) {
	got := map[string]int{}
	for _, r := range region.Builtin().All() {
		switch {
		case !strings.Contains(r.Code, "."):
			got["provinsi"]++
		case strings.HasPrefix(r.Name, "Kota "):
			got["kota"]++
		case strings.HasPrefix(r.Name, "Kabupaten "):
			got["kabupaten"]++
		default:
			t.Errorf("%s %q is neither province, kabupaten nor kota", r.Code, r.Name)
		}
	}
	want := map[string]int{"provinsi": 38, "kabupaten": 416, "kota": 98}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func TestBuiltinRows(t *testing.T) {
	code := regexp.MustCompile(`^\d\d(\.\d\d)?$`)
	name := regexp.MustCompile(`^[A-Z][A-Za-z -]*[a-z]$`)
	names := map[string]string{}
	all := region.Builtin().All()
	for i, r := range all {
		if !code.MatchString(r.Code) || !name.MatchString(r.Name) || strings.Contains(r.Name, "  ") {
			t.Errorf("malformed row %s %q", r.Code, r.Name)
		}
		if i > 0 && all[i-1].Code >= r.Code {
			t.Errorf("%s does not follow %s", r.Code, all[i-1].Code)
		}
		// Kemendagri numbers kota from 71 on.
		if _, part, ok := strings.Cut(r.Code, "."); ok && (part >= "71") != strings.HasPrefix(r.Name, "Kota ") {
			t.Errorf("%s %q: number and kind disagree", r.Code, r.Name)
		}
		if _, ok := region.Builtin().Province(r.Code); !ok {
			t.Errorf("%s has no province", r.Code)
		}
		if other, ok := names[r.Name]; ok {
			t.Errorf("%s and %s are both %q", other, r.Code, r.Name)
		}
		names[r.Name] = r.Code
	}
}

func TestFind(t *testing.T) {
	tests := []struct{ code, name, zone, label string }{
		{"19", "Kepulauan Bangka Belitung", "Asia/Jakarta", "WIB"},
		{"19.01", "Kabupaten Bangka", "Asia/Jakarta", "WIB"},
		{"19.02", "Kabupaten Belitung", "Asia/Jakarta", "WIB"},
		{"19.03", "Kabupaten Bangka Selatan", "Asia/Jakarta", "WIB"},
		{"19.04", "Kabupaten Bangka Tengah", "Asia/Jakarta", "WIB"},
		{"19.05", "Kabupaten Bangka Barat", "Asia/Jakarta", "WIB"},
		{"19.06", "Kabupaten Belitung Timur", "Asia/Jakarta", "WIB"},
		{" 19.71 ", "Kota Pangkal Pinang", "Asia/Jakarta", "WIB"},
		{"11.75", "Kota Subulussalam", "Asia/Jakarta", "WIB"},
		{"31.01", "Kabupaten Administrasi Kepulauan Seribu", "Asia/Jakarta", "WIB"},
		{"34.71", "Kota Yogyakarta", "Asia/Jakarta", "WIB"},
		{"35.78", "Kota Surabaya", "Asia/Jakarta", "WIB"},
		{"61", "Kalimantan Barat", "Asia/Jakarta", "WIB"},
		{"62.03", "Kabupaten Kapuas", "Asia/Jakarta", "WIB"},
		{"51.71", "Kota Denpasar", "Asia/Makassar", "WITA"},
		{"53.21", "Kabupaten Malaka", "Asia/Makassar", "WITA"},
		{"63", "Kalimantan Selatan", "Asia/Makassar", "WITA"},
		{"64.08", "Kabupaten Kutai Timur", "Asia/Makassar", "WITA"},
		{"64.74", "Kota Bontang", "Asia/Makassar", "WITA"},
		{"65", "Kalimantan Utara", "Asia/Makassar", "WITA"},
		{"73.22", "Kabupaten Luwu Utara", "Asia/Makassar", "WITA"},
		{"76", "Sulawesi Barat", "Asia/Makassar", "WITA"},
		{"82.71", "Kota Ternate", "Asia/Jayapura", "WIT"},
		{"91.19", "Kabupaten Supiori", "Asia/Jayapura", "WIT"},
		{"93.02", "Kabupaten Boven Digoel", "Asia/Jayapura", "WIT"},
		{"96", "Papua Barat Daya", "Asia/Jayapura", "WIT"},
	}
	for _, tt := range tests {
		t.Run(strings.TrimSpace(tt.code), func(t *testing.T) {
			r, err := region.Builtin().Find(tt.code)
			if err != nil {
				t.Fatal(err)
			}
			if r.Code != strings.TrimSpace(tt.code) || r.Name != tt.name || r.Zone.String() != tt.zone || r.ZoneLabel() != tt.label {
				t.Errorf("got %s %q %s %s, want %+v", r.Code, r.Name, r.Zone, r.ZoneLabel(), tt)
			}
		})
	}
}

func TestFindUnknown(t *testing.T) {
	for _, code := range []string{"", "1971", "19.99", "99.01", "20", "Bangka"} {
		_, err := region.Builtin().Find(code)
		var unknown *region.UnknownError
		if !errors.As(err, &unknown) || unknown.Code != code {
			t.Errorf("Find(%q): error %v, want *UnknownError with the code", code, err)
		}
	}
}

func TestWith(t *testing.T) {
	makassar := region.Builtin().With(region.Region{Code: "71"}).All() // no change
	if diff := cmp.Diff(len(region.Builtin().All()), len(makassar)); diff != "" {
		t.Errorf("an empty override of a known region changed the count: %s", diff)
	}
	wit, err := time.LoadLocation("Asia/Jayapura")
	if err != nil {
		t.Fatal(err)
	}
	table := region.Builtin().With(
		region.Region{Code: "99.01", Name: "Kabupaten Contoh"},
		region.Region{Code: "19.71", Name: "Kota Pangkalpinang"},
		region.Region{Code: "53.99"},
		region.Region{Code: "19.01", Zone: wit},
	)
	tests := []struct{ code, name, label string }{
		{"99.01", "Kabupaten Contoh", "WIB"},
		{"19.71", "Kota Pangkalpinang", "WIB"},
		{"53.99", "Wilayah 53.99", "WITA"},
		{"19.01", "Kabupaten Bangka", "WIT"},
		{"19.02", "Kabupaten Belitung", "WIB"},
	}
	for _, tt := range tests {
		r, err := table.Find(tt.code)
		if err != nil {
			t.Fatal(err)
		}
		if r.Name != tt.name || r.ZoneLabel() != tt.label {
			t.Errorf("%s: got %q %s, want %q %s", tt.code, r.Name, r.ZoneLabel(), tt.name, tt.label)
		}
	}
	if _, err := region.Builtin().Find("99.01"); err == nil {
		t.Error("With changed the built-in table")
	}
}

// Whatever is configured, every region can be asked for its days.
func TestWithAlwaysHasZoneAndName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[0-9]{2}(\.[0-9]{2})?`).Draw(t, "code")
		r, err := region.Builtin().With(region.Region{Code: code}).Find(code)
		if err != nil {
			t.Fatal(err)
		}
		if r.Zone == nil || r.Name == "" || r.Code != code {
			t.Fatalf("incomplete region %+v", r)
		}
	})
}

func TestZoneLabelOfOtherZones(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Dili")
	if err != nil {
		t.Fatal(err)
	}
	if got := (region.Region{Zone: zone}).ZoneLabel(); got != "Asia/Dili" {
		t.Errorf("got %q, want the IANA name", got)
	}
}

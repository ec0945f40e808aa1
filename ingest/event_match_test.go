package ingest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTitleSimilarity(t *testing.T) {
	for _, tt := range []struct {
		event, venue, story string
		want                float64
	}{
		{"Rapat Koordinasi Penanganan Stunting", "", "Pemkab Gelar Rapat Koordinasi Penanganan Stunting", 1},
		{"Rapat Koordinasi Penanganan Stunting", "", "Rakor Penanganan Stunting di Kecamatan Toboali", 0.5},
		{"Pembinaan Desa Wisata di Aula Kantor Camat", "Aula Kantor Camat", "Warga Ikuti Pembinaan Desa Wisata di Balai Desa", 1},
		{"Gotong Royong di Aula Kantor Camat", "Aula Kantor Camat", "Bimtek di Aula Kantor Camat", 0}, // the venue alone
		{"Rapat", "", "Rapat Anggaran", 1},
		{"Rapat Anggaran", "", "Rapat Kerja", 0}, // one word of two
		{"Aula", "Aula", "Pembukaan di Aula", 1}, // nothing but the venue
		{"Kegiatan tahun", "", "Kegiatan tahun ini", 0},
		{"", "", "Rapat", 0},
		{"Rapat Anggaran", "", "", 0},
		{"SENAM BERSAMA!", "", "senam, bersama", 1},
	} {
		if got := newAnnounced("1", 0, tt.event, tt.venue).similarity(titleWords(tt.story)); got != tt.want {
			t.Errorf("%q and %q: %v, want %v", tt.event, tt.story, got, tt.want)
		}
	}
}

func TestMatchEvents(t *testing.T) {
	book := eventBook{}
	book.add("a", newAnnounced("senam-2", 107, "Senam Bersama Warga", ""))
	book.add("a", newAnnounced("senam-1", 100, "Senam Bersama Warga", ""))
	book.add("a", newAnnounced("rapat", 100, "Rapat Anggaran Perubahan", ""))
	book.add("b", newAnnounced("lain", 100, "Senam Bersama Warga", ""))
	book = book.sorted()
	day := func(n int64) *int64 { return &n }
	for _, tt := range []struct {
		name, opd, title string
		day              int64
		eventDay         *int64
		want             string
	}{
		{"on the day", "a", "Warga Senam Bersama", 100, nil, "senam-1"},
		{"the day before", "a", "Warga Senam Bersama", 99, nil, "senam-1"},
		{"two days before", "a", "Warga Senam Bersama", 98, nil, ""},
		{"the nearer of two", "a", "Warga Senam Bersama", 106, nil, "senam-2"},
		{"as near to both: the earlier", "a", "Warga Senam Bersama", 107 - 3 - 1, nil, "senam-1"},
		{"a week after", "b", "Warga Senam Bersama", 107, nil, "lain"},
		{"eight days after", "b", "Warga Senam Bersama", 108, nil, ""},
		{"another OPD", "c", "Warga Senam Bersama", 100, nil, ""},
		{"another subject", "a", "Rapat Anggaran Perubahan Dimulai", 101, nil, "rapat"},
		{"the article gives the day", "a", "Warga Senam Bersama", 107, day(100), "senam-1"},
		{"long after, but the article gives the day", "a", "Warga Senam Bersama", 150, day(107), "senam-2"},
		{"the article gives another day", "a", "Warga Senam Bersama", 101, day(99), ""},
	} {
		event, _, _ := book.match(tt.opd, told{day: tt.day, eventDay: tt.eventDay, words: titleWords(tt.title)})
		if event.id != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, event.id, tt.want)
		}
	}
}

// The order in which events are read does not matter.
func TestMatchIgnoresOrder(t *testing.T) {
	words := []string{"rapat", "senam", "anggaran", "warga", "stunting"}
	rapid.Check(t, func(t *rapid.T) {
		title := func() string {
			return rapid.SampledFrom(words).Draw(t, "a") + " " + rapid.SampledFrom(words).Draw(t, "b")
		}
		var events []announced
		for i := range rapid.IntRange(1, 8).Draw(t, "events") {
			events = append(events, newAnnounced(string(rune('a'+i)), int64(rapid.IntRange(90, 110).Draw(t, "day")), title(), ""))
		}
		s := told{day: 100, words: titleWords(title())}
		one, two := eventBook{}, eventBook{}
		for _, e := range events {
			one.add("o", e)
		}
		slices.Reverse(events)
		for _, e := range events {
			two.add("o", e)
		}
		a, x, okA := one.sorted().match("o", s)
		b, y, okB := two.sorted().match("o", s)
		if a.id != b.id || x != y || okA != okB {
			t.Fatalf("%q or %q", a.id, b.id)
		}
		if okA && (x < minSimilarity || a.day < 93 || a.day > 101) {
			t.Fatalf("matched %+v with %v", a, x)
		}
	})
}

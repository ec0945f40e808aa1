package examples

import (
	"strings"
	"testing"
	"time"
)

func TestBodiesAreOfNewsLength(t *testing.T) {
	for _, p := range generated(t).posts {
		words := len(strings.Fields(strings.Join(p.paragraph, " ")))
		if words < 65 || words > 260 {
			t.Errorf("%s has %d words", p.path(), words)
		}
		if body := p.html(); strings.ContainsAny(strings.Join(p.paragraph, " "), "{}<>|") || strings.Contains(body, "%!") {
			t.Errorf("%s shows a template: %s", p.path(), body)
		}
	}
}

// shingles are the runs of four words of a text.
func shingles(p *post) map[string]bool {
	words := strings.Fields(strings.ToLower(strings.Join(p.paragraph, " ")))
	set := make(map[string]bool)
	for i := 0; i+4 <= len(words); i++ {
		set[strings.Join(words[i:i+4], " ")] = true
	}
	return set
}

func overlap(a, b map[string]bool) float64 {
	both := 0
	for s := range a {
		if b[s] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// TestTextsDiffer compares articles of one office with each other: they share
// topics and sentences, and must still be different pieces. Republications
// must be nearly the same.
func TestTextsDiffer(t *testing.T) {
	perOffice := make(map[*office][]*post)
	for _, p := range generated(t).posts {
		if p.origin == nil {
			perOffice[p.subject] = append(perOffice[p.subject], p)
			continue
		}
		if same := overlap(shingles(p), shingles(p.origin)); same < 0.8 {
			t.Errorf("%s republishes %s, but only %.2f of it", p.path(), p.origin.path(), same)
		}
	}
	for _, o := range generated(t).offices {
		sample := perOffice[o][:min(len(perOffice[o]), 70)]
		sets := make([]map[string]bool, len(sample))
		for i, p := range sample {
			sets[i] = shingles(p)
		}
		for i := range sample {
			for j := range i {
				if same := overlap(sets[i], sets[j]); same > 0.5 {
					t.Errorf("%s and %s share %.2f", sample[i].path(), sample[j].path(), same)
				}
			}
		}
	}
}

func TestTitlesAreDistinct(t *testing.T) {
	story := make(map[string]int)
	for _, p := range generated(t).posts {
		if other, ok := story[p.title]; ok && other != p.story {
			t.Errorf("stories %d and %d are both called %q", other, p.story, p.title)
		}
		story[p.title] = p.story
	}
}

// TestTraps finds every trap of the folder's README that lies in articles.
func TestTraps(t *testing.T) {
	found := make(map[string]int)
	for _, p := range generated(t).posts {
		local := p.published.In(zone)
		switch p.quirk {
		case quirkEpoch, quirkEscaped, quirkHostile:
			found[p.quirk]++
		case quirkBackdated:
			if p.modified.Sub(p.published) > 24*time.Hour {
				found[quirkBackdated]++
			}
		}
		if p.origin != nil {
			found["again on "+p.site]++
			if lag := p.published.Sub(p.origin.published); lag <= 0 || lag > 6*24*time.Hour {
				t.Errorf("%s follows its origin by %s", p.path(), lag)
			}
		}
		if p.site == "diskominfo" && p.subject.slug != "diskominfo" && p.credit.sumber != "" {
			found["Sumber of another office"]++
		}
		if local.Hour() == 23 && local.Minute() == 30 && local.AddDate(0, 0, 1).Day() == 1 {
			found["last minutes of a month"]++
		}
		if local.Day() == 1 && p.published.UTC().Day() != 1 {
			found["first minutes of a month"]++
		}
		if p.site == "distan" && isoDay(local) == isoDay(generated(t).calendar.lastWorking(local)) {
			found["burst"]++
		}
		if p.site == "bpkad" && !local.Before(silentFrom) {
			t.Errorf("%s, but BPKAD is silent", p.path())
		}
		for _, person := range generated(t).people {
			if person.misspelt != "" && p.credit.authors != nil && p.credit.authors[0] == person.misspelt {
				found["misspelt author"]++
			}
		}
	}
	for trap, least := range map[string]int{
		quirkEpoch: 3, quirkEscaped: 10, quirkHostile: 2, quirkBackdated: 30, "again on portal": 500, "again on warta-contoh": 80,
		"again on diskopdag": 2, "Sumber of another office": 20, "last minutes of a month": 18, "first minutes of a month": 18, "burst": 40,
		"misspelt author": 20,
	} {
		if found[trap] < least {
			t.Errorf("trap %q occurs %d times, want at least %d", trap, found[trap], least)
		}
	}
}

func TestTitleCase(t *testing.T) {
	for in, want := range map[string]string{
		"pelatihan kader posyandu":               "Pelatihan Kader Posyandu",
		"pelayanan jemput bola lansia dan anak":  "Pelayanan Jemput Bola Lansia dan Anak",
		"di desa":                                "Di Desa",
		"rapat koordinasi pengelola SP4N-LAPOR!": "Rapat Koordinasi Pengelola SP4N-LAPOR!",
	} {
		if got := titleCase(in); got != want {
			t.Errorf("titleCase(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestExpand(t *testing.T) {
	value := func(slot string) string { return "[" + slot + "]" }
	got := expand(newChance("test"), "{satu} <dua> {tiga <empat>} lima", value)
	if want := "satu [dua] tiga [empat] lima"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	seen := make(map[string]bool)
	c := newChance("alternatives")
	for range 60 {
		seen[expand(c, "{a|b|c}", value)] = true
	}
	if len(seen) != 3 {
		t.Errorf("alternatives taken: %v", seen)
	}
}

func TestTemplatesAreChecked(t *testing.T) {
	for _, bad := range []string{"{a|b", "a}", "<kegiatan", "ke <mana>"} {
		if checkTemplate(bad) == nil {
			t.Errorf("%q passes", bad)
		}
	}
	if err := checkTemplate("{a|<kegiatan>} di <tempat>"); err != nil {
		t.Error(err)
	}
}

package ingest

import "testing"

func TestNumberSaysWhatIsWrong(t *testing.T) {
	const outside, none = "di luar rentang; tulis angka dari 0 sampai 1000000000", "bukan angka; tulis seperti 2 atau 2,5"
	for text, want := range map[string]string{
		"2": "", "2,5": "", "0": "", "1000000000": "", "-": "",
		"-1": outside, "-3": outside, "-0,5": outside, "99999999999": outside, "1e999": outside, "-Inf": outside,
		"dua": none, "NaN": none, "1,2,3": none,
	} {
		r := &record{cells: map[string]string{"rating": text}}
		got := ""
		r.number("rating")
		if len(r.problems) > 0 {
			got = r.problems[0].reason
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

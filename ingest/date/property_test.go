package date_test

import (
	"errors"
	"fmt"
	"testing"
	"time"
	"unicode/utf8"

	"gaung/ingest/date"

	"pgregory.net/rapid"
)

var (
	longMonths = []string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}
	longDays   = []string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
	offsets    = map[string]int{"WIB": 7, "WITA": 8, "WIT": 9}
)

// Every minute of the window, written in any of the forms, is read back.
func TestRoundTrip(t *testing.T) {
	from := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	to := time.Date(2027, 12, 30, 0, 0, 0, 0, time.UTC)
	jakarta := zone(t, "Asia/Jakarta")
	forms := map[string]func(at time.Time) (string, time.Time, date.Precision){
		"iso day": func(at time.Time) (string, time.Time, date.Precision) {
			return at.Format("2006-01-02"), midnight(at), date.Day
		},
		"d/m/yyyy": func(at time.Time) (string, time.Time, date.Precision) {
			return at.Format("2/1/2006"), midnight(at), date.Day
		},
		"d.m.yyyy with time": func(at time.Time) (string, time.Time, date.Precision) {
			return at.Format("2.1.2006 15:04"), at, date.Minute
		},
		"rfc 3339": func(at time.Time) (string, time.Time, date.Precision) {
			return at.Format(time.RFC3339), at, date.Minute
		},
		"rfc 1123": func(at time.Time) (string, time.Time, date.Precision) {
			return at.Format(time.RFC1123Z), at, date.Minute
		},
		"asctime": func(at time.Time) (string, time.Time, date.Precision) {
			return at.Format(time.ANSIC), at, date.Minute
		},
		"indonesian": func(at time.Time) (string, time.Time, date.Precision) {
			return fmt.Sprintf("%s, %d %s %d | %02d.%02d WIB", longDays[at.Weekday()], at.Day(), longMonths[at.Month()-1], at.Year(), at.Hour(), at.Minute()), at, date.Minute
		},
		"english": func(at time.Time) (string, time.Time, date.Precision) {
			return at.Format("January 2, 2006 3:04 pm"), at, date.Minute
		},
	}
	for name, write := range forms {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				minutes := rapid.Int64Range(0, int64(to.Sub(from)/time.Minute)).Draw(t, "minutes")
				at := from.Add(time.Duration(minutes) * time.Minute).In(jakarta)
				text, want, precision := write(at)
				p, err := date.Parse(text, jakarta, now)
				if err != nil {
					t.Fatalf("%q: %v", text, err)
				}
				if !p.At.Equal(want) || p.Precision != precision {
					t.Fatalf("%q: got %v %s, want %v %s", text, p.At, p.Precision, want, precision)
				}
			})
		})
	}
}

// A named Indonesian zone always wins over the region's zone.
func TestNamedZoneWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"WIB", "WITA", "WIT"}).Draw(t, "zone")
		hour := rapid.IntRange(0, 23).Draw(t, "hour")
		region := time.FixedZone("region", rapid.IntRange(-12, 12).Draw(t, "region")*3600)
		p, err := date.Parse(fmt.Sprintf("3 Januari 2019 %02d:30 %s", hour, name), region, now)
		if err != nil {
			t.Fatal(err)
		}
		want := time.Date(2019, 1, 3, hour-offsets[name], 30, 0, 0, time.UTC)
		if !p.At.Equal(want) || p.Has(date.FlagZoneless) {
			t.Fatalf("got %v %v, want %v without flag", p.At, p.Flags, want)
		}
	})
}

func midnight(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
}

func FuzzParse(f *testing.F) {
	for _, c := range corpus(f) {
		f.Add(c.Text)
	}
	jakarta := zone(f, "Asia/Jakarta")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := date.Parse(text, jakarta, now)
		if err != nil {
			var e *date.Error
			if !errors.As(err, &e) || e.Reason == "" {
				t.Fatalf("%q: error %v without a reason", text, err)
			}
			if utf8.RuneCountInString(e.Text) > 61 {
				t.Fatalf("error keeps %d runes of the text", utf8.RuneCountInString(e.Text))
			}
			return
		}
		if y := p.At.Year(); y < 1989 || y > now.Year()+2 || p.At.Location() != time.UTC {
			t.Fatalf("%q: read as %v", text, p.At)
		}
		if p.Precision == date.Day {
			if h, m, s := p.At.In(jakarta).Clock(); h+m+s != 0 {
				t.Fatalf("%q: day precision but %v", text, p.At)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	jakarta := zone(b, "Asia/Jakarta")
	for _, text := range []string{"2019-01-03T10:00:00+07:00", "Kamis, 3 Januari 2019 | 10.00 WIB"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := date.Parse(text, jakarta, now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

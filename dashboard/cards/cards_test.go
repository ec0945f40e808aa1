package cards

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

var months = map[string]func() *metrics.Report{
	"ordinary": func() *metrics.Report { return report("2026-10") },
	"extreme":  extreme,
	"empty":    empty,
}

// every draws each card in each size for each kind of month.
func every(t *testing.T, check func(t *testing.T, kind Kind, r *metrics.Report, s *Scene)) {
	for name, month := range months {
		for _, kind := range Kinds() {
			for _, size := range []Size{Slide, Portrait} {
				t.Run(fmt.Sprint(name, " ", kind, " ", size.Width, "x", size.Height), func(t *testing.T) {
					r := month()
					s, err := Draw(kind, r, size, Options{Previous: report("2026-09"), Example: true, Filter: "peer group kecamatan"})
					if err != nil {
						t.Fatal(err)
					}
					check(t, kind, r, s)
				})
			}
		}
	}
}

// Every text is inside the margins and above the edge, however long names and
// numbers are.
func TestNothingOverflows(t *testing.T) {
	every(t, func(t *testing.T, _ Kind, _ *metrics.Report, s *Scene) { inside(t, s) })
}

// inside reports what leaves the drawing.
func inside(t *testing.T, s *Scene) {
	t.Helper()
	for _, it := range s.items {
		left, top, right, bottom := it.x, it.y, it.x+it.w, it.y+it.h
		switch it.shape {
		case words:
			left, right, bottom = it.left(), it.left()+it.face.width(it.text), it.y+it.face.size*0.25
		case bent, filled:
			left, top, right, bottom = it.box()
		}
		if left < -0.5 || right > float64(s.Size.Width)+0.5 || top < -0.5 || bottom > float64(s.Size.Height)+0.5 {
			t.Errorf("outside the card: %q at %.0f..%.0f, %.0f..%.0f", it.text, left, right, top, bottom)
		}
	}
}

// No two texts stand in each other.
func TestTextsDoNotOverlap(t *testing.T) {
	every(t, func(t *testing.T, _ Kind, _ *metrics.Report, s *Scene) { apart(t, s) })
}

// apart reports texts that stand in each other.
func apart(t *testing.T, s *Scene) {
	t.Helper()
	type area struct {
		x0, x1, y0, y1 float64
		text           string
	}
	var seen []area
	for _, it := range s.items {
		if it.shape != words {
			continue
		}
		a := area{it.left(), it.left() + it.face.width(it.text), it.y - it.face.size*0.6, it.y + it.face.size*0.1, it.text}
		for _, b := range seen {
			if a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 {
				t.Errorf("%q stands in %q", a.text, b.text)
			}
		}
		seen = append(seen, a)
	}
}

// A card says what it shows, when, of what, from where, and its code.
func TestCardSaysWhatItIs(t *testing.T) {
	every(t, func(t *testing.T, kind Kind, r *metrics.Report, s *Scene) {
		all := strings.Join(s.Texts(), "\n")
		for _, want := range []string{"DATA CONTOH", "Oktober 2026", wording.Indonesian.Day(r.AsOf), "WIB", "n = ", "Saringan: peer group kecamatan", "Sumber: ", Code(r)} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is not on the card:\n%s", want, all)
			}
		}
	})
}

// The numbers are those of package figures, as it writes them.
func TestCardNumbersAreTheFigures(t *testing.T) {
	r, previous := report("2026-10"), report("2026-09")
	previous.Publication.Stories -= 14
	for kind, list := range map[Kind][]figures.Figure{
		Summary: figures.Key(wording.Indonesian, r, previous), Requests: figures.Requests(wording.Indonesian, r, previous), Complaints: figures.Complaints(wording.Indonesian, r, previous),
	} {
		for _, size := range []Size{Slide, Portrait} {
			s, err := Draw(kind, r, size, Options{Previous: previous})
			if err != nil {
				t.Fatal(err)
			}
			texts := map[string]bool{}
			for _, text := range s.Texts() {
				texts[text] = true
			}
			for _, f := range list {
				if !texts[f.Value.Text] || !texts[f.Title] {
					t.Errorf("%s: %s = %s is not on the card", kind, f.Title, f.Value.Text)
				}
				if f.ID == "stories" && !texts["▲ "+f.Compare] {
					t.Errorf("%s: %q is not on the card", kind, f.Compare)
				}
			}
			if texts["DATA CONTOH"] {
				t.Errorf("%s: real figures are marked as an example", kind)
			}
		}
	}
}

func TestRankingShowsBothEnds(t *testing.T) {
	r := report("2026-10")
	s, err := Draw(Ranking, r, Slide, Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := "\n" + strings.Join(s.Texts(), "\n") + "\n"
	for i, o := range r.Publication.OPD {
		shown := strings.Contains(all, "\n"+wording.Range(o.RankLow, o.RankHigh)+"\n") && o.RankLow != nil
		if want := i < 5 || i >= 10 && i < 15; shown != want {
			t.Errorf("place %d shown: %v, want %v", i+1, shown, want)
		}
	}
	if !strings.Contains(all, "… 5 OPD di antaranya …") || !strings.Contains(all, "15 OPD diperingkat, 2 tidak") {
		t.Errorf("what is left out is not said:\n%s", all)
	}
}

func TestPNGSize(t *testing.T) {
	every(t, func(t *testing.T, _ Kind, _ *metrics.Report, s *Scene) {
		var b bytes.Buffer
		if err := s.PNG(&b); err != nil {
			t.Fatal(err)
		}
		c, err := png.DecodeConfig(&b)
		if err != nil || c.Width != s.Size.Width || c.Height != s.Size.Height {
			t.Errorf("%d×%d, %v", c.Width, c.Height, err)
		}
	})
}

// The SVG is well-formed, of the same size, brings its typefaces, and its
// texts are the scene's.
func TestSVG(t *testing.T) {
	every(t, func(t *testing.T, _ Kind, _ *metrics.Report, s *Scene) {
		var b bytes.Buffer
		if err := s.SVG(&b); err != nil {
			t.Fatal(err)
		}
		var picture struct {
			Width  int      `xml:"width,attr"`
			Height int      `xml:"height,attr"`
			Title  string   `xml:"title"`
			Style  string   `xml:"style"`
			Texts  []string `xml:"text"`
		}
		if err := xml.Unmarshal(b.Bytes(), &picture); err != nil {
			t.Fatal(err)
		}
		if picture.Width != s.Size.Width || picture.Height != s.Size.Height || picture.Title == "" {
			t.Errorf("%d×%d %q", picture.Width, picture.Height, picture.Title)
		}
		if diff := cmp.Diff(s.Texts(), picture.Texts); diff != "" {
			t.Error(diff)
		}
		if strings.Count(picture.Style, "data:font/ttf;base64,") != 2 {
			t.Error("the typefaces are missing")
		}
	})
}

func TestPDF(t *testing.T) {
	var scenes []*Scene
	for _, kind := range Kinds() {
		s, err := Draw(kind, report("2026-10"), Slide, Options{})
		if err != nil {
			t.Fatal(err)
		}
		scenes = append(scenes, s)
	}
	at := time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	var a, b bytes.Buffer
	if err := PDF(&a, "Ringkasan", at, scenes...); err != nil {
		t.Fatal(err)
	}
	if err := PDF(&b, "Ringkasan", at, scenes...); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("the same drawings give other bytes: %v", err)
	}
	text := a.String()
	if !strings.HasPrefix(text, "%PDF-1.5\n") || !strings.HasSuffix(text, "%%EOF\n") || !strings.Contains(text, "/Count 4>>") {
		t.Error("not a document of four pages")
	}
	// Every entry of the table points at its object.
	_, table, _ := strings.Cut(text, "\nxref\n")
	for i, entry := range strings.Split(table, "\n")[2:] {
		var offset int
		if n, _ := fmt.Sscanf(entry, "%d 00000 n", &offset); n != 1 {
			break
		}
		if !strings.HasPrefix(text[offset:], fmt.Sprintf("%d 0 obj\n", i+1)) {
			t.Errorf("object %d is not at %d", i+1, offset)
		}
	}
}

func TestUnknownKind(t *testing.T) {
	if _, err := Draw("gaji", empty(), Slide, Options{}); !errors.Is(err, ErrUnknownKind) {
		t.Errorf("error %v", err)
	}
}

// Lines of wrapped text fit, keep the order of the words, and lose nothing
// unless they say so.
func TestWrapProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aWi é中,. \t\n\x00")), 0, 80, -1).Draw(t, "text")
		f, width, most := regular(24), rapid.Float64Range(30, 400).Draw(t, "width"), rapid.IntRange(1, 4).Draw(t, "lines")
		list := wrap(f, text, width, most)
		if len(list) > most {
			t.Fatalf("%d lines", len(list))
		}
		for _, l := range list {
			if f.width(l) > width+f.width("W") && len([]rune(l)) > 1 {
				t.Errorf("%q is %.0f wide, not %.0f", l, f.width(l), width)
			}
		}
		all := strings.Join(list, "")
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if !strings.Contains(all, "…") && squeeze(all) != squeeze(clean(text)) && len(list) > 0 && list[len(list)-1] != "" {
			t.Errorf("%q became %q", text, list)
		}
	})
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteErrorsAreReported(t *testing.T) {
	s, err := Draw(Summary, empty(), Slide, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func() error{
		"SVG": func() error { return s.SVG(closed{}) }, "PNG": func() error { return s.PNG(closed{}) },
		"PDF": func() error { return PDF(closed{}, "", time.Time{}, s) },
	} {
		if err := write(); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func BenchmarkCardPNG(b *testing.B) {
	r := report("2026-10")
	for _, kind := range Kinds() {
		b.Run(string(kind), func(b *testing.B) {
			for b.Loop() {
				s, err := Draw(kind, r, Slide, Options{})
				if err == nil {
					err = s.PNG(io.Discard)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCardSVG(b *testing.B) {
	r := report("2026-10")
	for b.Loop() {
		s, err := Draw(Ranking, r, Portrait, Options{})
		if err == nil {
			err = s.SVG(io.Discard)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

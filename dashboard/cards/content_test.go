package cards

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
)

// longName is as long as the name of an OPD gets.
const longName = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana Kabupaten Contoh"

var stamp = Stamp{
	Place: "Kabupaten Contoh", Period: "Oktober 2026", Subject: "Permohonan informasi PPID", Mark: "DATA CONTOH",
	AsOf: "Keadaan per 5 November 2026 WIB", Basis: "n = 41 OPD · Saringan: tanpa saringan",
	Source: "Sumber: Gaung, halaman /ppid?month=2026-10&region=99.01", Code: "Kode: 9901-202610-12-K7Q4ZD2M",
	RowsLeft:    func(n int) string { return fmt.Sprintf("dan %d baris lagi", n) },
	ColumnsLeft: func(titles string) string { return "tanpa kolom " + titles },
	Nothing:     "Tidak ada yang dapat ditampilkan.",
}

// leagueTable is a table with everything that a cell can hold.
func leagueTable(rows int, name string) *Table {
	t := &Table{Columns: []Column{
		{Title: "Tempat"},
		{Title: "OPD"},
		{Title: "Keadaan"},
		{Title: "Kasus", Figure: true},
		{Title: "Tepat waktu", Figure: true},
		{Title: "Dikeluarkan", Figure: true},
		{Title: "Bagian tepat waktu", Unit: "selang 95%", Figure: true},
		{Title: "Rata-rata tunggu", Unit: "hari kerja", Figure: true},
		{Title: "Jalannya"},
	}}
	for i := range rows {
		strip := &Strip{High: 8, Bars: []StripBar{{"track", 0, 3, 100, 2}, {"range", 40, 1, 50, 6}, {"point", 60, 0, 1.6, 8}}}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: "1–" + fmt.Sprint(i+1), Tier: "B", Small: "▼ turun"},
			{Text: strings.ReplaceAll(name, "#", fmt.Sprint(i))},
			{Text: "sumber gagal", Badge: Alarming},
			{Text: fmt.Sprint(1000 + i), Strong: true, Figure: true},
			{Text: "1.234", Figure: true},
			{Text: "0", Figure: true},
			{Text: "91,4%", Small: "82–100%", Strip: strip, Figure: true},
			{Text: "–", Absent: true, Figure: true},
			{Strip: &Strip{High: 24, Lines: [][][2]float64{{{0, 20}, {50, 4}, {100, 12}}}}},
		}})
	}
	return t
}

func heatTable(rows, weeks int) *Table {
	t := &Table{Columns: []Column{{Title: "OPD"}}}
	for w := range weeks {
		t.Columns = append(t.Columns, Column{Title: fmt.Sprint(w%28 + 1), Unit: []string{"Sep", "", "", ""}[w%4], Figure: true})
	}
	for i := range rows {
		row := Row{Cells: []Cell{{Text: fmt.Sprint(longName, i)}}}
		for w := range weeks {
			row.Cells = append(row.Cells, Cell{Text: fmt.Sprint((i * w) % 12), Heat: fmt.Sprint((i + w) % 5)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func chartOf(t testing.TB, option string) *Chart {
	t.Helper()
	c, err := ReadChart([]byte(option))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func barsOption(n int) string {
	var names, values []string
	for i := range n {
		names, values = append(names, fmt.Sprintf("%q", fmt.Sprint(longName, i))), append(values, fmt.Sprintf(`{"value":%d}`, 10000-i))
	}
	return `{"xAxis":[{"type":"value"}],"yAxis":[{"type":"category","data":[` + strings.Join(names, ",") + `]}],"series":[
		{"type":"bar","name":"Memenuhi target tiap minggu","itemStyle":{"color":"--mark-strong"},"data":[` + strings.Join(values, ",") + `]},
		{"type":"bar","name":"Belum tiap minggu","itemStyle":{"color":"--mark-soft","borderColor":"--mark-strong"},"data":[]}]}`
}

const trendOption = `{"xAxis":[{"type":"category","data":["Nov 2025","Des 2025","Jan 2026","Feb 2026","Mar 2026","Apr 2026","Mei 2026","Jun 2026","Jul 2026","Agu 2026","Sep 2026","Okt 2026 (berjalan)"]}],"yAxis":[{"type":"value","min":0}],"series":[
	{"type":"line","name":"Berita","step":"end","label":{"show":true},"itemStyle":{"color":"--mark-strong"},"data":[{"value":11,"symbol":"circle"},{"value":8},{"value":"-"},{"value":6,"symbol":"circle"},{"value":null},{"value":1234567,"symbol":"circle"},5,5,7,9,11,{"value":14,"symbol":"emptyCircle"}]},
	{"type":"line","name":"Batas","showSymbol":false,"lineStyle":{"color":"--control","type":"dashed"},"data":[3,3,3,3,3,3,3,3,3,3,3,3]},
	{"type":"line","name":"Batas","lineStyle":{"color":"--control","type":"dotted"},"data":[{"value":9,"symbol":"none"},9,9,9,9,9,9,9,9,9,9,9]}]}`

func funnelOption(n int) string {
	var points []string
	for i := range n {
		points = append(points, fmt.Sprintf(`{"name":%q,"value":[%d,%d],"symbol":"diamond"}`, fmt.Sprint(longName, i), 1+i*3%97, i*7%101))
	}
	return `{"xAxis":[{"type":"value","name":"Kasus dihitung"}],"yAxis":[{"type":"value","max":100,"name":"Tepat waktu (%)"}],"series":[
		{"type":"scatter","name":"Di bawah batas","label":{"show":true},"itemStyle":{"color":"--warn-line"},"data":[` + strings.Join(points, ",") + `]},
		{"type":"scatter","name":"Dalam batas","data":[{"name":"x","value":[3,50],"symbol":"triangle"}]},
		{"type":"line","name":"Wilayah","showSymbol":false,"data":[{"value":[1,90]},{"value":[96,90]}]}]}`
}

// contents are cards as full and as empty as a page can make them.
func contents(t testing.TB) map[string]*Content {
	long := strings.TrimSpace(strings.Repeat(longName+". ", 4))
	figure := figures.Figure{Title: longName, Value: wording.Value("1.234.567.890"), Of: "dari 123.456 OPD", Compare: longName, Target: longName, N: longName, Movement: figures.Up}
	list := map[string]*Content{
		"nothing":      {},
		"words":        {Title: "Belum ada data", Caption: []string{long}},
		"no rows":      {Title: "Kosong", Table: &Table{Columns: leagueTable(0, "").Columns}},
		"one row":      {Title: "Satu", Table: leagueTable(1, "Dinas Kesehatan #")},
		"60 rows":      {Title: longName, Caption: []string{long}, Table: leagueTable(60, longName+" #")},
		"one word":     {Title: strings.Repeat("W", 200), Table: leagueTable(9, strings.Repeat("W", 200))},
		"hostile":      {Title: "<script>alert(1)</script>\x00\u202e", Table: leagueTable(3, "=cmd|' /C calc'!A0\n<img src=x>")},
		"wide":         {Title: "Lebar", Table: &Table{Columns: make([]Column, 40), Rows: []Row{{Cells: make([]Cell, 40)}}}},
		"heat":         {Title: "Peta", Table: heatTable(60, 26)},
		"small heat":   {Title: "Peta", Table: heatTable(1, 10)},
		"one bar":      {Title: "Satu", Chart: chartOf(t, barsOption(1))},
		"60 bars":      {Title: "Banyak", Caption: []string{long}, Chart: chartOf(t, barsOption(60))},
		"trend":        {Title: "Tren", Chart: chartOf(t, trendOption)},
		"funnel":       {Title: "Corong", Chart: chartOf(t, funnelOption(60))},
		"unknown":      {Title: "Belum", Chart: chartOf(t, `{"xAxis":[{"type":"category","data":["Okt"]}],"yAxis":[{}],"series":[{"type":"line","data":["-"]}]}`)},
		"two figures":  {Title: "Angka", Figures: []figures.Figure{figure, figure}},
		"four figures": {Title: longName, Caption: []string{long}, Figures: []figures.Figure{figure, figure, figure, figure}},
	}
	for i := range list["wide"].Table.Columns {
		list["wide"].Table.Columns[i] = Column{Title: fmt.Sprint("Kolom ", i)}
		list["wide"].Table.Rows[0].Cells[i] = Cell{Text: fmt.Sprint("isi yang panjang ", i)}
	}
	list["facts"] = &Content{Title: "Fakta", Table: &Table{Columns: []Column{{Title: "Perihal"}, {Title: "Nilai"}}, Rows: []Row{
		{Cells: []Cell{{Text: "Capaian"}, {Text: "120%"}}}, {Total: true, Cells: []Cell{{Text: "tidak terukur: " + longName, Span: 2}}},
	}}}
	return list
}

// Whatever a page shows, nothing of its picture leaves it or stands in
// something else, and the picture has the size that was asked for.
func TestContentFits(t *testing.T) {
	for name, content := range contents(t) {
		for _, size := range []Size{Slide, Portrait} {
			for note, words := range map[string]string{"": "", " with a note": "Masuk sesudah tutup buku, tidak mengubah angka di sini: " + longName + "; " + longName} {
				t.Run(fmt.Sprint(name, " ", size.Width, note), func(t *testing.T) {
					st := stamp
					st.Note = words
					s := DrawContent(wording.Indonesian, content, st, size)
					inside(t, s)
					apart(t, s)
					var b bytes.Buffer
					if err := s.PNG(&b); err != nil {
						t.Fatal(err)
					}
					c, err := png.DecodeConfig(&b)
					if err != nil || c.Width != size.Width || c.Height != size.Height {
						t.Errorf("%d×%d, %v", c.Width, c.Height, err)
					}
					if err := s.SVG(&b); err != nil {
						t.Error(err)
					}
					all := strings.Join(s.Texts(), "\n")
					for _, want := range []string{"DATA CONTOH", "Kabupaten Contoh · Oktober 2026", "n = 41 OPD", "Keadaan per 5 November", st.Code, "Sumber: Gaung"} {
						if !strings.Contains(all, want) {
							t.Errorf("%q is not on the picture", want)
						}
					}
				})
			}
		}
	}
}

// A picture shows the values of its table as they are, and says what it leaves out.
func TestContentShowsTheTable(t *testing.T) {
	c := &Content{Title: "Tabel", Table: leagueTable(4, "Dinas #")}
	texts := "\n" + strings.Join(DrawContent(wording.Indonesian, c, stamp, Slide).Texts(), "\n") + "\n"
	for _, want := range []string{"1000", "1003", "1.234", "91,4%", "82–100%", "Dinas 3", "sumber gagal", "1–4", "B", "▼ turun", "hari kerja"} {
		if !strings.Contains(texts, "\n"+want+"\n") {
			t.Errorf("%q is not on the picture:%s", want, texts)
		}
	}
	if strings.Contains(texts, "baris lagi") {
		t.Error("four rows do not fit")
	}
	c.Table = leagueTable(60, "Dinas #")
	texts = strings.Join(DrawContent(wording.Indonesian, c, stamp, Slide).Texts(), "\n")
	shown := strings.Count(texts, "sumber gagal")
	if want := fmt.Sprintf("dan %d baris lagi", 60-shown); shown < 5 || shown > 59 || !strings.Contains(texts, want) {
		t.Errorf("%d rows are shown, and %q is not said", shown, want)
	}
}

func TestReadChart(t *testing.T) {
	c := chartOf(t, trendOption)
	s := c.Series[0]
	if len(c.Names) != 12 || !s.Step || !s.Labels || s.Points[2].Known || s.Points[4].Known || s.Points[5].Y != 1234567 || s.Points[11].Symbol != "emptyCircle" {
		t.Errorf("%+v", c)
	}
	if l := c.Series[1]; l.Dashes != "dashed" || l.Points[0].Symbol != "none" {
		t.Errorf("%+v", l)
	}
	f := chartOf(t, funnelOption(2))
	if p := f.Series[0].Points[1]; !f.Series[0].Dots || p.X != 4 || p.Y != 7 || p.Name != longName+"1" || *f.Most != 100 || f.XTitle != "Kasus dihitung" {
		t.Errorf("%+v", f)
	}
	for _, bad := range []string{"", "{", "{}", `{"xAxis":[{}],"yAxis":[{}],"series":[{"type":"pie"}]}`, `{"xAxis":[{}],"yAxis":[{}],"series":[{"type":"line","data":[{"value":}]}]}`} {
		if _, err := ReadChart([]byte(bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func FuzzReadChart(f *testing.F) {
	f.Add(trendOption)
	f.Add(funnelOption(3))
	f.Add(barsOption(3))
	f.Fuzz(func(t *testing.T, option string) {
		c, err := ReadChart([]byte(option))
		if err != nil {
			return
		}
		DrawContent(wording.Indonesian, &Content{Chart: c}, stamp, Portrait)
	})
}

// Round values cover the scale, ascend, and are few.
func TestNiceTicksProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Float64Range(-1e6, 1e6).Draw(t, "from")
		to := from + rapid.Float64Range(0.001, 1e6).Draw(t, "range")
		list := niceTicks(from, to)
		if len(list) < 1 || len(list) > 9 {
			t.Fatalf("%d ticks: %v", len(list), list)
		}
		for i := 1; i < len(list); i++ {
			if list[i] <= list[i-1] {
				t.Fatalf("%v do not ascend", list)
			}
		}
		if last := list[len(list)-1]; last < to-(to-from)*0.001 && len(list) < 9 {
			t.Errorf("%v end before %v", list, to)
		}
	})
}

// The dashes of a line lie on it and cover the right part of it.
func TestDashes(t *testing.T) {
	s := &Scene{Size: Slide}
	s.dashes([]point{{0, 10}, {100, 10}, {100, 110}}, 2, 10, 10, ink)
	covered := 0.0
	for _, it := range s.items {
		for i := 1; i < len(it.points); i++ {
			covered += math.Hypot(it.points[i].x-it.points[i-1].x, it.points[i].y-it.points[i-1].y)
		}
		for _, p := range it.points {
			if p.y != 10 && p.x != 100 {
				t.Errorf("%v is beside the line", p)
			}
		}
	}
	if math.Abs(covered-100) > 1e-6 || len(s.items) != 10 {
		t.Errorf("%d dashes cover %.1f of 200", len(s.items), covered)
	}
}

func BenchmarkContentPNG(b *testing.B) {
	c := &Content{Title: "Peringkat", Table: leagueTable(41, longName)}
	for b.Loop() {
		if err := DrawContent(wording.Indonesian, c, stamp, Slide).PNG(&bytes.Buffer{}); err != nil {
			b.Fatal(err)
		}
	}
}

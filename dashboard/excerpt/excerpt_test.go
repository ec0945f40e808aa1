package excerpt

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"gaung/dashboard/cards"
	"gaung/dashboard/figures"
)

var words = Words{Term: "Perihal", Value: "Nilai", Sentence: "Perhatian", Count: "Banyaknya", Name: "Nama"}

var numbers = Numerals{
	Thousands: ".", Decimal: ",", Tier: "Tingkat", Figure: "Angka", Value: "Nilai", OfWhole: "Dari", Compare: "Banding", Target: "Target", N: "n",
	Detail: func(title string) string { return title + ", rincian" },
	Of:     func(part, whole string) string { return part + " dari " + whole },
}

const page = `<!doctype html><html><body>
<header class="page-head"><div><h1>PPID <span class="period">Kabupaten Contoh, Oktober 2026</span></h1>
<p class="stamp"><span>Keadaan per 5 November 2026 WIB.</span> <span>Artikel terakhir 4 Nov.</span></p></div></header>
<section class="panel" aria-labelledby="a">
  <h2 id="a">Tenggat <span class="period">12 kasus</span> <a class="help" href="/metode">?</a></h2>
  <details data-save="ppid"><summary>Unduh</summary><ul><li><button>PNG</button></li></ul></details>
  <p>Dua kalimat. Yang kedua.</p>
  <table>
    <caption>Batas 10 hari kerja</caption>
    <thead><tr><th scope="col">OPD</th><th class="figure">Kasus</th><th class="figure">Bagian <span class="unit">selang 95%</span></th><th>Tempat</th><th><span class="unseen">Batang</span></th></tr></thead>
    <tbody>
      <tr><th class="name"><a href="/x">Dinas Kesehatan</a></th><td class="figure"><strong>1.234</strong></td><td class="figure"><span class="state-measured">91,4%</span> <span class="unit">82–100%</span><svg class="span" viewBox="0 0 100 8"><rect class="span-track" x="0" y="3" width="100" height="2"/><rect class="span-range" x="82" y="1" width="18" height="6"/></svg></td>
        <td><span class="tier"><span class="unseen">Tingkat </span>A</span> <span class="places">1–3</span><span class="shift shift-down"><svg class="arrow"><path d="M5 9 1 2h8z"/></svg>turun<span class="unseen"> (peluang 9%)</span></span></td><td class="bar"><svg class="span"><rect class="span-range" x="0" y="1" width="40" height="6"/></svg></td></tr>
      <tr><th class="name">=Dinas "Sosial"</th><td class="figure">5/6</td><td class="figure"><span class="state-absent">–<span class="unseen"> (belum ada)</span></span></td><td><span class="badge badge-failed">sumber gagal</span></td><td></td></tr>
      <tr hidden><th>Dinas Tersembunyi</th><td>9</td><td></td><td></td><td></td></tr>
    </tbody>
    <tfoot><tr><th>Jumlah</th><td class="figure">1.240</td><td colspan="3">tidak terukur</td></tr></tfoot>
  </table>
</section>
<section class="kpis" aria-label="Angka kunci">
  <article class="kpi" data-kpi="stories"><h2>Berita terbit</h2><p data-part="value"><span class="kpi-number">1.348</span> <span class="kpi-of">dari 34 OPD</span></p><p data-part="compare"><svg class="arrow"><path d="M5 1 9 8H1z"/></svg>naik 66</p><p data-part="target">Target 310</p><p data-part="n">dari 433 artikel</p><p data-part="as-of">per 5 November</p></article>
  <details data-save="angka"></details>
</section>
<section class="panel"><h2>Perhatian</h2><details data-save="perhatian"></details><ul class="attention"><li><span>Tiga kasus lewat batas.</span> <a href="/">Lihat</a></li></ul></section>
<section class="panel"><h2>Fakta</h2><details data-save="fakta"></details><dl class="facts"><div><dt>Hari aktif</dt><dd class="number">11</dd></div></dl></section>
<section class="panel"><div class="saved"><details data-save="hitungan"></details><ul class="counts"><li><span class="count">1.200</span> <span>sumber gagal<span class="muted">: lihat</span></span></li></ul></div></section>
<section class="panel"><h2>Peringkat</h2><div class="saved"><details data-save="luar"></details><table><caption>Di luar peringkat</caption><tbody><tr><td>x</td></tr></tbody></table></div></section>
<section class="panel"><figure class="chart-figure"><figcaption><h2>Naik terus</h2><p class="muted">Tiap bulan.</p></figcaption><details data-save="tren"></details>
  <div class="chart" data-chart="data-tren" data-partial></div><script type="application/json" id="data-tren">{"xAxis":[{"type":"category","data":["Sep","Okt"]}],"yAxis":[{"type":"value"}],"series":[{"type":"line","name":"Berita","data":[{"value":"-"},{"value":7}],"label":{"show":true}}]}</script>
  <p>Menjadi 7.</p><details><summary>Tabel</summary><table><caption class="unseen">x</caption><thead><tr><th>Bulan</th><th class="figure">Berita</th></tr></thead><tbody><tr><th>Okt</th><td class="figure">7</td></tr></tbody></table></details></figure></section>
<section class="panel"><h2>Peta</h2><details data-save="peta"></details><table><thead><tr><th>OPD</th><th class="figure"><span aria-hidden="true"><span class="heat-month">Sep</span>7</span><span class="unseen">minggu 7 Sep 2026</span></th></tr></thead><tbody><tr><th>A</th><td class="heat heat-3 heat-running"><a href="/x">7</a></td></tr></tbody></table></section>
<section class="panel"><h2>Kosong</h2><details data-save="kosong"></details><p class="muted">Tidak ada kasus.</p></section>
</body></html>`

func find(t *testing.T, id string) (*cards.Content, Head) {
	t.Helper()
	c, head, err := Find([]byte(page), id, words)
	if err != nil {
		t.Fatal(err)
	}
	return c, head
}

func TestFindTable(t *testing.T) {
	c, head := find(t, "ppid")
	if diff := cmp.Diff(Head{Title: "PPID", AsOf: "Keadaan per 5 November 2026 WIB"}, head); diff != "" {
		t.Error(diff)
	}
	want := &cards.Content{
		Title: "Tenggat: 12 kasus", Caption: []string{"Dua kalimat. Yang kedua.", "Batas 10 hari kerja."},
		Table: &cards.Table{
			Columns: []cards.Column{
				{Title: "OPD", Spoken: "OPD"},
				{Title: "Kasus", Spoken: "Kasus", Figure: true},
				{Title: "Bagian", Spoken: "Bagian", Unit: "selang 95%", Figure: true},
				{Title: "Tempat", Spoken: "Tempat"},
				{},
			},
			Rows: []cards.Row{
				{Cells: []cards.Cell{
					{Text: "Dinas Kesehatan"},
					{Text: "1.234", Strong: true, Figure: true},
					{Text: "91,4%", Small: "82–100%", Figure: true, Strip: &cards.Strip{High: 8, Bars: []cards.StripBar{{Kind: "track", Y: 3, W: 100, H: 2}, {Kind: "range", X: 82, Y: 1, W: 18, H: 6}}}},
					{Text: "1–3", Small: "▼ turun", Tier: "A"},
					{Strip: &cards.Strip{High: 8, Bars: []cards.StripBar{{Kind: "range", Y: 1, W: 40, H: 6}}}},
				}},
				{Cells: []cards.Cell{
					{Text: `=Dinas "Sosial"`},
					{Text: "5/6", Figure: true},
					{Text: "–", Absent: true, Figure: true},
					{Text: "sumber gagal", Badge: cards.Alarming},
					{},
				}},
				{Total: true, Cells: []cards.Cell{{Text: "Jumlah"}, {Text: "1.240", Figure: true}, {Text: "tidak terukur", Span: 3}}},
			},
		},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFindOtherCards(t *testing.T) {
	c, _ := find(t, "angka")
	if diff := cmp.Diff([]figures.Figure{{
		ID: "stories", Title: "Berita terbit", Value: c.Figures[0].Value, Of: "dari 34 OPD", Movement: figures.Up, Compare: "naik 66", Target: "Target 310", N: "dari 433 artikel", AsOf: "per 5 November",
	}}, c.Figures); diff != "" || c.Title != "Angka kunci" || c.Figures[0].Value.Text != "1.348" {
		t.Errorf("%q %q: %s", c.Title, c.Figures[0].Value.Text, diff)
	}
	c, _ = find(t, "perhatian")
	if diff := cmp.Diff([]cards.Row{{Cells: []cards.Cell{{Text: "Tiga kasus lewat batas."}}}}, c.Table.Rows); diff != "" {
		t.Error(diff)
	}
	c, _ = find(t, "fakta")
	if diff := cmp.Diff([]cards.Row{{Cells: []cards.Cell{{Text: "Hari aktif"}, {Text: "11", Figure: true}}}}, c.Table.Rows); diff != "" {
		t.Error(diff)
	}
	c, _ = find(t, "hitungan")
	if diff := cmp.Diff([]cards.Row{{Cells: []cards.Cell{{Text: "1.200", Strong: true, Figure: true}, {Text: "sumber gagal", Small: ": lihat"}}}}, c.Table.Rows); diff != "" {
		t.Error(diff)
	}
	if c, _ = find(t, "luar"); c.Title != "Di luar peringkat" {
		t.Errorf("a part of a panel is titled %q", c.Title)
	}
	c, _ = find(t, "tren")
	if c.Title != "Naik terus" || c.Chart == nil || !c.Chart.Partial || len(c.Table.Rows) != 1 || strings.Join(c.Caption, "|") != "Tiap bulan.|Menjadi 7." {
		t.Errorf("chart: %+v", c)
	}
	if p := c.Chart.Series[0].Points; p[0].Known || !p[1].Known || p[1].Y != 7 {
		t.Errorf("points %+v", p)
	}
	c, _ = find(t, "peta")
	if diff := cmp.Diff(&cards.Table{
		Columns: []cards.Column{{Title: "OPD", Spoken: "OPD"}, {Title: "7", Unit: "Sep", Spoken: "minggu 7 Sep 2026", Figure: true}},
		Rows:    []cards.Row{{Cells: []cards.Cell{{Text: "A"}, {Text: "7", Heat: "3", Running: true, Figure: true}}}},
	}, c.Table); diff != "" {
		t.Error(diff)
	}
	if c, _ = find(t, "kosong"); c.Table != nil || strings.Join(c.Caption, "|") != "Tidak ada kasus." {
		t.Errorf("a card without rows: %+v", c)
	}
	if _, _, err := Find([]byte(page), "lain", words); !errors.Is(err, ErrNoCard) {
		t.Errorf("error %v", err)
	}
	ids, err := IDs([]byte(page))
	if want := []string{"ppid", "angka", "perhatian", "fakta", "hitungan", "luar", "tren", "peta", "kosong"}; err != nil || !cmp.Equal(want, ids) {
		t.Errorf("%v, %v", ids, err)
	}
}

func TestCSV(t *testing.T) {
	c, _ := find(t, "ppid")
	var b bytes.Buffer
	if err := CSV(&b, c, numbers, Context{"region", "99.01"}); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffregion,OPD,Kasus,Bagian (selang 95%),\"Bagian (selang 95%), rincian\",Tingkat,Tempat,\"Tempat, rincian\"\r\n" +
		"99.01,Dinas Kesehatan,1234,91.4%,82–100%,A,1–3,▼ turun\r\n" +
		"99.01,\"'=Dinas \"\"Sosial\"\"\",5 dari 6,,,,sumber gagal,\r\n" +
		"99.01,Jumlah,1240,tidak terukur,,,,\r\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	b.Reset()
	c, _ = find(t, "angka")
	if err := CSV(&b, c, numbers); err != nil || !strings.Contains(b.String(), "Berita terbit,1348,dari 34 OPD,naik 66,Target 310,dari 433 artikel\r\n") {
		t.Errorf("%v: %s", err, b.String())
	}
	if err := CSV(closed{}, c, numbers); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestPlainNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"1.234": "1234", "12,5": "12.5", "−3": "-3", "93%": "93%", "91,4%": "91.4%", "1.234.567,8": "1234567.8", "0": "0",
		"1.03": "", "12.345.6": "", "≤ 5,1": "", "": "", "1,": "", "8 Jul 2025": "", "%": "", "1234.567": "", "sumber gagal": "",
	} {
		if got, ok := numbers.plain(text); got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v; want %q", text, got, ok, want)
		}
	}
}

// Whatever a page holds, reading it never fails in another way than with an
// error, and what is read can be written.
func FuzzFind(f *testing.F) {
	f.Add(page, "ppid")
	f.Add(page, "tren")
	f.Add(`<section><details data-save="a"></details><table><thead><tr><th></thead><tr><td colspan="999999">x<td></table>`, "a")
	f.Add(`<div data-save="a"><script type="application/json">{"series":[{"type":"pie"}]}</script>`, "a")
	f.Fuzz(func(t *testing.T, page, id string) {
		c, _, err := Find([]byte(page), id, words)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := CSV(&b, c, numbers); err != nil {
			t.Fatal(err)
		}
		if _, err := csv.NewReader(&b).ReadAll(); err != nil {
			t.Errorf("the file is no table: %v", err)
		}
		if _, err := html.Parse(strings.NewReader(c.Title)); err != nil {
			t.Error(err)
		}
	})
}

package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gaung/dashboard/cards"
	"gaung/dashboard/export"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

func ptr[T any](v T) *T { return &v }

func source() Source {
	r := &metrics.Report{
		Region: "99.01", RegionName: "Kabupaten Contoh", Month: "2026-02", AsOf: "2026-03-05", Timezone: "Asia/Jakarta",
		DefinitionsVersion: 1, GeneratedAt: time.Date(2026, 3, 5, 1, 0, 0, 0, time.UTC),
	}
	r.Publication.Stories = 1
	first, second := calendar.Date(2026, 1, 20), calendar.Date(2026, 2, 10)
	january := []metrics.Detail{
		{Kind: metrics.DetailRequest, ID: "1", Received: &first, Day: first, Ended: ptr(first.Add(7)), WaitWD: ptr(5), LimitWD: ptr(10), State: metrics.DetailOnTime},
		{Kind: metrics.DetailRequest, ID: "2", Received: &first, Day: first, Ended: ptr(first.Add(20)), WaitWD: ptr(14), LimitWD: ptr(10), State: metrics.DetailLate, Refused: true, Reason: "Pasal 17 huruf h"},
		{Kind: metrics.DetailRequest, ID: "3", Received: &first, Day: second}, // complete only in February
	}
	february := []metrics.Detail{
		{Kind: metrics.DetailRequest, ID: "3", Received: &first, Day: second, WaitWD: ptr(3), LimitWD: ptr(10), State: metrics.DetailPending},
		{Kind: metrics.DetailRequest, ID: "4", Received: &second, Day: second, Ended: ptr(second.Add(1)), WaitWD: ptr(1), LimitWD: ptr(10), State: metrics.DetailExcluded},
	}
	give := func(list []metrics.Detail, kinds ...metrics.DetailKind) export.Rows {
		return func(emit func(metrics.Detail) error) error {
			for _, d := range list {
				if len(kinds) == 0 || d.Kind == kinds[0] {
					if err := emit(d); err != nil {
						return err
					}
				}
			}
			return nil
		}
	}
	all := append([]metrics.Detail{{Kind: metrics.DetailStory, Title: "=1+1", URL: "https://contoh.go.id/a", Day: second}}, february...)
	return Source{
		Report: r, History: []metrics.SeriesMonth{r.InSeries()}, Example: true,
		Rows: func(kinds ...metrics.DetailKind) export.Rows { return give(all, kinds...) },
		Year: func() ([]MonthRows, error) {
			return []MonthRows{{"2026-01", give(january)}, {"2026-02", give(february)}}, nil
		},
	}
}

// files unpacks a zip.
func files(t *testing.T, write func(context.Context, io.Writer, Source) error, s Source) ([]string, map[string][]byte) {
	t.Helper()
	var b bytes.Buffer
	if err := write(t.Context(), &b, s); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	contents := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names, contents[f.Name] = append(names, f.Name), content
	}
	return names, contents
}

// verify checks the list of hashes the way sha256sum -c does: every file is on
// it, once, with its hash.
func verify(t *testing.T, names []string, contents map[string][]byte) {
	t.Helper()
	if names[len(names)-1] != hashList {
		t.Errorf("the last file is %s", names[len(names)-1])
	}
	listed := 0
	for line := range strings.Lines(string(contents[hashList])) {
		hash, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		sum := sha256.Sum256(contents[name])
		if _, ok := contents[name]; !ok || hash != hex.EncodeToString(sum[:]) {
			t.Errorf("the hash of %q is wrong", name)
		}
		listed++
	}
	if listed != len(names)-1 {
		t.Errorf("%d hashes for %d files", listed, len(names)-1)
	}
}

func TestMeeting(t *testing.T) {
	names, contents := files(t, Meeting, source())
	verify(t, names, contents)
	want := []string{
		"BACA-SAYA.txt",
		"slide/gaung_ringkasan_99.01_2026-02_2026-03-05.png", "slide/gaung_peringkat_99.01_2026-02_2026-03-05.png",
		"slide/gaung_ppid_99.01_2026-02_2026-03-05.png", "slide/gaung_pengaduan_99.01_2026-02_2026-03-05.png",
		"kartu/gaung_ringkasan_99.01_2026-02_2026-03-05.png", "kartu/gaung_peringkat_99.01_2026-02_2026-03-05.png",
		"kartu/gaung_ppid_99.01_2026-02_2026-03-05.png", "kartu/gaung_pengaduan_99.01_2026-02_2026-03-05.png",
		"gaung_ringkasan_99.01_2026-02_2026-03-05.pdf", "gaung_laporan_99.01_2026-02_2026-03-05.xlsx", "SHA256SUMS",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Fatal(diff)
	}
	for name, content := range contents {
		folder, _, _ := strings.Cut(name, "/")
		size := map[string][2]int{"slide": {1920, 1080}, "kartu": {1080, 1350}}[folder]
		if size == [2]int{} {
			continue
		}
		c, err := png.DecodeConfig(bytes.NewReader(content))
		if err != nil || c.Width != size[0] || c.Height != size[1] {
			t.Errorf("%s is %d×%d, %v", name, c.Width, c.Height, err)
		}
	}
	if !bytes.Contains(contents[want[9]], []byte("/Count 4>>")) {
		t.Error("the PDF does not have the four slides")
	}
	if note := string(contents["BACA-SAYA.txt"]); !strings.Contains(note, "DATA CONTOH") || !strings.Contains(note, "Kode laporan: sementara") {
		t.Errorf("note %q", note)
	}
}

// What came in after a month was closed stands on every picture of the pack and
// on every page of its PDF, as on the pictures of the pages.
func TestPicturesTellOfRevisions(t *testing.T) {
	s := source()
	s.Report.Closed = &metrics.Closed{ID: "9901-202602-1-K7Q4ZD2M", ClosedAt: s.Report.GeneratedAt}
	_, without := files(t, Meeting, s)
	s.Revisions = []metrics.Revision{{OPD: "1.01", Name: "Dinas Kesehatan", Figure: "publication.opd.stories", Frozen: 1, Today: 2}}
	names, contents := files(t, Meeting, s)
	verify(t, names, contents)
	pictures := 0
	for _, name := range names {
		if !strings.HasSuffix(name, ".png") && !strings.HasSuffix(name, ".pdf") {
			continue
		}
		if pictures++; bytes.Equal(contents[name], without[name]) {
			t.Errorf("%s says nothing of the revision", name)
		}
	}
	if pictures != 9 {
		t.Errorf("%d pictures", pictures)
	}
	scene, err := cards.Draw(cards.Summary, s.Report, cards.Slide, cards.Options{Previous: s.Previous, Example: s.Example, Note: "Masuk sesudah tutup buku, tidak mengubah angka di sini: Dinas Kesehatan: Berita terbit 1 → 2 (+1)."})
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := scene.PNG(&want); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(contents["slide/gaung_ringkasan_99.01_2026-02_2026-03-05.png"], want.Bytes()) {
		t.Error("the slide does not word the revision as the page does")
	}
}

func TestEvidence(t *testing.T) {
	s := source()
	names, contents := files(t, Evidence, s)
	verify(t, names, contents)
	name := func(folder, metric, extension string) string { return s.name(folder, metric, extension) }
	year, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(contents[name("pasal-12", "pasal12", "csv")], []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"region", "as_of", "month", "received", "granted", "refused", "open", "withdrawn", "on_time", "late", "mean_wd", "longest_wd"},
		{"99.01", "2026-03-05", "2026-01", "3", "1", "1", "0", "0", "1", "1", "9.5", "14"},
		{"99.01", "2026-03-05", "2026-02", "1", "0", "0", "1", "1", "0", "0", "", ""},
		{"99.01", "2026-03-05", "", "4", "1", "1", "1", "1", "1", "1", "9.5", "14"},
	}
	if diff := cmp.Diff(want, year); diff != "" {
		t.Error(diff)
	}
	book, err := excelize.OpenReader(bytes.NewReader(contents[name("pasal-12", "pasal12", "xlsx")]))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if got, _ := book.GetCellValue("Alasan penolakan", "A6"); got != "Pasal 17 huruf h" {
		t.Errorf("reason %q", got)
	}
	var report metrics.Report
	if err := json.Unmarshal(contents[name("", "laporan", "json")], &report); err != nil || report.Publication.Stories != 1 {
		t.Errorf("report: %+v, %v", report.Publication, err)
	}
	for kind, register := range registers {
		content, ok := contents[name("register", register, "csv")]
		if !ok {
			t.Errorf("no list of %s", kind)
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if n := map[metrics.DetailKind]int{metrics.DetailStory: 1, metrics.DetailRequest: 2}[kind]; len(rows)-1 != n {
			t.Errorf("%d rows of %s, want %d", len(rows)-1, kind, n)
		}
		// A title that a spreadsheet would run is made harmless.
		if kind == metrics.DetailStory && (rows[1][8] != "'=1+1" || rows[1][9] != "https://contoh.go.id/a") {
			t.Errorf("story %q", rows[1])
		}
	}
	if !strings.Contains(string(contents[name("", "definisi", "csv")]), "Hari kerja,") {
		t.Error("no definitions")
	}
}

// The same source gives the same pictures, lists and PDF, byte by byte.
func TestPacksAreDeterministic(t *testing.T) {
	for name, write := range map[string]func(context.Context, io.Writer, Source) error{"meeting": Meeting, "evidence": Evidence} {
		_, a := files(t, write, source())
		_, b := files(t, write, source())
		for file, content := range a {
			if !strings.HasSuffix(file, ".xlsx") && file != hashList && !bytes.Equal(content, b[file]) {
				t.Errorf("%s: %s differs", name, file)
			}
		}
	}
}

func TestRowsThatFail(t *testing.T) {
	broken := errors.New("sambungan putus")
	fail := func(func(metrics.Detail) error) error { return broken }
	s := source()
	s.Rows = func(...metrics.DetailKind) export.Rows { return fail }
	if err := Meeting(t.Context(), io.Discard, s); !errors.Is(err, broken) {
		t.Errorf("meeting: %v", err)
	}
	s = source()
	s.Year = func() ([]MonthRows, error) { return []MonthRows{{"2026-01", fail}}, nil }
	if err := Evidence(t.Context(), io.Discard, s); !errors.Is(err, broken) {
		t.Errorf("evidence: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Meeting(ctx, io.Discard, source()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// A disk that fills up at any moment is an error, never a shorter pack.
func TestFullDisk(t *testing.T) {
	var b bytes.Buffer
	if err := Meeting(t.Context(), &b, source()); err != nil {
		t.Fatal(err)
	}
	for _, part := range []int{0, 10, b.Len() / 3, b.Len() / 2, b.Len() - 100} {
		if err := Meeting(t.Context(), &full{part}, source()); err == nil {
			t.Error(fmt.Sprint("a pack of ", part, " bytes was reported as complete"))
		}
	}
}

package ingest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
	"gaung/ingest/source"
)

const (
	lines   = "application/x-ndjson"
	csvForm = "text/csv; charset=utf-8"
)

func (b *bench) push(kind, contentType, key, body string) (*ingest.ImportResult, error) {
	return b.in.Push(b.t.Context(), ingest.PushRequest{
		Kind: kind, Source: "lapor-online", Region: contoh, ContentType: contentType, IdempotencyKey: key, Body: strings.NewReader(body),
	})
}

func (b *bench) pushed(kind, contentType, key, body string) *ingest.ImportResult {
	b.t.Helper()
	result, err := b.push(kind, contentType, key, body)
	if err != nil {
		b.t.Fatal(err)
	}
	return result
}

func TestPushLines(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	body := `{"tracking_id": "8001", "submitted_at": "2026-10-01T08:00:00+07:00", "kind": "pengaduan", "opd": "Dinkes", "nama_pelapor": "Siti Rahasia", "isi laporan": "Jalan berlubang", "rating": 4.5, "misrouted_at": null}

{"tracking_id": 8002, "kind": "aspirasi", "submitted_at": "kapan", "telepon": "081234567890"}
{"submitted_at": "2026-10-02", "tracking_id": "8003", "kind": "informasi", "category": ["jalan", "lampu"], "region": "19.71"}
`
	got := b.pushed("complaints", lines, "", body)
	b.want(got, 2, 0, 0, 1)
	if got.File != "lapor-online" || got.Kind != "complaints" {
		t.Errorf("%+v", got)
	}
	want := []ingest.Reject{{Row: 3, Column: "submitted_at", Value: "kapan", Reason: "tidak terbaca sebagai tanggal; tulis seperti 2026-01-31"}}
	if diff := cmp.Diff(want, got.Rejects); diff != "" {
		t.Error(diff)
	}
	if warnings := strings.Join(got.Warnings, "\n"); !strings.Contains(warnings, "nama_pelapor, isi laporan, telepon dibuang") {
		t.Errorf("warnings %q", warnings)
	}
	columns := "tracking_id, kind, opd, submitted_day, category, rating"
	cases := []string{"8001|complaint|1.02|2026-10-01||4.5", "8003|information||2026-10-02|jalan|lampu|"}
	if diff := cmp.Diff(cases, b.current("complaint_cases", "complaints", columns, "tracking_id")); diff != "" {
		t.Error(diff)
	}
	b.want(b.pushed("complaints", "application/x-ndjson; charset=utf-8", "", body), 0, 0, 2, 1)
	b.wantNowhere(citizens...)
}

// TestPushSameAsImport pushes and imports the same CSV and wants the same
// answer but for the name.
func TestPushSameAsImport(t *testing.T) {
	text := "registration_no;received_at;opd;nama\n1;5/1/2026;Dinkes;Siti Rahasia\n2;;Dinkes;x\n"
	b, other := newBench(t), newBench(t)
	pushed, imported := b.pushed("ppid", csvForm, "k1", text), other.give("ppid", text)
	imported.File = pushed.File
	if diff := cmp.Diff(imported, pushed); diff != "" {
		t.Error(diff)
	}
}

func TestPushKeepsToItsRegion(t *testing.T) {
	b := newBench(t)
	for contentType, body := range map[string]string{lines: `{"code": "1.02", "name": "Dinkes", "region": "19.71"}`, csvForm: "code,name,region\n1.06,Dinsos,19.71\n"} {
		got := b.pushed("opd", contentType, "", body)
		b.want(got, 1, 0, 0, 0)
		if !strings.Contains(strings.Join(got.Warnings, " "), "kolom region diabaikan") {
			t.Errorf("warnings %q", got.Warnings)
		}
	}
	if got := b.rows("SELECT DISTINCT region FROM opd"); strings.Join(got, " ") != contoh {
		t.Errorf("rows in the regions %q", got)
	}
}

func TestPushIdempotencyKey(t *testing.T) {
	b := newBench(t)
	const body = `{"agenda_id": "1", "date": "2026-10-05", "opd": "Dinkes", "title": "Rapat"}`
	first := b.pushed("agenda", lines, "kunci-1", body)
	b.want(first, 1, 0, 0, 0)
	runs := b.rows("SELECT toString(count()) FROM ingest_runs_current")
	again := b.pushed("agenda", lines, "kunci-1", body)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the second answer is another: %s", diff)
	}
	if after := b.rows("SELECT toString(count()) FROM ingest_runs_current"); runs[0] != after[0] {
		t.Error("the repeated push did the work again")
	}
	for name, attempt := range map[string]func() (*ingest.ImportResult, error){
		"other body": func() (*ingest.ImportResult, error) { return b.push("agenda", lines, "kunci-1", body+" ") },
		"other type": func() (*ingest.ImportResult, error) { return b.push("agenda", csvForm, "kunci-1", body) },
		"other kind": func() (*ingest.ImportResult, error) { return b.push("ppid", lines, "kunci-1", body) },
	} {
		var own *ingest.Error
		if _, err := attempt(); !errors.As(err, &own) || own.Kind != ingest.Conflict || !strings.Contains(own.Words, "kunci-1") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A refused body does not use its key up.
	if _, err := b.push("agenda", lines, "kunci-2", "{"); err == nil {
		t.Error("half an object is taken")
	}
	b.want(b.pushed("agenda", lines, "kunci-2", body), 0, 0, 1, 0)
	// Keys belong to their source.
	other, err := b.in.Push(t.Context(), ingest.PushRequest{Kind: "agenda", Source: "lain", Region: contoh, ContentType: lines, IdempotencyKey: "kunci-1", Body: strings.NewReader(strings.Replace(body, `"1"`, `"2"`, 1))})
	if err != nil || other.Accepted != 1 {
		t.Errorf("%+v, %v", other, err)
	}
}

// TestPushTwiceAtOnce sends the same push eight times at the same time.
func TestPushTwiceAtOnce(t *testing.T) {
	b := newBench(t)
	var all sync.WaitGroup
	results := make([]*ingest.ImportResult, 8)
	problems := make([]error, len(results))
	for i := range results {
		all.Go(func() {
			results[i], problems[i] = b.push("agenda", lines, "sama", `{"agenda_id": "1", "date": "2026-10-05", "opd": "Dinkes", "title": "Rapat"}`)
		})
	}
	all.Wait()
	for i, r := range results {
		if problems[i] != nil || r.Accepted != 1 {
			t.Errorf("push %d: %+v, %v", i, r, problems[i])
		}
	}
	if got := b.rows("SELECT toString(count()) FROM agenda"); got[0] != "1" {
		t.Errorf("%s versions", got[0])
	}
}

func TestPushRefused(t *testing.T) {
	b := newBench(t)
	large := strings.Repeat(" ", ingest.MaxPushBytes+1)
	cases := []struct {
		name, kind, contentType, key, body string
		want                               ingest.ErrorKind
		words                              string
	}{
		{"kind", "berita", lines, "", "{}", ingest.Usage, `jenis "berita" tidak dikenal`},
		{"type", "ppid", "application/json", "", "{}", ingest.BadType, `Content-Type "application/json" tidak diterima`},
		{"no type", "ppid", "", "", "{}", ingest.BadType, "tidak diterima"},
		{"key", "ppid", lines, "a b", "{}", ingest.Usage, "Idempotency-Key hanya boleh"},
		{"long key", "ppid", lines, strings.Repeat("k", 201), "{}", ingest.Usage, "paling panjang 200"},
		{"empty", "ppid", lines, "", "\n\n", ingest.Usage, "kiriman kosong"},
		{"array", "ppid", lines, "", `[{"registration_no": "rahasia"}]`, ingest.Usage, "lapor-online baris 1: bukan objek JSON"},
		{"two on a line", "ppid", lines, "", "{}\n{} {}", ingest.Usage, "baris 2: bukan objek JSON"},
		{"broken", "ppid", lines, "", `{"registration_no": "rahasia`, ingest.Usage, "baris 1: bukan objek JSON"},
		{"object", "ppid", lines, "", `{"opd": {"nama": "rahasia"}}`, ingest.Usage, `nilai "opd" berupa objek`},
		{"columns", "ppid", lines, "", `{"registration_no": "1"}`, ingest.Usage, "kolom wajib tidak ada: received_at, opd"},
		{"many keys", "ppid", lines, "", manyKeys(600), ingest.Usage, "lebih dari 512 kunci"},
		{"memory", "ppid", lines, "", manyKeys(500) + strings.Repeat("\n{}", 20000), ingest.Usage, "terlalu banyak baris dan kunci"},
		{"csv", "ppid", csvForm, "", "registration_no,received_at,opd\n1,2026-01-05,\"Dinkes\n", ingest.Usage, "tidak pernah ditutup"},
		{"too large", "ppid", lines, "", large, ingest.TooLarge, "lebih besar dari 32 MB"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := b.push(c.kind, c.contentType, c.key, c.body)
			var own *ingest.Error
			if !errors.As(err, &own) || own.Kind != c.want || !strings.Contains(own.Words, c.words) || strings.Contains(own.Words, "rahasia") {
				t.Errorf("%v", err)
			}
		})
	}
	_, err := b.in.Push(t.Context(), ingest.PushRequest{Kind: "ppid", Source: "x", Region: contoh, ContentType: lines, Body: iotest.ErrReader(io.ErrUnexpectedEOF)})
	if err == nil || !strings.Contains(err.Error(), "terputus sebelum selesai") {
		t.Errorf("%v", err)
	}
	if got := b.rows("SELECT toString(count()) FROM ingest_runs"); got[0] != "0" {
		t.Errorf("%s runs are booked for refused pushes", got[0])
	}
}

func manyKeys(n int) string {
	var members []string
	for i := range n {
		members = append(members, fmt.Sprintf(`"k%d": 1`, i))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func sha(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func TestIntake(t *testing.T) {
	b := newBench(t)
	c := &source.Config{Region: contoh, Regions: []source.RegionOverride{{Code: contoh, Name: "Kabupaten Contoh", Zone: "WIB"}}, Push: []source.PushSource{
		{Source: "ppid-online", Kinds: []string{"ppid", "objections"}, OPD: "Dinkes", TokenSHA256: sha("token-ppid")},
		{Source: "lapor-online", Kinds: []string{"complaints"}, TokenSHA256: sha("token-lapor")},
	}}
	if err := c.ValidateAndSetDefaults(); err != nil {
		t.Fatal(err)
	}
	intake := b.in.Intake(c)
	const row = `{"registration_no": "1", "received_at": "2026-10-05"}`
	cases := []struct {
		name, kind, token, contentType, key, body string
		status                                    int
	}{
		{"taken", "ppid", "token-ppid", lines, "k", row, 200},
		{"repeated", "ppid", "token-ppid", lines, "k", row, 200},
		{"conflict", "ppid", "token-ppid", lines, "k", row + "\n" + row, 409},
		{"no token", "ppid", "", lines, "", row, 401},
		{"wrong token", "ppid", "token", lines, "", row, 401},
		{"digest as token", "ppid", sha("token-ppid"), lines, "", row, 401},
		{"wrong token, no such kind", "berita", "token", lines, "", row, 401},
		{"no such kind", "berita", "token-ppid", lines, "", row, 404},
		{"holidays", "holidays", "token-ppid", lines, "", row, 404},
		{"not allowed", "ppid", "token-lapor", lines, "", row, 403},
		{"type", "ppid", "token-ppid", "text/html", "", row, 415},
		{"body", "ppid", "token-ppid", lines, "", "x", 422},
		{"large", "ppid", "token-ppid", lines, "", strings.Repeat("x", ingest.MaxPushBytes+1), 413},
	}
	for _, c := range cases {
		answer, status, err := intake(t.Context(), c.kind, c.token, c.contentType, c.key, strings.NewReader(c.body))
		if status != c.status || (err == nil) != (status == 200) || (answer == nil) == (status == 200) {
			t.Errorf("%s: %d, %v, %v; want %d", c.name, status, answer, err, c.status)
		}
		var own *ingest.Error
		if err != nil && (!errors.As(err, &own) || own.Words == "" || strings.Contains(own.Words, "\n")) {
			t.Errorf("%s: %v has no words", c.name, err)
		}
		if status == 200 {
			text, err := json.Marshal(answer)
			if err != nil || !strings.HasPrefix(string(text), `{"kind":"ppid","file":"ppid-online","rows":1,"accepted":1,"unchanged":0,"updated":0,"rejected":0,"rejects":[]`) {
				t.Errorf("%s: %s, %v", c.name, text, err)
			}
		}
	}
	if got := b.rows("SELECT registration_no, opd_raw, source FROM ppid_current"); strings.Join(got, " ") != "1|Dinkes|ppid-online" {
		t.Errorf("rows %q", got)
	}
}

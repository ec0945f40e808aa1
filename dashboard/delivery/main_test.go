package delivery

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// TestMain lets a test run itself again as another process, see folder_test.go.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		os.Exit(childWithFullDisk())
	}
	os.Exit(m.Run())
}

// clock is a clock that stands still until it is set.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

func (c *clock) add(d time.Duration) { c.set(c.Now().Add(d)) }

// script is content that a test dictates.
type script struct {
	mu      sync.Mutex
	message Message
	alerts  []Alert
	err     error
	// months and weeks are what was asked for; alarms what was told.
	months []string
	weeks  []string
	alarms [][]string
}

func (s *script) Monthly(_ context.Context, _ region.Region, month calendar.Month, _ []File, _ time.Time) (Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.months = append(s.months, month.String())
	return s.message, s.err
}

func (s *script) Digest(_ context.Context, _ region.Region, week calendar.Week, _ time.Time) (Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.weeks = append(s.weeks, week.Monday.String())
	return s.message, s.err
}

func (s *script) Alerts(context.Context, region.Region, AlertRules, time.Time) ([]Alert, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.alerts, s.err
}

func (s *script) Alarm(_ region.Region, alerts []Alert, _ time.Time) (Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var causes []string
	for _, a := range alerts {
		causes = append(causes, a.Cause)
	}
	s.alarms = append(s.alarms, causes)
	return Message{Subject: strings.Join(causes, ","), Text: "x"}, nil
}

var testMessage = Message{
	Subject: "Laporan Kabupaten Contoh — Oktober 2026", Text: "Isi laporan.\n", HTML: "<p>Isi laporan.</p>",
	Attachments: []Attachment{{Name: "laporan.xlsx", Type: "application/octet-stream", Write: func(w io.Writer) error {
		_, err := io.WriteString(w, "buku kerja")
		return err
	}}},
}

// post is a channel that keeps what it is given; fail decides the outcome of
// the nth sending, counted from 1.
type box struct {
	mu     sync.Mutex
	got    []parcel
	tries  int
	fail   func(try int) error
	repeat bool
}

func (b *box) repeatable() bool { return b.repeat }

func (b *box) send(_ context.Context, p parcel) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tries++
	if b.fail != nil {
		if err := b.fail(b.tries); err != nil {
			return err
		}
	}
	b.got = append(b.got, p)
	return nil
}

func (b *box) count() (got, tries int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.got), b.tries
}

const scheduleConfig = `
region: 19.71
deliveries:
  channels:
  - {name: surel, kind: email, host: 127.0.0.1, security: none, from: gaung@contoh.example, attempts: 3}
  schedules:
  - name: bulanan
    kind: monthly
    day: 6
    at: "08:00"
    to: [{channel: surel, recipients: [bupati@contoh.example]}]
`

func parseConfig(t testing.TB, text string) *Config {
	t.Helper()
	c, err := Parse("gaung.yaml", []byte(text), Scope{Regions: region.Builtin(), Region: "19.71"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// desk is a service under test with what it stands on.
type desk struct {
	*Service
	clock   *clock
	content *script
	box     *box
}

// newDesk makes a service whose channels all end in one box.
func newDesk(t testing.TB, conn driver.Conn, config string, c *clock, b *box) *desk {
	t.Helper()
	content := &script{message: testMessage}
	s, err := New(Options{Conn: conn, Config: parseConfig(t, config), Content: content, Now: c.Now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for name := range s.senders {
		s.senders[name] = b
	}
	s.claimant.pause = func(context.Context, time.Duration) {}
	return &desk{s, c, content, b}
}

func newConn(t testing.TB) driver.Conn {
	t.Helper()
	return warehousetest.New(t).Conn()
}

func wib(t testing.TB, text string) time.Time { return at(t, "Asia/Jakarta", text) }

func at(t testing.TB, zone, text string) time.Time {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := time.ParseInLocation("2006-01-02 15:04", text, z)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// only is the one delivery there is.
func (d *desk) only(t testing.TB) Delivery {
	t.Helper()
	list, err := d.Status(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 {
		t.Fatalf("%d deliveries, want 1: %+v", len(list), list)
	}
	return list[0]
}

func refused(text string) error { return failuref(Refused, nil, "%s", text) }
func notSent(text string) error { return failuref(NotSent, nil, "%s", text) }
func unsure(text string) error  { return failuref(Unsure, nil, "%s", text) }

// roundTripper answers HTTP requests without a network.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func mustOutcome(t testing.TB, err error, want Outcome) *Failure {
	t.Helper()
	f, ok := err.(*Failure)
	if !ok {
		t.Fatalf("error %v (%T), want a *Failure", err, err)
	}
	if f.Outcome != want {
		t.Fatalf("outcome %d (%s; %v), want %d", f.Outcome, f.Words, f.Err, want)
	}
	if strings.ContainsAny(f.Words, "\r\n") {
		t.Fatalf("the words are not one line: %q", f.Words)
	}
	return f
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

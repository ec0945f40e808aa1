package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// TestWrongUse checks that every mistake is one clear line with its exit code.
func TestWrongUse(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile))
	o.file("buruk.xlsx", "ini bukan buku kerja")
	o.file("kosong.csv", "")
	o.file("kolom.csv", "registration_no,opd\n1,Disdik\n")
	o.file("rusak.yaml", "sources:\n  - name: a\n    tipe: feed\n")
	for _, c := range []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"no verb", nil, exitUsage, []string{"gaung --help"}},
		{"unknown flag", []string{"report", "--bulan", "2026-01"}, exitUsage, []string{"--bulan", "tidak dikenal"}},
		{"unknown verb", []string{"lapor"}, exitUsage, []string{"lapor"}},
		{"missing flag", []string{"report"}, exitUsage, []string{"--month"}},
		{"bad month", []string{"report", "--month", "2026-13"}, exitUsage, []string{"2026-13", "2026-01"}},
		{"month to come", []string{"report", "--month", "2027-01"}, exitUsage, []string{"2027-01", "belum"}},
		{"bad day", []string{"deadline", "--rule", "ppid", "--from", "13-13-2023"}, exitUsage, []string{"13-13-2023"}},
		{"bad rule", []string{"deadline", "--rule", "ppd", "--from", "2023-04-13"}, exitUsage, []string{"ppd"}},
		{"no kind of complaint", []string{"deadline", "--rule", "complaint-resolve", "--from", "2026-04-13"}, exitUsage, []string{"--kind", "supervision"}},
		{"unknown kind of complaint", []string{"deadline", "--rule", "complaint-resolve", "--kind", "gugatan", "--from", "2026-04-13"}, exitUsage, []string{"gugatan", "pengaduan"}},
		{"year without holidays", []string{"deadline", "--rule", "ppid", "--from", "2031-04-13"}, exitUsage, []string{"2031", "libur"}},
		{"unknown region", []string{"report", "--month", "2026-01", "--region", "xx"}, exitUsage, []string{"xx"}},
		{"unknown kind", []string{"import", "berita", "opd.csv"}, exitUsage, []string{"berita", "articles"}},
		{"no such file", []string{"import", "opd", "tidak-ada.csv"}, exitUsage, []string{"tidak-ada.csv"}},
		{"not a workbook", []string{"import", "opd", "buruk.xlsx"}, exitUsage, []string{"buruk.xlsx", "XLSX"}},
		{"empty file", []string{"import", "opd", "kosong.csv"}, exitUsage, []string{"kosong.csv"}},
		{"missing column", []string{"import", "ppid", "kolom.csv"}, exitUsage, []string{"received_at"}},
		{"missing config", []string{"ingest", "--config", "tidak-ada.yaml"}, exitUsage, []string{"tidak-ada.yaml"}},
		{"bad config", []string{"ingest", "--config", "rusak.yaml"}, exitUsage, []string{"rusak.yaml", "tipe"}},
		{"no sources", []string{"ingest"}, exitUsage, []string{"gaung.yaml"}},
		{"workbook to the terminal", []string{"report", "--month", "2026-01", "--format", "xlsx"}, exitUsage, []string{"-o"}},
		{"open to the network", []string{"serve", "--listen", "0.0.0.0:8080"}, exitUsage, []string{"0.0.0.0:8080", "127.0.0.1"}},
		{"bad memory limit", []string{"report", "--month", "2026-01", "--memory-limit", "banyak"}, exitUsage, []string{"banyak", "2GiB"}},
		{"wrong DSN", []string{"report", "--month", "2026-01", "--warehouse", "postgres://x/y"}, exitFailed, []string{"postgres://x/y", "chdb:"}},
		{"missing engine", []string{"report", "--month", "2026-01", "--engine", "/tidak/ada.so"}, exitFailed, []string{"/tidak/ada.so"}},
		{"directory not writable", []string{"report", "--month", "2026-01", "--warehouse", "chdb:/proc/gaung"}, exitFailed, []string{"/proc/gaung"}},
		{"target directory missing", []string{"report", "--month", "2026-01", "-o", "tidak/ada/laporan.json"}, exitUsage, []string{"laporan.json"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := o.gaung(c.args...)
			if out.code != c.code {
				t.Errorf("exit code %d, want %d", out.code, c.code)
			}
			if lines := strings.Count(strings.TrimSpace(out.stderr), "\n"); lines != 0 {
				t.Errorf("stderr has %d lines, want one:\n%s", lines+1, out.stderr)
			}
			if out.stdout != "" {
				t.Errorf("stdout is not empty: %s", out.stdout)
			}
			for _, word := range c.says {
				if !strings.Contains(out.stderr, word) {
					t.Errorf("%q does not say %q", out.stderr, word)
				}
			}
			if strings.Contains(out.stderr, "panic") || strings.Contains(out.stderr, "goroutine") {
				t.Errorf("a panic reached the terminal: %s", out.stderr)
			}
		})
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile))
	p := &program{environment: environment{stderr: os.Stderr}, logger: quietLogger()}
	p.Warehouse, p.Engine = "chdb:data/warehouse", engineOfTests(t)
	w, err := p.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Conn().Exec(t.Context(), "INSERT INTO schema_versions (version_id, is_applied) VALUES (99999, true)"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	out := o.must(exitFailed, "report", "--month", "2026-01")
	if !strings.Contains(out.stderr, "99999") || !strings.Contains(out.stderr, "perbarui gaung") {
		t.Errorf("stderr = %q", out.stderr)
	}
	if out := o.must(exitDone, "migrate", "status"); !strings.Contains(out.stdout, "lebih baru") {
		t.Errorf("migrate status = %q", out.stdout)
	}
}

func TestMigrateStatus(t *testing.T) {
	o := newOffice(t)
	before := document(t, o.must(exitDone, "migrate", "status", "--json").stdout)
	if at(t, before, "behind") != true || at(t, before, "current") != 0.0 {
		t.Errorf("a fresh directory: %v", before)
	}
	after := document(t, o.must(exitDone, "migrate", "up", "--json").stdout)
	if at(t, after, "behind") != false || at(t, after, "current") != at(t, after, "target") {
		t.Errorf("after up: %v", after)
	}
}

func TestFailedReportLeavesNoFile(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile))
	err := writeFile("laporan.json", func(w io.Writer) error {
		fmt.Fprint(w, "setengah")
		return os.ErrDeadlineExceeded
	})
	if err == nil {
		t.Fatal("no error")
	}
	left, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if strings.Contains(entry.Name(), "laporan") {
			t.Errorf("%s was left behind", entry.Name())
		}
	}
	o.must(exitDone, "report", "--month", "2026-01", "-o", "laporan.json")
	text, err := os.ReadFile("laporan.json")
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(text) {
		t.Error("the written report is not JSON")
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]uint64{"": 0, "2GiB": 2 << 30, "512mb": 512 << 20, "1024": 1024, "3 k": 3072} {
		if got, err := parseSize(text); err != nil || got != want {
			t.Errorf("parseSize(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"-1", "2PB", "0", "99999999999999999999", "9999999999T"} {
		if got, err := parseSize(text); err == nil {
			t.Errorf("parseSize(%q) = %d, want an error", text, got)
		}
	}
}

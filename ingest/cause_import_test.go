package ingest_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"gaung/ingest"
	"gaung/warehouse/region"
)

// TestFailedImportSaysWhy lets the engine refuse the rows of an import: the
// line for the person holds the reason and no statement, the log all of it.
func TestFailedImportSaysWhy(t *testing.T) {
	b := newBench(t)
	if err := b.w.Conn().Exec(t.Context(), "ALTER TABLE ppid ADD CONSTRAINT refuses CHECK registration_no != '1/PPID'"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.w.Conn().Exec(context.Background(), "ALTER TABLE ppid DROP CONSTRAINT refuses"); err != nil {
			t.Error(err)
		}
	})
	var log bytes.Buffer
	in := ingest.New(ingest.Options{
		Warehouse: b.w, Regions: region.Builtin().With(b.reg), Now: b.clock.Now, Logger: slog.New(slog.NewTextHandler(&log, nil)),
	})
	_, err := in.Import(t.Context(), ingest.ImportRequest{
		Kind: "ppid", Path: "ppid.csv", Region: contoh, Reader: strings.NewReader("registration_no,received_at,opd\n1/PPID,2026-01-05,Dinkes\n"),
	})
	if err == nil {
		t.Fatal("rows that the engine refuses were imported")
	}
	words := err.Error()
	if !strings.HasPrefix(words, "ppid.csv: impor gagal, gudang data menjawab kode 469: ") || !strings.Contains(words, "refuses") ||
		strings.Contains(words, "INSERT") || strings.Contains(words, "notified_at") {
		t.Errorf("the person reads %q", words)
	}
	if text := log.String(); !strings.Contains(text, "send to ppid") || !strings.Contains(text, "code: 469") {
		t.Errorf("the log holds %q", text)
	}
	if books := b.rows("SELECT toString(status), toString(position(message, '469') > 0) FROM ingest_runs_current"); books[0] != "failed|1" {
		t.Errorf("the books hold %v", books)
	}
}

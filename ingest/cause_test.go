package ingest

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
)

func TestCauseForPeople(t *testing.T) {
	list := strings.Repeat("a_column, ", 60)
	of := func(code int32, text string) error {
		return fmt.Errorf("ingest: send %q: %w", "INSERT INTO ppid ("+list+")", &clickhouse.HTTPError{StatusCode: 500, Err: &clickhouse.Exception{Code: code, Name: "DB::Exception", Message: text}})
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"read only", of(164, "Cannot modify 'x' setting in readonly mode"), "gudang data hanya boleh dibaca (kode 164: Cannot modify 'x' setting in readonly mode)"},
		{"memory", of(241, "would use 2 GiB: While executing Native\nmore"), "memori gudang data tidak cukup (kode 241: would use 2 GiB)"},
		{"table", of(60, "Unknown table expression identifier 'ppid' in scope SELECT "+list), "skema gudang data tidak cocok dengan program ini; jalankan gaung migrate (kode 60: Unknown table expression identifier 'ppid')"},
		{"other", of(469, "Constraint `c` is violated"), "gudang data menjawab kode 469: Constraint `c` is violated"},
		{"disk", of(75, "Cannot write to file, errno: 28, strerror: no space left on device"), "ruang disk gudang data habis (kode 75: Cannot write to file, errno: 28, strerror: no space left on device)"},
		{"broken off", fmt.Errorf("ingest: send: %w", io.ErrUnexpectedEOF), "sambungan ke gudang data terputus (unexpected EOF)"},
		{"full", fmt.Errorf("spool: %w", syscall.ENOSPC), "ruang disk gudang data habis (no space left on device)"},
		{"several", errors.Join(fmt.Errorf("a: %w", errors.New("b\nc")), errors.New("d")), "b c"},
	} {
		if got := cause(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

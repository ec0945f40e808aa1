package main

import (
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
)

// serveOverTCP stands the embedded engine of a directory up as a ClickHouse
// server on HTTP: it passes connections on to the directory's socket.
func serveOverTCP(t *testing.T, dir string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			engine, err := net.Dial("unix", filepath.Join(dir, "gaung.sock"))
			if err != nil {
				client.Close()
				return
			}
			go func() { io.Copy(engine, client); engine.Close() }()
			go func() { io.Copy(client, engine); client.Close() }()
		}
	}()
	return listener.Addr().String()
}

// TestServerMustBeMigratedByHand: a server's schema is changed by one command
// only; everything else names it and changes nothing.
func TestServerMustBeMigratedByHand(t *testing.T) {
	o := newOffice(t)
	owner := &program{environment: environment{}, logger: quietLogger()}
	owner.Warehouse, owner.Engine = "chdb:"+filepath.Join(o.dir, "server"), engineOfTests(t)
	w, err := owner.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	dsn := "http://" + serveOverTCP(t, filepath.Join(o.dir, "server")) + "/default"
	o.file("opd.csv", opdFile)

	for _, args := range [][]string{
		{"serve", "--listen", "127.0.0.1:0"}, {"report", "--month", "2026-01"}, {"import", "opd", "opd.csv"},
	} {
		out := o.must(exitFailed, append(args, "--warehouse", dsn)...)
		if !strings.Contains(out.stderr, "gaung migrate up") || strings.Count(strings.TrimSpace(out.stderr), "\n") != 0 {
			t.Errorf("%v: %q does not name the command in one line", args, out.stderr)
		}
	}
	status := document(t, o.must(exitDone, "migrate", "status", "--json", "--warehouse", dsn).stdout)
	if at(t, status, "current") != 0.0 {
		t.Errorf("the refused verbs changed the schema: %v", status)
	}
	o.must(exitDone, "migrate", "up", "--warehouse", dsn)
	o.must(exitDone, "import", "opd", "opd.csv", "--warehouse", dsn)
	report := document(t, o.must(exitDone, "report", "--month", "2026-01", "--warehouse", dsn).stdout)
	if n := len(at(t, report, "publication", "opd").([]any)); n != 3 {
		t.Errorf("the report over HTTP has %d OPD, want 3", n)
	}
}

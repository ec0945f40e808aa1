package warehouse_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaung/warehouse"
)

func count(t *testing.T, w *warehouse.Warehouse) (n uint64) {
	t.Helper()
	if err := w.Conn().QueryRow(t.Context(), "SELECT count() FROM shared").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

const createShared = "CREATE TABLE IF NOT EXISTS shared (n UInt64, text String) ENGINE = MergeTree ORDER BY n"

func TestSecondProcessWritesWhileTheFirstServes(t *testing.T) {
	dir := t.TempDir()
	w := openDir(t, warehouse.Options{DSN: "chdb:" + dir})
	if err := w.Conn().Exec(t.Context(), createShared); err != nil {
		t.Fatal(err)
	}
	second := start(t, "insert", dir)
	if err := second.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w); n != 1000 {
		t.Errorf("the first process sees %d rows of the second, want 1000", n)
	}
	info, err := os.Stat(filepath.Join(dir, "gaung.sock"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the socket's mode is %o, want 600", info.Mode().Perm())
	}
}

func TestTakeOverAfterKill(t *testing.T) {
	dir := t.TempDir()
	first := start(t, "hold", dir)
	w := openDir(t, warehouse.Options{DSN: "chdb:" + dir}) // a guest of the first process
	if err := w.Conn().Exec(t.Context(), createShared); err != nil {
		t.Fatal(err)
	}
	if err := w.Conn().Exec(t.Context(), "INSERT INTO shared SELECT number, 'x' FROM numbers(10)"); err != nil {
		t.Fatal(err)
	}
	// A query under way when the owner dies fails; it does not hang.
	running := make(chan error, 1)
	go func() {
		var n uint64
		running <- w.Conn().QueryRow(t.Context(), longQuery).Scan(&n)
	}()
	time.Sleep(200 * time.Millisecond)
	if err := first.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	first.Wait()
	select {
	case err := <-running:
		if err == nil {
			t.Error("a query of a killed owner succeeded")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("a query hangs after its owner was killed")
	}
	if _, err := os.Stat(filepath.Join(dir, "gaung.sock")); err != nil {
		t.Fatalf("the killed owner's socket should still lie there: %v", err)
	}
	if n := count(t, w); n != 10 {
		t.Errorf("%d rows after the take-over, want the 10 acknowledged ones", n)
	}
	// And the next process is a guest of ours.
	if err := start(t, "insert", dir).Wait(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w); n != 1010 {
		t.Errorf("%d rows after the third process wrote, want 1010", n)
	}
}

func TestStaleSocketDoesNoHarm(t *testing.T) {
	dir := t.TempDir()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, "gaung.sock"), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	listener.SetUnlinkOnClose(false)
	listener.Close()
	w := openDir(t, warehouse.Options{DSN: "chdb:" + dir})
	if err := w.Conn().Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCancelReachesTheOwner(t *testing.T) {
	dir := t.TempDir()
	start(t, "hold", dir)
	w := openDir(t, warehouse.Options{DSN: "chdb:" + dir})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	var n uint64
	if err := w.Conn().QueryRow(ctx, longQuery).Scan(&n); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v, want context.DeadlineExceeded", err)
	}
	waitForIdle(t, w)
	rows, err := w.Conn().Query(t.Context(), "SELECT number, throwIf(number = 3000000) FROM numbers(4000000) SETTINGS max_threads = 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	if code(rows.Err()) != 395 {
		t.Errorf("a failure in mid-stream came over the socket as %v, want code 395", rows.Err())
	}
}

func TestLongDirectoryName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("direktori-panjang/", 8))
	w := openDir(t, warehouse.Options{DSN: "chdb:" + dir})
	if err := w.Conn().Exec(t.Context(), createShared); err != nil {
		t.Fatal(err)
	}
	if err := start(t, "insert", dir).Wait(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w); n != 1000 {
		t.Errorf("%d rows, want 1000", n)
	}
}

func TestOneDirectoryPerProcess(t *testing.T) {
	first := openDir(t, warehouse.Options{})
	_, err := open(t.Context(), t.TempDir())
	var words *warehouse.Error
	if !errors.As(err, &words) || !strings.Contains(words.Words, "satu direktori") {
		t.Errorf("a second directory gave %v", err)
	}
	if err := first.Conn().Ping(t.Context()); err != nil {
		t.Errorf("the first directory suffers: %v", err)
	}
}

func TestReopenKeepsRows(t *testing.T) {
	dir := t.TempDir()
	for round := range 3 {
		w, err := open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Conn().Exec(t.Context(), createShared); err != nil {
			t.Fatal(err)
		}
		if err := w.Conn().Exec(t.Context(), fmt.Sprintf("INSERT INTO shared VALUES (%d, 'x')", round)); err != nil {
			t.Fatal(err)
		}
		if n := count(t, w); n != uint64(round+1) {
			t.Errorf("round %d sees %d rows", round, n)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "spool", "*")); err != nil || len(left) > 0 {
		t.Errorf("spooled rows are left behind: %v (%v)", left, err)
	}
}

package warehouse_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"gaung/warehouse"
)

// The tests start themselves again as a second process that uses the same
// directory; this variable tells that process what to do.
const roleVariable = "GAUNG_WAREHOUSE_TEST_ROLE"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		if err := play(role, os.Args[len(os.Args)-1]); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// play is the second process. "hold" opens the directory and stays until it is
// killed; "insert" writes a thousand rows and leaves.
func play(role, dir string) error {
	w, err := open(context.Background(), dir)
	if err != nil {
		return err
	}
	defer w.Close()
	switch role {
	case "hold":
		fmt.Println("ready")
		time.Sleep(time.Minute)
		return nil
	case "insert":
		batch, err := w.Conn().PrepareBatch(context.Background(), "INSERT INTO shared (n, text)")
		if err != nil {
			return err
		}
		for n := range 1000 {
			if err := batch.Append(uint64(n), "baris\nke "+fmt.Sprint(n)); err != nil {
				return err
			}
		}
		if err := batch.Send(); err != nil {
			return err
		}
		if maps, err := os.ReadFile("/proc/self/maps"); err == nil && bytes.Contains(maps, []byte("libchdb")) {
			return errors.New("a guest of the directory has loaded the engine")
		}
		fmt.Println("ready")
		return nil
	}
	return fmt.Errorf("unknown role %q", role)
}

func open(ctx context.Context, dir string) (*warehouse.Warehouse, error) {
	return warehouse.Open(ctx, warehouse.Options{DSN: "chdb:" + dir, Logger: slog.New(slog.DiscardHandler)})
}

// start runs a second process and waits until it says that it is ready.
func start(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^$", dir)
	command.Env = append(os.Environ(), roleVariable+"="+role)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if command.ProcessState == nil {
			command.Process.Kill()
			command.Wait()
		}
	})
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != "ready" {
		t.Fatalf("the second process said %q (%v)", line, err)
	}
	return command
}

// openDir opens a throw-away directory until the end of the test.
func openDir(t *testing.T, o warehouse.Options) *warehouse.Warehouse {
	t.Helper()
	if o.DSN == "" {
		o.DSN = "chdb:" + t.TempDir()
	}
	o.Logger = slog.New(slog.DiscardHandler)
	w, err := warehouse.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

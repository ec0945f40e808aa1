package warehouse_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaung/warehouse"
)

func TestOpenSaysWhatIsWrong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "berkas")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := free.Addr().String()
	free.Close()
	for _, c := range []struct {
		name    string
		options warehouse.Options
		words   []string
	}{
		{"no scheme", warehouse.Options{DSN: "data"}, []string{`"data"`, "chdb:DIREKTORI"}},
		{"unknown scheme", warehouse.Options{DSN: "postgres://u:rahasia@h/db"}, []string{"postgres://u:***@h/db", "clickhouse://"}},
		{"no directory", warehouse.Options{DSN: "chdb:"}, []string{"tidak menyebut direktori"}},
		{"no host", warehouse.Options{DSN: "clickhouse:///db"}, []string{"tidak dapat dibaca"}},
		{"bad cluster", warehouse.Options{DSN: "clickhouse://h/db?cluster=a'b"}, []string{"nama klaster"}},
		{"a file as directory", warehouse.Options{DSN: "chdb:" + file}, []string{file, "tidak dapat dibuat"}},
		{"missing engine", warehouse.Options{DSN: "chdb:" + t.TempDir(), Engine: "/tidak/ada/libchdb.so"}, []string{"/tidak/ada/libchdb.so", "--engine"}},
		{"broken engine", warehouse.Options{DSN: "chdb:" + t.TempDir(), Engine: file}, []string{file, "make engine"}},
		{"nobody there, native", warehouse.Options{DSN: "clickhouse://" + closed + "/db"}, []string{closed, "tidak dapat dihubungi"}},
		{"nobody there, http", warehouse.Options{DSN: "http://" + closed + "/db"}, []string{closed, "tidak dapat dihubungi"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, err := warehouse.Open(t.Context(), c.options)
			if err == nil {
				w.Close()
				t.Fatal("it opened")
			}
			var words *warehouse.Error
			if !errors.As(err, &words) {
				t.Fatalf("%v is not an error with words", err)
			}
			for _, word := range c.words {
				if !strings.Contains(words.Words, word) {
					t.Errorf("%q does not say %q", words.Words, word)
				}
			}
			if strings.Contains(words.Words, "\n") || strings.Contains(words.Words, "rahasia") {
				t.Errorf("words are not one line or tell a secret: %q", words.Words)
			}
		})
	}
}

// TestOldServersAreRefused stands up the greetings of a server of version
// 18.16, which Debian still ships, on both protocols.
func TestOldServersAreRefused(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("query") == "SELECT version()" {
			w.Write([]byte("18.16.1\n"))
			return
		}
		http.Error(w, "Code: 46, e.displayText() = DB::Exception: Unknown function displayName", http.StatusInternalServerError)
	}))
	defer web.Close()
	native := oldNativeServer(t)
	for _, dsn := range []string{
		"http://" + strings.TrimPrefix(web.URL, "http://") + "/default",
		"clickhouse://" + native + "/default",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		w, err := warehouse.Open(ctx, warehouse.Options{DSN: dsn})
		if err == nil {
			w.Close()
			t.Errorf("%s opened", dsn)
			continue
		}
		if !strings.Contains(err.Error(), "18.16") || !strings.Contains(err.Error(), "24.8") {
			t.Errorf("%s: %v; want the server's version and the one that is needed", dsn, err)
		}
	}
}

// oldNativeServer greets like a server of version 18.16 (revision 54412).
func oldNativeServer(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				reader := bufio.NewReader(conn)
				if _, err := reader.ReadByte(); err != nil {
					return
				}
				text := func(out []byte, s string) []byte {
					return append(binary.AppendUvarint(out, uint64(len(s))), s...)
				}
				hello := []byte{0} // the packet ServerHello
				hello = text(hello, "ClickHouse")
				for _, n := range []uint64{18, 16, 54412} {
					hello = binary.AppendUvarint(hello, n)
				}
				hello = text(hello, "UTC")  // since revision 54058
				hello = text(hello, "lama") // display name, since revision 54372
				hello = binary.AppendUvarint(hello, 1)
				conn.Write(hello)
				time.Sleep(5 * time.Second)
			}()
		}
	}()
	return listener.Addr().String()
}

package dashboard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// pushed is what an intake was given.
type pushed struct {
	kind, token, contentType, key string
	size                          int
	err                           error
}

// serveIntake serves an intake on a real connection: bodies that stream do not
// exist on Fiber's test connection.
func serveIntake(t *testing.T, intake Intake, log io.Writer) string {
	t.Helper()
	s := newFixture(t, fixtureReports(), func(o *Options) {
		o.Intake = intake
		o.Logger = slog.New(slog.NewTextHandler(log, nil))
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() { stopped <- s.serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	})
	return "http://" + ln.Addr().String()
}

// push sends a body and reads the answer.
func push(t *testing.T, url string, body io.Reader, headers map[string]string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer), resp.Header
}

var withToken = map[string]string{"Authorization": "Bearer rahasia-1", "Content-Type": "text/csv", "Idempotency-Key": "2026-11-05/1"}

func TestIntakeHandsOnWhatCame(t *testing.T) {
	var got pushed
	url := serveIntake(t, func(_ context.Context, kind, token, contentType, key string, body io.Reader) (any, int, error) {
		n, err := io.Copy(io.Discard, body)
		got = pushed{kind, token, contentType, key, int(n), err}
		return map[string]int{"accepted": 2}, fiber.StatusOK, err
	}, io.Discard)
	for _, size := range []int{0, 10, 100_000, 5 << 20} {
		status, answer, _ := push(t, url+"/api/v1/ingest/ppid", strings.NewReader(strings.Repeat("x", size)), withToken)
		if status != 200 || answer != `{"accepted":2}` {
			t.Errorf("%d bytes: %d %s", size, status, answer)
		}
		if want := (pushed{"ppid", "rahasia-1", "text/csv", "2026-11-05/1", size, nil}); got != want {
			t.Errorf("%d bytes: handed on %+v, want %+v", size, got, want)
		}
	}
	// A body whose length is not announced.
	status, _, _ := push(t, url+"/api/v1/ingest/articles", io.MultiReader(strings.NewReader("a,b\n"), strings.NewReader(strings.Repeat("1,2\n", 50_000))), withToken)
	if status != 200 || got.kind != "articles" || got.size != 200_004 {
		t.Errorf("chunked: %d, %+v", status, got)
	}
}

// The body reaches the intake while it is still being sent.
func TestIntakeStreams(t *testing.T) {
	begun := make(chan string, 1)
	url := serveIntake(t, func(_ context.Context, _, _, _, _ string, body io.Reader) (any, int, error) {
		first := make([]byte, 5)
		if _, err := io.ReadFull(body, first); err != nil {
			return nil, 0, err
		}
		begun <- string(first)
		_, err := io.Copy(io.Discard, body)
		return fiber.Map{}, fiber.StatusOK, err
	}, io.Discard)
	reader, writer := io.Pipe()
	go func() {
		// More than is held back before the handler runs.
		_, _ = writer.Write([]byte(strings.Repeat("first", headerLimit)))
		<-begun // without streaming this never comes, and the test times out
		_, _ = writer.Write([]byte("last"))
		_ = writer.Close()
	}()
	if status, answer, _ := push(t, url+"/api/v1/ingest/ppid", reader, withToken); status != 200 {
		t.Errorf("%d %s", status, answer)
	}
}

func TestIntakeRefuses(t *testing.T) {
	var log bytes.Buffer
	calls := 0
	url := serveIntake(t, func(_ context.Context, kind, token, _, _ string, body io.Reader) (any, int, error) {
		calls++
		switch {
		case token != "rahasia-1":
			return nil, fiber.StatusForbidden, errors.New("token ini tidak dikenal")
		case kind == "rusak":
			return nil, 0, errors.New("SELECT secret FROM tokens")
		case kind == "nanti":
			return nil, fiber.StatusServiceUnavailable, errors.New("SELECT busy")
		case kind == "bekas":
			return nil, fiber.StatusConflict, errors.New("kunci sudah dipakai")
		case kind == "lama":
			return nil, fiber.StatusUnauthorized, errors.New("token dicabut")
		case kind == "apa":
			return nil, fiber.StatusNotFound, errors.New("jenis apa tidak ada; pilih articles atau ppid")
		case kind == "panik":
			panic("index out of range")
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return nil, fiber.StatusBadRequest, fmt.Errorf("ingest: read: %w", err)
		}
		return fiber.Map{"accepted": 0}, fiber.StatusUnprocessableEntity, nil
	}, &log)
	big := func() io.Reader { return bytes.NewReader(make([]byte, intakeLimit+1)) }
	for _, c := range []struct {
		name, path string
		body       io.Reader
		headers    map[string]string
		status     int
		code       string
	}{
		{"no token", "ppid", strings.NewReader("x"), nil, 401, "unauthorized"},
		{"empty token", "ppid", strings.NewReader("x"), map[string]string{"Authorization": "Bearer "}, 401, "unauthorized"},
		{"other scheme", "ppid", strings.NewReader("x"), map[string]string{"Authorization": "Basic eDp5"}, 401, "unauthorized"},
		{"unknown token", "ppid", strings.NewReader("x"), map[string]string{"Authorization": "bearer salah"}, 403, "forbidden"},
		{"unknown kind", "apa", strings.NewReader("x"), withToken, 404, "unknown_kind"},
		{"later", "nanti", strings.NewReader("x"), withToken, 503, "unavailable"},
		{"used key", "bekas", strings.NewReader("x"), withToken, 409, "conflict"},
		{"revoked token", "lama", strings.NewReader("x"), withToken, 401, "unauthorized"},
		{"long key", "ppid", strings.NewReader("x"), map[string]string{"Authorization": "Bearer rahasia-1", "Idempotency-Key": strings.Repeat("k", 201)}, 400, "bad_value"},
		{"too large, announced", "ppid", big(), withToken, 413, "too_large"},
		{"too large, not announced", "ppid", io.MultiReader(big()), withToken, 413, "too_large"},
		{"broken", "rusak", strings.NewReader("x"), withToken, 500, "internal"},
		{"panic", "panik", strings.NewReader("x"), withToken, 500, "internal"},
	} {
		status, answer, header := push(t, url+"/api/v1/ingest/"+c.path, c.body, c.headers)
		var e apiError
		if err := json.Unmarshal([]byte(answer), &e); err != nil || status != c.status || e.Error.Code != c.code || e.Error.Message == "" {
			t.Errorf("%s: %d %s", c.name, status, answer)
		}
		if strings.Contains(answer, "SELECT") || strings.Contains(answer, "index out of range") {
			t.Errorf("%s: the answer shows internals: %s", c.name, answer)
		}
		if (status == 401) != (header.Get("WWW-Authenticate") != "") {
			t.Errorf("%s: WWW-Authenticate %q", c.name, header.Get("WWW-Authenticate"))
		}
	}
	if status, answer, _ := push(t, url+"/api/v1/ingest/ppid", strings.NewReader("x"), withToken); status != 422 || answer != `{"accepted":0}` {
		t.Errorf("an answer with its own status: %d %s", status, answer)
	}
	if !strings.Contains(log.String(), "SELECT secret") {
		t.Error("the log lacks the error")
	}
	if strings.Contains(log.String(), "rahasia-1") {
		t.Error("the log holds a token")
	}
	if calls != 9 {
		t.Errorf("the intake was called %d times; requests without token or over the limit must not reach it", calls)
	}
}

// Exactly the limit passes.
func TestIntakeLimit(t *testing.T) {
	for _, c := range []struct {
		size int
		err  error
	}{{9, nil}, {10, nil}, {11, errTooLarge}, {1000, errTooLarge}} {
		body := &limitedBody{from: strings.NewReader(strings.Repeat("x", c.size)), left: 10}
		got, err := io.ReadAll(body)
		if !errors.Is(err, c.err) || len(got) != min(c.size, 10) {
			t.Errorf("%d bytes: read %d, %v", c.size, len(got), err)
		}
	}
}

// Nothing else takes a POST, and without an intake not even this does.
func TestOnlyIntakeTakesPosts(t *testing.T) {
	url := serveIntake(t, func(context.Context, string, string, string, string, io.Reader) (any, int, error) {
		return fiber.Map{}, 200, nil
	}, io.Discard)
	paths := []string{"/healthz", "/progress", "/api/v1/report", "/api/v1/health/sources", "/api/v1/ingest", "/api/v1/ingest/a/b", "/report.csv"}
	for _, p := range pages() {
		paths = append(paths, at(p))
	}
	for _, path := range paths {
		if status, _, _ := push(t, url+path, strings.NewReader("x"), withToken); status != 404 && status != 405 {
			t.Errorf("POST %s: %d", path, status)
		}
	}
	none := serveIntake(t, nil, io.Discard)
	if status, answer, _ := push(t, none+"/api/v1/ingest/ppid", strings.NewReader("x"), withToken); status != 404 || !strings.Contains(answer, "not_found") {
		t.Errorf("without an intake: %d %s", status, answer)
	}
	resp, err := http.Get(url + "/api/v1/ingest/ppid")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != 405 || resp.Header.Get("Allow") != "POST" {
		t.Errorf("GET of the intake: %d, Allow %q", resp.StatusCode, resp.Header.Get("Allow"))
	}
}

package dashboard

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gaung/metrics"
	"gaung/warehouse/region"
)

func TestNewNeedsReportsAndRegions(t *testing.T) {
	if _, err := New(Options{}); err == nil {
		t.Error("New without Reports and Regions succeeded")
	}
	if _, err := New(fixtureOptions(fixtureReports())); err != nil {
		t.Errorf("New: %v", err)
	}
}

func TestSecurityHeaders(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for _, path := range []string{"/", "/api/v1/report", "/report.xlsx", "/report.csv", "/healthz", "/progress", "/nowhere", "/?month=x", s.assets.byName["app.css"].url} {
		resp, _ := get(t, s, path)
		if got := resp.Header.Get("Content-Security-Policy"); got != contentPolicy {
			t.Errorf("%s: content policy %q", path, got)
		}
		if got := resp.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", path, got)
		}
		if got := resp.Header.Get("X-Request-ID"); len(got) != 8 {
			t.Errorf("%s: request id %q", path, got)
		}
	}
	for _, unsafe := range []string{"unsafe-inline", "unsafe-eval", "http:", "*"} {
		if strings.Contains(contentPolicy, unsafe) {
			t.Errorf("content policy allows %s", unsafe)
		}
	}
}

func TestHostCheck(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for host, want := range map[string]int{
		"localhost":          200,
		"localhost:8080":     200,
		"LOCALHOST:8080":     200,
		"127.0.0.1:9":        200,
		"127.8.8.8":          200,
		"[::1]:8080":         200,
		"[::1]":              200,
		"gaung.example":      421,
		"gaung.example:8080": 421,
		"10.0.0.1:8080":      421,
		"localhost.example":  421,
		"0.0.0.0:8080":       421,
	} {
		req := httptest.NewRequest(http.MethodGet, "/healthz", nil)
		req.Host = host
		if resp, body := do(t, s, req); resp.StatusCode != want {
			t.Errorf("Host %s: status %d, want %d: %s", host, resp.StatusCode, want, body)
		}
	}
}

// The request line may name another host than the header; neither may be foreign.
func TestHostCheckOfAbsoluteAddress(t *testing.T) {
	ln, err := bind(context.Background(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := newFixture(t, fixtureReports(), nil)
	go func() { _ = s.serve(ctx, ln) }()
	for request, want := range map[string]string{
		"GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n":     "HTTP/1.1 200 OK\r\n",
		"GET http://gaung.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n": "HTTP/1.1 421 Misdirected Request\r\n",
		"GET http://localhost/healthz HTTP/1.1\r\nHost: gaung.example\r\n\r\n": "HTTP/1.1 421 Misdirected Request\r\n",
	} {
		conn, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(request)); err != nil {
			t.Fatal(err)
		}
		got, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", request, got, err, want)
		}
		_ = conn.Close()
	}
}

func TestBadAddresses(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for _, query := range []string{
		"month=2026-13", "month=kemarin", "month=2026-10-01", "month=" + strings.Repeat("9", 500), "month=%3Cscript%3E",
		"region=zz", "region=19.7199", "as_of=5-11-2026", "as_of=2026-02-30", "month=2027-01",
	} {
		resp, body := get(t, s, "/?"+query)
		if resp.StatusCode != http.StatusBadRequest {
			t.Errorf("/?%s: status %d, want 400", query, resp.StatusCode)
		}
		if !strings.Contains(body, "<h1>Alamat halaman tidak dapat dipahami</h1>") || strings.Contains(body, "<script>") {
			t.Errorf("/?%s: not the page for bad addresses", query)
		}
		for _, path := range []string{"/api/v1/report?", "/report.csv?", "/report.xlsx?"} {
			if resp, _ := get(t, s, path+query); resp.StatusCode != http.StatusBadRequest {
				t.Errorf("%s%s: status %d, want 400", path, query, resp.StatusCode)
			}
		}
		var e apiError
		_, answer := get(t, s, "/api/v1/report?"+query)
		if err := json.Unmarshal([]byte(answer), &e); err != nil || e.Error.Code == "" || e.Error.Message == "" {
			t.Errorf("/api/v1/report?%s: %s", query, answer)
		}
	}
	if resp, body := get(t, s, "/report.csv?metric=rahasia"); resp.StatusCode != 400 || !strings.Contains(body, "publikasi, ppid, pengaduan") {
		t.Errorf("unknown CSV table: %d", resp.StatusCode)
	}
}

// An error of the warehouse holds SQL and addresses; none of it may be shown,
// all of it must be logged under the id that the visitor can read out.
func TestErrorsKeepInternalsInTheLog(t *testing.T) {
	secret := errors.New("code: 62, DB::Exception: SELECT password FROM accounts at 10.1.2.3:9000")
	for _, path := range []string{"/", "/publikasi", "/tren", "/paparan", "/api/v1/report", "/api/v1/health/sources", "/report.xlsx", "/report.csv", "/healthz"} {
		var log bytes.Buffer
		s := newFixture(t, &fakeReports{err: secret}, func(o *Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		resp, body := get(t, s, path)
		if resp.StatusCode < 500 {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
		for _, word := range []string{"SELECT", "Exception", "10.1.2.3", "dashboard:", ".go"} {
			if strings.Contains(body, word) {
				t.Errorf("%s: the answer shows %q", path, word)
			}
		}
		id := resp.Header.Get("X-Request-ID")
		if !strings.Contains(log.String(), "SELECT password") || !strings.Contains(log.String(), id) {
			t.Errorf("%s: the log lacks the error or its id %s: %s", path, id, log.String())
		}
		if path == "/" && !strings.Contains(body, id) {
			t.Errorf("the error page does not show the id %s", id)
		}
	}
}

// panicReports fails the way a programming error does.
type panicReports struct{ *fakeReports }

func (panicReports) Report(context.Context, metrics.Query) (*metrics.Report, error) {
	panic("index out of range [7]")
}

func (panicReports) Series(context.Context, metrics.Query, int) (*metrics.Series, error) {
	panic("index out of range [7]")
}

func TestPanicBecomesErrorPage(t *testing.T) {
	var log bytes.Buffer
	s := newFixture(t, panicReports{fixtureReports()}, func(o *Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	for _, path := range []string{"/", "/tren", "/ppid/tahun"} {
		resp, body := get(t, s, path)
		if resp.StatusCode != 500 || strings.Contains(body, "index out of range") || !strings.Contains(body, "Ada yang rusak") {
			t.Errorf("%s: panic: %d %s", path, resp.StatusCode, body)
		}
	}
	if !strings.Contains(log.String(), "index out of range [7]") || !strings.Contains(log.String(), "server_test.go") {
		t.Error("the log lacks the panic or its stack")
	}
}

func TestTimeoutHasItsOwnWords(t *testing.T) {
	s := newFixture(t, &fakeReports{err: context.DeadlineExceeded}, nil)
	if resp, body := get(t, s, "/"); resp.StatusCode != http.StatusGatewayTimeout || !strings.Contains(body, "tidak menjawab sampai batas waktu") {
		t.Errorf("timeout: %d", resp.StatusCode)
	}
}

func TestUnknownPathsAndMethods(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	if resp, body := get(t, s, "/tidak-ada"); resp.StatusCode != 404 || !strings.Contains(body, "Halaman tidak ada") {
		t.Errorf("unknown path: %d", resp.StatusCode)
	}
	if resp, body := get(t, s, "/api/v2/x"); resp.StatusCode != 404 || !strings.HasPrefix(body, `{"error":{"code":"not_found"`) {
		t.Errorf("unknown API path: %d %s", resp.StatusCode, body)
	}
	resp, _ := do(t, s, request(http.MethodPost, "/"))
	if resp.StatusCode != 405 && resp.StatusCode != 404 {
		t.Errorf("POST /: %d", resp.StatusCode)
	}
	for _, path := range []string{assetPrefix + "../dashboard.go", assetPrefix + "..%2f..%2fgo.mod", assetPrefix + "app.css", assetPrefix + "000000000000/app.css", assetPrefix + "vendor/NOTICE"} {
		if resp, _ := get(t, s, path); resp.StatusCode != 404 {
			t.Errorf("%s: %d, want 404", path, resp.StatusCode)
		}
	}
}

func TestAssets(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	total := 0
	for name, a := range s.assets.byName {
		req := request(http.MethodGet, a.url)
		resp, plain := do(t, s, req)
		if resp.StatusCode != 200 || resp.Header.Get("Content-Encoding") != "" || plain != string(a.plain) {
			t.Errorf("%s plain: %d %q", name, resp.StatusCode, resp.Header.Get("Content-Encoding"))
		}
		if got := resp.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		req.Header.Set("Accept-Encoding", "br, gzip")
		resp, small := do(t, s, req)
		if resp.Header.Get("Content-Encoding") != "gzip" || small != string(a.gzipped) {
			t.Errorf("%s gzipped: %q", name, resp.Header.Get("Content-Encoding"))
		}
		total += len(small)
	}
	req := request(http.MethodGet, "/")
	req.Header.Set("Accept-Encoding", "gzip")
	resp, page := do(t, s, req)
	if resp.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("page: Content-Encoding %q", resp.Header.Get("Content-Encoding"))
	}
	if total += len(page); total > 450<<10 {
		t.Errorf("first load is %d bytes compressed, want at most 450 KiB", total)
	}
	if len(page) > 40<<10 {
		t.Errorf("page is %d bytes compressed, want at most 40 KiB", len(page))
	}
	if _, err := s.assets.URL("missing.js"); err == nil {
		t.Error("a missing asset has a URL")
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "br;q=1, GZIP;q=0.5": true, "gzip;q=0": false, "gzip; q=0": false, "gzip;q=0.000": false, "br": false, "gzip;q=0.01": true,
	} {
		if got := acceptsGzip(header); got != want {
			t.Errorf("acceptsGzip(%q) = %v", header, got)
		}
	}
}

func TestHealth(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	if resp, body := get(t, s, "/healthz"); resp.StatusCode != 200 || body != `{"status":"ok","version":"0.1.0"}` {
		t.Errorf("healthy: %d %s", resp.StatusCode, body)
	}
	s = newFixture(t, &fakeReports{err: errors.New("down")}, nil)
	if resp, _ := get(t, s, "/healthz"); resp.StatusCode != 503 {
		t.Errorf("unreachable warehouse: %d", resp.StatusCode)
	}
}

func TestCheckLoopback(t *testing.T) {
	for addr, ok := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:0": true, "[::1]:8080": true, "127.9.9.9:1": true,
		"0.0.0.0:8080": false, ":8080": false, "[::]:8080": false, "192.168.1.5:8080": false, "gaung.example:80": false,
		"127.0.0.1": false, "127.0.0.1:http": false, "127.0.0.1:70000": false, "": false,
	} {
		err := CheckLoopback(addr)
		if (err == nil) != ok {
			t.Errorf("CheckLoopback(%q) = %v", addr, err)
		}
		var words *AddressError
		if err != nil && (!errors.As(err, &words) || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "--listen")) {
			t.Errorf("CheckLoopback(%q): %v", addr, err)
		}
	}
	if err := CheckLoopback("0.0.0.0:8080"); err == nil || !strings.Contains(err.Error(), "tanpa akun") {
		t.Errorf("the reason is missing: %v", err)
	}
}

func TestListenOnTakenPort(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	addr := ln.Addr().String()
	err = newFixture(t, fixtureReports(), nil).Listen(context.Background(), addr)
	want := "alamat " + addr + " sudah dipakai program lain; pilih yang lain dengan --listen " + nextPort(addr)
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if err := newFixture(t, fixtureReports(), nil).Listen(context.Background(), "0.0.0.0:0"); err == nil {
		t.Error("Listen on every interface succeeded")
	}
}

func TestNextPort(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:8080": "127.0.0.1:8081", "[::1]:9": "[::1]:10", "127.0.0.1:65535": "127.0.0.1:8081", "x": "127.0.0.1:8081",
	} {
		if got := nextPort(addr); got != want {
			t.Errorf("nextPort(%q) = %q, want %q", addr, got, want)
		}
	}
}

func TestListenServesAndStops(t *testing.T) {
	ln, err := bind(context.Background(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := newFixture(t, fixtureReports(), nil)
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() { stopped <- s.serve(ctx, ln) }()
	resp, err := http.Get("http://" + ln.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("status %d", resp.StatusCode)
	}
	cancel()
	select {
	case err := <-stopped:
		if err != nil {
			t.Errorf("stop: %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the server did not stop")
	}
	if _, err := net.DialTimeout("tcp", ln.Addr().String(), time.Second); err == nil {
		t.Error("the port is still open")
	}
}

func TestUnknownRegionOfWarehouse(t *testing.T) {
	reports := fixtureReports()
	reports.codes = []string{"00.00"}
	s := newFixture(t, reports, func(o *Options) { o.Regions = region.Builtin() })
	if resp, body := get(t, s, "/"); resp.StatusCode != 400 || !strings.Contains(body, "00.00") {
		t.Errorf("region without a name: %d", resp.StatusCode)
	}
}

// A request that cannot be read has no route; it is answered like any other
// mistake and does not end the program.
func TestUnreadableRequest(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := newFixture(t, fixtureReports(), nil).App()
	stopped := make(chan error, 1)
	go func() { stopped <- app.Listener(listener) }()
	for range 2 {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte("GET / HTTP/1.1\r\nContent-Length: banyak\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "HTTP/1.1 4") {
			t.Errorf("answered %q, %v", line, err)
		}
		_ = conn.Close()
	}
	// The server reads on for a while from a connection that it refused.
	if err := app.ShutdownWithTimeout(time.Second); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

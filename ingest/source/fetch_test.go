package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestGetSendsValidatorsAndUserAgent(t *testing.T) {
	const etag, stamp = `W/"abc-1"`, "Thu, 15 Oct 2026 02:30:00 GMT"
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("User-Agent"); got != "Gaung/1.2.3 (+kominfo@contohkab.example)" {
			t.Errorf("User-Agent = %q", got)
		}
		if r.Header.Get("If-None-Match") == etag && r.Header.Get("If-Modified-Since") == stamp {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", etag)
		w.Header().Set("Last-Modified", stamp)
		io.WriteString(w, "isi")
	})
	f := newTestFetcher(t)
	first, err := f.Get(context.Background(), request(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	gotTag, gotStamp := first.Validators()
	if string(first.Body) != "isi" || first.NotModified || gotTag != etag || gotStamp != stamp {
		t.Fatalf("first = %q, %v, %q, %q", first.Body, first.NotModified, gotTag, gotStamp)
	}
	again := request(server.URL)
	again.ETag, again.LastModified = gotTag, gotStamp
	second, err := f.Get(context.Background(), again)
	if err != nil {
		t.Fatal(err)
	}
	if !second.NotModified || len(second.Body) != 0 {
		t.Errorf("second = %v, %q", second.NotModified, second.Body)
	}
}

func TestValidatorsAreNotKeptWhenForbidden(t *testing.T) {
	for name, value := range map[string]string{"Expires": "0", "Cache-Control": "No-Store"} {
		r := Response{Header: http.Header{"Etag": {`"a"`}, "Last-Modified": {"x"}}}
		r.Header.Set(name, value)
		if etag, modified := r.Validators(); etag != "" || modified != "" {
			t.Errorf("%s: kept %q, %q", name, etag, modified)
		}
	}
}

func TestGetTriesAgainOnlyWhereItHelps(t *testing.T) {
	cases := []struct {
		status, tries int
		reason        string
	}{
		{400, 1, "http_400"},
		{401, 1, "http_401"},
		{403, 1, "http_403"},
		{404, 1, "http_404"},
		{410, 1, "http_410"},
		{408, 3, "http_408"},
		{425, 3, "http_425"},
		{429, 3, "http_429"},
		{500, 3, "http_5xx"},
		{503, 3, "http_5xx"},
		{304, 1, "http_304"},
	}
	for _, c := range cases {
		t.Run(strconv.Itoa(c.status), func(t *testing.T) {
			var tries atomic.Int32
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				tries.Add(1)
				w.WriteHeader(c.status)
			})
			_, err := newTestFetcher(t).Get(context.Background(), request(server.URL))
			if f := wantFailure(t, err, c.reason); f.HTTPStatus != c.status {
				t.Errorf("HTTPStatus = %d", f.HTTPStatus)
			}
			if int(tries.Load()) != c.tries {
				t.Errorf("tries = %d, want %d", tries.Load(), c.tries)
			}
		})
	}
}

func TestGetRecovers(t *testing.T) {
	var tries atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if tries.Add(1) < 3 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		io.WriteString(w, "pulih")
	})
	response, err := newTestFetcher(t).Get(context.Background(), request(server.URL))
	if err != nil || string(response.Body) != "pulih" {
		t.Fatalf("got %v, %v", response, err)
	}
}

func TestGetHonoursRetryAfter(t *testing.T) {
	var times []time.Time
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		times = append(times, time.Now())
		if len(times) == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	if _, err := newTestFetcher(t).Get(context.Background(), request(server.URL)); err != nil {
		t.Fatal(err)
	}
	if len(times) != 2 || times[1].Sub(times[0]) < time.Second {
		t.Errorf("asked at %v, want two times a second apart", times)
	}
}

func TestGetGivesUpOnLongRetryAfter(t *testing.T) {
	var tries int
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		tries++
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	_, err := newTestFetcher(t).Get(context.Background(), request(server.URL))
	f := wantFailure(t, err, "http_5xx")
	if tries != 1 || f.RetryAfter != time.Hour {
		t.Errorf("tries = %d, RetryAfter = %v", tries, f.RetryAfter)
	}
}

func TestRetryAfter(t *testing.T) {
	cases := map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-5": 0, "nanti": 0, "99999999999": maxRetryAfter, "999999999999999999999": 0,
		testNow.Add(90 * time.Second).Format(http.TimeFormat): 90 * time.Second,
		testNow.Add(-time.Hour).Format(http.TimeFormat):       0,
	}
	for value, want := range cases {
		if got := retryAfter(http.Header{"Retry-After": {value}}, testNow); got != want {
			t.Errorf("retryAfter(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestGetFollowsRedirects(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		step, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		switch {
		case r.URL.Path == "/loop":
			http.Redirect(w, r, "/back", http.StatusFound)
		case r.URL.Path == "/back":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case r.URL.Path == "/file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case step > 0:
			http.Redirect(w, r, "/"+strconv.Itoa(step-1), http.StatusMovedPermanently)
		default:
			io.WriteString(w, "tiba")
		}
	})
	f := newTestFetcher(t)
	response, err := f.Get(context.Background(), request(server.URL+"/5"))
	if err != nil {
		t.Fatal(err)
	}
	if string(response.Body) != "tiba" || response.URL.Path != "/0" {
		t.Errorf("got %q at %s", response.Body, response.URL)
	}
	for path, words := range map[string]string{"/6": "lebih dari 5 kali", "/loop": "berputar-putar", "/file": "bukan http"} {
		_, err := f.Get(context.Background(), request(server.URL+path))
		if failure := wantFailure(t, err, ReasonRedirect); !strings.Contains(failure.Words, words) {
			t.Errorf("%s: words = %q, want %q in them", path, failure.Words, words)
		}
	}
}

// TestGetRefusesPrivateAddressesAfterRedirect lets one public name reach the
// test server, and dials everything else with the real guard.
func TestGetRefusesPrivateAddressesAfterRedirect(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		io.WriteString(w, "umum")
	})
	port := server.URL[strings.LastIndex(server.URL, ":")+1:]
	f := newTestFetcher(t)
	guarded := guardedDialer(false)
	f.public = newClient(func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == "situs.contohkab.example:80" {
			var plain net.Dialer
			return plain.DialContext(ctx, network, server.Listener.Addr().String())
		}
		return guarded(ctx, network, address)
	})
	public := Request{URL: "http://situs.contohkab.example/", RatePerSecond: 1000}
	if response, err := f.Get(context.Background(), public); err != nil || string(response.Body) != "umum" {
		t.Fatalf("public address: %v, %v", response, err)
	}
	for _, target := range []string{
		"http://169.254.169.254/latest/meta-data/", "http://[::1]:" + port + "/", "http://127.0.0.1:" + port + "/",
		"http://localhost:" + port + "/", "http://10.0.0.1/", "http://192.168.1.1/", "http://[fd00::1]/", "http://100.64.0.1/",
		"http://0.0.0.0:" + port + "/", "http://[::ffff:127.0.0.1]:" + port + "/", "http://[fe80::1]/",
	} {
		r := public
		r.URL += "?to=" + target
		_, err := f.Get(context.Background(), r)
		wantFailure(t, err, ReasonPrivateAddress)
	}
	// The same server directly: refused, and allowed only on request.
	r := Request{URL: server.URL, RatePerSecond: 1000}
	_, err := f.Get(context.Background(), r)
	if failure := wantFailure(t, err, ReasonPrivateAddress); !strings.Contains(failure.Words, "allow_private: true") {
		t.Errorf("words = %q", failure.Words)
	}
	r.AllowPrivate = true
	if _, err := f.Get(context.Background(), r); err != nil {
		t.Errorf("with AllowPrivate: %v", err)
	}
	// And never the metadata service.
	r.URL = "http://169.254.169.254/"
	_, err = f.Get(context.Background(), r)
	if failure := wantFailure(t, err, ReasonPrivateAddress); strings.Contains(failure.Words, "allow_private") {
		t.Errorf("words promise what does not work: %q", failure.Words)
	}
}

func TestGetLimitsSize(t *testing.T) {
	var bomb bytes.Buffer
	writer := gzip.NewWriter(&bomb)
	if _, err := io.Copy(writer, io.LimitReader(zeros{}, 64<<20)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/bomb":
			if r.Header.Get("Accept-Encoding") != "gzip" {
				t.Error("gzip is not asked for")
			}
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		case "/exact":
			io.Copy(w, io.LimitReader(zeros{}, 10<<20))
		default:
			io.Copy(w, io.LimitReader(zeros{}, 10<<20+1))
		}
	})
	f := newTestFetcher(t)
	for _, path := range []string{"/bomb", "/large"} {
		_, err := f.Get(context.Background(), request(server.URL+path))
		if failure := wantFailure(t, err, ReasonTooLarge); !strings.Contains(failure.Words, "10 MB") {
			t.Errorf("words = %q", failure.Words)
		}
	}
	response, err := f.Get(context.Background(), request(server.URL+"/exact"))
	if err != nil || len(response.Body) != 10<<20 {
		t.Errorf("exactly the limit: %v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestGetTimesOut(t *testing.T) {
	release := make(chan struct{})
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "<rss>")
		w.(http.Flusher).Flush()
		<-release
	})
	defer close(release)
	f := newTestFetcher(t, func(o *FetcherOptions) { o.Timeout, o.MaxTries = 50*time.Millisecond, 1 })
	_, err := f.Get(context.Background(), request(server.URL))
	wantFailure(t, err, ReasonTimeout)
}

func TestGetReportsTLSAndRefusedAndCut(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	f := newTestFetcher(t)
	_, err := f.Get(context.Background(), request(secure.URL))
	if failure := wantFailure(t, err, ReasonTLS); !strings.Contains(failure.Words, "pihak yang tidak dikenal") {
		t.Errorf("words = %q", failure.Words)
	}
	plain := serve(t, http.NotFound)
	_, err = f.Get(context.Background(), request(strings.Replace(plain.URL, "http:", "https:", 1)))
	wantFailure(t, err, ReasonTLS)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	_, err = f.Get(context.Background(), request("http://"+address))
	wantFailure(t, err, ReasonRefused)

	cut := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, "setengah")
	})
	_, err = f.Get(context.Background(), request(cut.URL))
	wantFailure(t, err, ReasonConnection)

	_, err = f.Get(context.Background(), request("ftp://situs.example/"))
	wantFailure(t, err, ReasonBadURL)
}

func TestClassifyDNS(t *testing.T) {
	f := classifyNetwork(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "salah.example", IsNotFound: true}}, "salah.example", time.Second)
	if f.Reason != ReasonDNS || f.temporary() || !strings.Contains(f.Words, "salah.example tidak ditemukan") {
		t.Errorf("not found: %+v", f)
	}
	f = classifyNetwork(&net.DNSError{Err: "i/o timeout", Name: "a.example", IsTimeout: true}, "a.example", time.Second)
	if f.Reason != ReasonDNS || !f.temporary() {
		t.Errorf("resolver down: %+v", f)
	}
}

func TestGetKeepsCancellationApart(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := newTestFetcher(t).Get(ctx, request(server.URL))
	var failure *Failure
	if !errors.Is(err, context.Canceled) || errors.As(err, &failure) {
		t.Errorf("error = %v, want a plain cancellation", err)
	}
	// A deadline shorter than the host's turn is the caller's as well.
	f := newTestFetcher(t)
	slow := Request{URL: server.URL, AllowPrivate: true, RatePerSecond: 0.01}
	f.hosts.of(strings.TrimPrefix(server.URL, "http://"), 0.01).Allow()
	short, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	if _, err := f.Get(short, slow); !errors.Is(err, context.DeadlineExceeded) || errors.As(err, &failure) {
		t.Errorf("error = %v, want the caller's deadline", err)
	}
}

func TestOneLimiterPerHost(t *testing.T) {
	var times []time.Time
	server := serve(t, func(w http.ResponseWriter, r *http.Request) { times = append(times, time.Now()) })
	f := newTestFetcher(t)
	for _, path := range []string{"/a", "/b", "/c"} {
		r := request(server.URL + path)
		r.RatePerSecond = 20
		if _, err := f.Get(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	if took := times[2].Sub(times[0]); took < 90*time.Millisecond {
		t.Errorf("three requests in %v, want 100 ms at 20 per second", took)
	}
	l := newLimiters()
	if a, b := l.of("A.example:80", 5), l.of("a.example:80", 1); a != b || a.Limit() != 1 {
		t.Error("one host has two limiters, or the slower limit does not win")
	}
	if l.of("a.example:80", 9).Limit() != 1 {
		t.Error("a faster source speeds its host up")
	}
}

func TestProxyOfEnvironmentIsIgnored(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	f := newTestFetcher(t)
	if f.public.Transport.(*http.Transport).Proxy != nil || f.intranet.Transport.(*http.Transport).Proxy != nil {
		t.Error("a proxy function is set")
	}
}

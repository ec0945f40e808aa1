package delivery

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// gateway is an HTTP server that keeps requests and answers as it is told.
type gateway struct {
	*httptest.Server
	mu     sync.Mutex
	calls  []call
	answer func(n int, w http.ResponseWriter, r *http.Request)
}

type call struct {
	path   string
	header http.Header
	body   string
	form   map[string]string
	file   string
}

func newGateway(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) *gateway {
	t.Helper()
	g := &gateway{answer: answer}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := call{path: r.URL.Path, header: r.Header, form: map[string]string{}}
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			if err := r.ParseMultipartForm(1 << 20); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			for k, v := range r.MultipartForm.Value {
				c.form[k] = v[0]
			}
			for _, files := range r.MultipartForm.File {
				f, err := files[0].Open()
				if err != nil {
					http.Error(w, err.Error(), http.StatusBadRequest)
					return
				}
				data, _ := io.ReadAll(f)
				c.file = files[0].Filename + "=" + string(data)
			}
		} else {
			data, _ := io.ReadAll(r.Body)
			c.body = string(data)
		}
		g.mu.Lock()
		g.calls = append(g.calls, c)
		n := len(g.calls)
		g.mu.Unlock()
		g.answer(n, w, r)
	}))
	t.Cleanup(g.Close)
	return g
}

func (g *gateway) kept() []call {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]call(nil), g.calls...)
}

func reply(status int, body string, headers ...string) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func hangUp(_ int, w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		conn.Close()
	}
}

const (
	botToken = "123456:rahasia-bot"
	telegram = `{"ok":true,"result":{}}`
)

func telegramTo(t *testing.T, url string) sender {
	t.Helper()
	t.Setenv("GAUNG_SECRET_TG", botToken)
	c := &Channel{Name: "tg", Kind: Telegram, URL: url, Token: "GAUNG_SECRET_TG"}
	return c.sender(http.DefaultTransport.(*http.Transport).Clone())
}

func chatParcel() parcel { return parcel{Message: testMessage, ID: "ABC123", To: "-1001234567890"} }

func TestTelegram(t *testing.T) {
	g := newGateway(t, reply(200, telegram))
	if err := telegramTo(t, g.URL).send(t.Context(), chatParcel()); err != nil {
		t.Fatal(err)
	}
	calls := g.kept()
	if len(calls) != 1 || calls[0].path != "/bot"+botToken+"/sendDocument" || calls[0].form["chat_id"] != "-1001234567890" ||
		calls[0].form["caption"] != testMessage.Subject+"\n\n"+testMessage.Text || calls[0].file != "laporan.xlsx=buku kerja" {
		t.Errorf("calls %+v", calls)
	}
}

func TestTelegramLongText(t *testing.T) {
	g := newGateway(t, reply(200, telegram))
	p := chatParcel()
	p.Text = strings.Repeat("<b>É😀</b> ", 800)
	if err := telegramTo(t, g.URL).send(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	calls := g.kept()
	if len(calls) != 2 || !strings.HasSuffix(calls[0].path, "/sendMessage") || !strings.HasSuffix(calls[1].path, "/sendDocument") || calls[1].form["caption"] != "" {
		t.Fatalf("%d calls", len(calls))
	}
	var body map[string]any
	if err := json.Unmarshal([]byte(calls[0].body), &body); err != nil {
		t.Fatal(err)
	}
	text := body["text"].(string)
	if n := units(text); n > 4096 || n < 4090 || !strings.HasSuffix(text, "(selebihnya di dasbor)") {
		t.Errorf("%d units, ends %q", n, text[len(text)-40:])
	}
	if _, markup := body["parse_mode"]; markup {
		t.Error("the text is read as markup")
	}
}

func TestTelegramThatFails(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(int, http.ResponseWriter, *http.Request)
		want   Outcome
		words  string
		after  time.Duration
	}{
		{"too many", reply(429, `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":77}}`), NotSent, "429", 77 * time.Second},
		{"too many, by header", reply(429, ``, "Retry-After", "33"), NotSent, "429", 33 * time.Second},
		{"broken", reply(502, `<html>`), NotSent, "502", 0},
		{"unknown bot", reply(401, `{"ok":false}`), Refused, "GAUNG_SECRET_TG", 0},
		{"not in the group", reply(403, `{"ok":false}`), Refused, "belum diizinkan", 0},
		{"bad request", reply(400, `{"ok":false,"description":"chat not found"}`), Refused, "400", 0},
		{"elsewhere", reply(302, ``, "Location", "https://contoh.example/"), Refused, "mengalihkan", 0},
		{"not Telegram", reply(200, `<html>ok</html>`), Unsure, "tidak dapat dibaca", 0},
		{"not ok", reply(200, `{"ok":false}`), Unsure, "tidak dapat dibaca", 0},
		{"hangs up", hangUp, Unsure, "tidak diketahui", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newGateway(t, c.answer)
			p := chatParcel()
			p.Attachments = nil
			f := mustOutcome(t, telegramTo(t, g.URL).send(t.Context(), p), c.want)
			if !strings.Contains(f.Words, c.words) || f.RetryAfter != c.after {
				t.Errorf("words %q, after %s", f.Words, f.RetryAfter)
			}
			if strings.Contains(f.Words, botToken) || (f.Err != nil && strings.Contains(f.Err.Error(), botToken)) {
				t.Errorf("the token is in %q or %v", f.Words, f.Err)
			}
		})
	}
}

func TestTelegramByHalves(t *testing.T) {
	g := newGateway(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if n == 1 {
			reply(200, telegram)(n, w, r)
			return
		}
		reply(500, "")(n, w, r)
	})
	p := chatParcel()
	p.Text = strings.Repeat("panjang ", 300)
	f := mustOutcome(t, telegramTo(t, g.URL).send(t.Context(), p), Unsure)
	if !strings.Contains(f.Words, "teks sudah terkirim") || !strings.Contains(f.Words, "laporan.xlsx") {
		t.Errorf("words %q", f.Words)
	}
}

func webhookTo(t *testing.T, url string, files bool) sender {
	t.Helper()
	t.Setenv("GAUNG_SECRET_WA", "kunci")
	t.Setenv("GAUNG_SECRET_AUTH", "Bearer abc")
	c := &Channel{Name: "wa", Kind: Webhook, URL: url, Secret: "GAUNG_SECRET_WA", Authorization: "GAUNG_SECRET_AUTH", Files: files}
	return c.sender(http.DefaultTransport.(*http.Transport).Clone())
}

func TestWebhook(t *testing.T) {
	g := newGateway(t, reply(202, ""))
	p := parcel{
		Message: testMessage, ID: "ABC123", To: "6281234567890", Region: "19.71", Schedule: "bulanan", Kind: Monthly, Period: "2026-10",
		At: time.Date(2026, 11, 6, 1, 0, 0, 0, time.UTC),
	}
	p.Subject = "Laporan <script> — Oktober\nBcc: x"
	if err := webhookTo(t, g.URL, true).send(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	c := g.kept()[0]
	stamp := c.header.Get("X-Gaung-Timestamp")
	if stamp != "1793926800" || c.header.Get("X-Gaung-Signature") != Signature("kunci", stamp, []byte(c.body)) ||
		c.header.Get("X-Gaung-Signature") == Signature("lain", stamp, []byte(c.body)) {
		t.Errorf("signature %v", c.header)
	}
	if c.header.Get("Idempotency-Key") != "ABC123" || c.header.Get("Authorization") != "Bearer abc" || c.header.Get("Content-Type") != "application/json" {
		t.Errorf("header %v", c.header)
	}
	var body webhookBody
	if err := json.Unmarshal([]byte(c.body), &body); err != nil {
		t.Fatal(err)
	}
	if body.To != p.To || body.Subject != p.Subject || body.Text != p.Text || !body.At.Equal(p.At) || len(body.Files) != 1 ||
		string(body.Files[0].Content) != "buku kerja" || len(body.Files[0].SHA256) != 64 {
		t.Errorf("body %+v", body)
	}
}

// TestSignatureIsHMAC checks against a value worked out with another program:
// printf '1.{}' | openssl dgst -sha256 -hmac kunci
func TestSignatureIsHMAC(t *testing.T) {
	const want = "sha256=a132c0b384d4693e3fa6eda0786ae67f04252024cab8abbcd8a00f210f7c7a4b"
	if got := Signature("kunci", "1", []byte("{}")); got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
}

func TestWebhookThatFails(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(int, http.ResponseWriter, *http.Request)
		want   Outcome
		after  time.Duration
	}{
		{"too many", reply(429, "", "Retry-After", "120"), NotSent, 2 * time.Minute},
		{"a date", reply(503, "", "Date", "Fri, 06 Nov 2026 01:00:00 GMT", "Retry-After", "Fri, 06 Nov 2026 01:10:00 GMT"), NotSent, 10 * time.Minute},
		{"nonsense", reply(503, "", "Retry-After", "-5 minutes"), NotSent, 0},
		{"broken", reply(500, strings.Repeat("x", 1<<20)), NotSent, 0},
		{"gone", reply(404, ""), Refused, 0},
		{"hangs up", hangUp, Unsure, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newGateway(t, c.answer)
			f := mustOutcome(t, webhookTo(t, g.URL, false).send(t.Context(), chatParcel()), c.want)
			if f.RetryAfter != c.after {
				t.Errorf("after %s, want %s", f.RetryAfter, c.after)
			}
			if n := len(g.kept()); n != 1 {
				t.Errorf("%d requests for one sending", n)
			}
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		g := newGateway(t, reply(200, ""))
		g.Close()
		mustOutcome(t, webhookTo(t, g.URL, false).send(t.Context(), chatParcel()), NotSent)
	})
	t.Run("no answer in time", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		g := newGateway(t, func(_ int, _ http.ResponseWriter, r *http.Request) {
			cancel(context.DeadlineExceeded)
			<-r.Context().Done()
		})
		mustOutcome(t, webhookTo(t, g.URL, false).send(ctx, chatParcel()), Unsure)
	})
	t.Run("a certificate nobody knows", func(t *testing.T) {
		g := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		g.Config.ErrorLog = log.New(io.Discard, "", 0)
		g.StartTLS()
		defer g.Close()
		f := mustOutcome(t, webhookTo(t, g.URL, false).send(t.Context(), chatParcel()), NotSent)
		if !strings.Contains(f.Words, "sertifikat") {
			t.Errorf("words %q", f.Words)
		}
	})
}

// TestTimeoutIsUnsure gives the sending an answer that never comes.
func TestTimeoutIsUnsure(t *testing.T) {
	c := &Channel{Name: "wa", Kind: Webhook, URL: "https://contoh.example", Secret: "GAUNG_SECRET_WA"}
	t.Setenv("GAUNG_SECRET_WA", "kunci")
	s := c.sender(roundTripper(func(*http.Request) (*http.Response, error) { return nil, context.DeadlineExceeded }))
	f := mustOutcome(t, s.send(t.Context(), chatParcel()), Unsure)
	if !strings.Contains(f.Words, "batas waktu") {
		t.Errorf("words %q", f.Words)
	}
}

func TestSecretFromFile(t *testing.T) {
	path := t.TempDir() + "/s"
	writeFile(t, path, "dari berkas\n")
	t.Setenv("GAUNG_SECRET_X_FILE", path)
	if got, err := readSecret("GAUNG_SECRET_X"); err != nil || got != "dari berkas" {
		t.Errorf("%q, %v", got, err)
	}
	writeFile(t, path, "a\nb")
	if got, err := readSecret("GAUNG_SECRET_X"); err == nil {
		t.Errorf("a secret of two lines: %q", got)
	}
	t.Setenv("GAUNG_SECRET_X_FILE", t.TempDir())
	if _, err := readSecret("GAUNG_SECRET_X"); err == nil {
		t.Error("a directory was read")
	}
	t.Setenv("GAUNG_SECRET_X", "langsung")
	if got, err := readSecret("GAUNG_SECRET_X"); err != nil || got != "langsung" {
		t.Errorf("%q, %v", got, err)
	}
}

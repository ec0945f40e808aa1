package dashboard

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaung/warehouse"
	"gaung/warehouse/account"
	"gaung/warehouse/warehousetest"
)

const testPassword = "kuda benar baterai staples"

// staffed is a running server with real accounts and a clock that tests turn.
type staffed struct {
	t         *testing.T
	warehouse *warehouse.Warehouse
	accounts  *account.Book
	now       atomic.Int64 // milliseconds
	log       bytes.Buffer
	url       string
	stop      context.CancelFunc
	stopped   chan struct{}
}

func newStaffed(t *testing.T) *staffed {
	t.Helper()
	w := warehousetest.New(t)
	o := &staffed{t: t, warehouse: w, accounts: account.Open(w.Conn())}
	o.now.Store(fixtureNow.UnixMilli())
	return o
}

func (o *staffed) clock() time.Time { return time.UnixMilli(o.now.Load()).UTC() }

func (o *staffed) wait(d time.Duration) { o.now.Add(d.Milliseconds()) }

func (o *staffed) user(name string, role account.Role) {
	o.t.Helper()
	if err := o.accounts.Add(o.t.Context(), account.User{Name: name, Role: role}, testPassword, o.clock()); err != nil {
		o.t.Fatal(err)
	}
}

// serve starts the server anew, as a restart does.
func (o *staffed) serve(change func(*Gate)) {
	o.t.Helper()
	if o.stop != nil {
		o.stop()
		<-o.stopped
	}
	s := newFixture(o.t, fixtureReports(), func(opts *Options) {
		opts.Now, opts.Gate = o.clock, Gate{Accounts: o.accounts}
		opts.Logger = slog.New(slog.NewTextHandler(&o.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		if change != nil {
			change(&opts.Gate)
		}
	})
	ln, err := bind(o.t.Context(), "127.0.0.1:0")
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	o.url, o.stop, o.stopped = "http://"+ln.Addr().String(), stop, make(chan struct{})
	go func(stopped chan struct{}) { defer close(stopped); _ = s.serve(ctx, ln) }(o.stopped)
	o.t.Cleanup(stop)
}

// browser keeps cookies and follows nothing by itself.
type browser struct {
	o      *staffed
	client *http.Client
	header http.Header
}

func (o *staffed) browser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{o: o, header: http.Header{}, client: &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DisableKeepAlives: true},
	}}
}

func (b *browser) send(method, path string, form url.Values) (*http.Response, string) {
	b.o.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, b.o.url+path, body)
	if err != nil {
		b.o.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for key, values := range b.header {
		req.Header[key] = values
	}
	resp, err := b.client.Do(req)
	if err != nil {
		b.o.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.o.t.Fatal(err)
	}
	return resp, string(text)
}

func (b *browser) status(path string) int {
	resp, _ := b.send(http.MethodGet, path, nil)
	return resp.StatusCode
}

var hiddenToken = regexp.MustCompile(`name="form_token" value="([^"]+)"`)

// form opens a page and gives its form's token.
func (b *browser) form(path string) string {
	b.o.t.Helper()
	_, body := b.send(http.MethodGet, path, nil)
	found := hiddenToken.FindStringSubmatch(body)
	if found == nil {
		b.o.t.Fatalf("%s has no form: %s", path, body)
	}
	return found[1]
}

// login logs in through the page, and returns the answer to the form.
func (b *browser) login(name, password, next string) (*http.Response, string) {
	b.o.t.Helper()
	return b.send(http.MethodPost, loginPath, url.Values{
		formField: {b.form(loginPath)}, "username": {name}, "password": {password}, "next": {next},
	})
}

func (b *browser) cookie(name string) string {
	at, _ := url.Parse(b.o.url)
	for _, c := range b.client.Jar.Cookies(at) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// TestLogin goes the whole way: guest, login, page asked for, logout.
func TestLogin(t *testing.T) {
	o := newStaffed(t)
	o.serve(nil)
	b := o.browser()
	if _, body := b.send("GET", "/api/v1/report?month=2026-10", nil); strings.Contains(body, "people_note") || !strings.Contains(body, "Siti Contoh") {
		t.Error("without users the API on this machine gives no people")
	}
	if resp, body := b.send("GET", "/pranata-humas", nil); resp.StatusCode != 403 || !strings.Contains(body, "gaung user add") {
		t.Errorf("persons without any user: %d", resp.StatusCode)
	}
	o.user("sari", account.Leader)
	o.wait(2 * time.Second)

	resp, body := b.send("GET", "/pranata-humas?month=2026-10", nil)
	if resp.StatusCode != 403 || !strings.Contains(body, "<h1>Masuk untuk melihat halaman ini</h1>") || !strings.Contains(body, `href="/masuk?next=%2Fpranata-humas%3Fmonth%3D2026-10"`) {
		t.Errorf("persons for a guest: %d %s", resp.StatusCode, body)
	}
	if _, body := b.send("GET", "/api/v1/report?month=2026-10", nil); !strings.Contains(body, `"people":[]`) || !strings.Contains(body, `"people_note":"`) || strings.Contains(body, "Siti Contoh") {
		t.Error("the API gives a guest people")
	}
	if _, body := b.send("GET", "/report.csv?metric=pranata-humas&month=2026-10", nil); strings.Contains(body, "Siti Contoh") {
		t.Error("the CSV gives a guest people")
	}
	if b.status("/publikasi") != 200 {
		t.Error("a guest at this machine does not see the ranking")
	}

	resp, body = b.login("sari", "bukan kata sandinya", "/pranata-humas?month=2026-10")
	if resp.StatusCode != 403 || !strings.Contains(body, "tidak cocok") || strings.Contains(body, "bukan kata sandinya") ||
		!strings.Contains(body, `name="next" value="/pranata-humas?month=2026-10"`) || !strings.Contains(body, `value="sari"`) {
		t.Errorf("a wrong password: %d %s", resp.StatusCode, body)
	}
	resp, _ = b.login("Sari", testPassword, "/pranata-humas?month=2026-10")
	if resp.StatusCode != 303 || resp.Header.Get("Location") != "/pranata-humas?month=2026-10" {
		t.Fatalf("the login: %d to %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	for _, c := range resp.Cookies() {
		if c.Value != "" && (!c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure) {
			t.Errorf("cookie %v", c)
		}
	}
	if status := b.status("/pranata-humas?month=2026-10"); status != 200 {
		t.Errorf("persons for a leader: %d", status)
	}
	if _, body := b.send("GET", "/api/v1/report?month=2026-10", nil); !strings.Contains(body, "Siti Contoh") {
		t.Error("the API gives a leader no people")
	}

	token, session := b.form("/"), b.cookie(sessionCookie)
	if resp, _ := b.send("POST", logoutPath, url.Values{}); resp.StatusCode != 403 || b.status("/pranata-humas") != 200 {
		t.Errorf("a logout without token: %d", resp.StatusCode)
	}
	if resp, _ := b.send("POST", logoutPath, url.Values{formField: {token}}); resp.StatusCode != 303 || b.cookie(sessionCookie) != "" {
		t.Errorf("the logout: %d", resp.StatusCode)
	}
	b.header.Set("Cookie", sessionCookie+"="+session)
	if b.status("/pranata-humas") != 403 {
		t.Error("a copy of the cookie outlives the logout")
	}
	for _, secret := range []string{testPassword, "bukan kata sandinya", session, token} {
		if strings.Contains(o.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if !strings.Contains(o.log.String(), "user=sari") {
		t.Error("the log does not tell who logged in")
	}
}

// TestSessionEnds: by the clock, by disabling, by a new password; not by a restart.
func TestSessionEnds(t *testing.T) {
	o := newStaffed(t)
	o.user("sari", account.Leader)
	o.serve(nil)
	in := func() *browser {
		b := o.browser()
		if resp, _ := b.login("sari", testPassword, ""); resp.StatusCode != 303 || resp.Header.Get("Location") != "/" {
			t.Fatalf("login: %d", resp.StatusCode)
		}
		return b
	}
	b := in()
	o.serve(nil)
	if b.status("/pranata-humas") != 200 {
		t.Error("the session did not outlive a restart")
	}
	o.wait(account.SessionIdle)
	if b.status("/pranata-humas") != 403 {
		t.Error("the session outlived two idle hours")
	}
	b = in()
	if err := o.accounts.SetDisabled(t.Context(), "sari", true, o.clock()); err != nil {
		t.Fatal(err)
	}
	if b.status("/pranata-humas") != 403 {
		t.Error("a disabled user is still in")
	}
	if resp, body := b.login("sari", testPassword, ""); resp.StatusCode != 403 || !strings.Contains(body, "tidak cocok") {
		t.Errorf("a disabled user's login: %d", resp.StatusCode)
	}
	if err := o.accounts.SetDisabled(t.Context(), "sari", false, o.clock()); err != nil {
		t.Fatal(err)
	}
	b = in()
	if err := o.accounts.SetPassword(t.Context(), "sari", "kata sandi yang lain", o.clock()); err != nil {
		t.Fatal(err)
	}
	if b.status("/pranata-humas") != 403 {
		t.Error("a session outlived the password")
	}
}

// TestSessionFixation: a session that somebody planted is never the one that
// gets logged in.
func TestSessionFixation(t *testing.T) {
	o := newStaffed(t)
	o.user("sari", account.Leader)
	o.user("jahat", account.Leader)
	o.serve(nil)
	other := o.browser()
	other.login("jahat", testPassword, "")
	planted := other.cookie(sessionCookie)
	for _, value := range []string{planted, "0123456789"} {
		b := o.browser()
		at, _ := url.Parse(o.url)
		b.client.Jar.SetCookies(at, []*http.Cookie{{Name: sessionCookie, Value: value, Path: "/"}})
		if resp, _ := b.login("sari", testPassword, ""); resp.StatusCode != 303 {
			t.Fatalf("login: %d", resp.StatusCode)
		}
		if got := b.cookie(sessionCookie); got == value || got == "" {
			t.Errorf("the session after the login is %q", got)
		}
	}
	if other.status("/pranata-humas") != 403 {
		t.Error("the planted session outlived the login over it")
	}
}

// TestForeignForms: forms that another site sends are refused.
func TestForeignForms(t *testing.T) {
	o := newStaffed(t)
	o.user("sari", account.Leader)
	o.serve(nil)
	host := strings.TrimPrefix(o.url, "http://")
	for _, c := range []struct {
		name   string
		header http.Header
		want   int
	}{
		{"browser of today", http.Header{"Origin": {o.url}, "Sec-Fetch-Site": {"same-origin"}}, 303},
		{"TLS at the proxy", http.Header{"Origin": {"https://" + host}}, 303},
		{"says nothing", http.Header{}, 303},
		{"another site", http.Header{"Origin": {"https://jahat.example"}, "Sec-Fetch-Site": {"cross-site"}}, 403},
		{"another origin", http.Header{"Origin": {"https://jahat.example"}}, 403},
		{"same site, another host", http.Header{"Sec-Fetch-Site": {"same-site"}}, 403},
		{"no origin to tell", http.Header{"Origin": {"null"}}, 403},
		{"another type", http.Header{"Content-Type": {"text/plain"}}, 400},
	} {
		b := o.browser()
		token := b.form(loginPath)
		b.header = c.header
		resp, _ := b.send("POST", loginPath, url.Values{formField: {token}, "username": {"sari"}, "password": {testPassword}})
		if resp.StatusCode != c.want || (b.cookie(sessionCookie) != "") != (c.want == 303) {
			t.Errorf("%s: %d, want %d", c.name, resp.StatusCode, c.want)
		}
	}
	foreign := o.browser().form(loginPath)
	for name, token := range map[string]string{"none": "", "not base64": "%%%", "short": "AAAA", "another browser's": foreign} {
		b := o.browser()
		b.form(loginPath)
		resp, body := b.send("POST", loginPath, url.Values{formField: {token}, "username": {"sari"}, "password": {testPassword}})
		if resp.StatusCode != 403 || b.cookie(sessionCookie) != "" || !strings.Contains(body, `role="alert"`) {
			t.Errorf("token %s: %d", name, resp.StatusCode)
		}
	}
	if resp, _ := o.browser().send("POST", loginPath, url.Values{"x": {strings.Repeat("a", 3*formLimit)}}); resp.StatusCode != 400 {
		t.Errorf("an endless form: %d", resp.StatusCode)
	}
}

// TestGuessing: too many attempts on a user or from an address have to wait,
// whether or not there is such a user.
func TestGuessing(t *testing.T) {
	o := newStaffed(t)
	o.user("sari", account.Leader)
	o.serve(nil)
	for _, name := range []string{"sari", "tidak-ada"} {
		b := o.browser()
		for i := range pairLimit {
			if resp, _ := b.login(name, "salah sekali ini", ""); resp.StatusCode != 403 {
				t.Fatalf("%s, attempt %d: %d", name, i+1, resp.StatusCode)
			}
		}
		resp, body := b.login(name, testPassword, "")
		if resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "901" || !strings.Contains(body, "Coba lagi dalam 15 menit") {
			t.Errorf("%s, one too many: %d %q", name, resp.StatusCode, resp.Header.Get("Retry-After"))
		}
	}
	// From elsewhere, as the proxy on this machine tells, the right one gets in.
	b := o.browser()
	b.header.Set("X-Forwarded-For", "203.0.113.9")
	if resp, _ := b.login("sari", testPassword, ""); resp.StatusCode != 303 {
		t.Errorf("from another address: %d", resp.StatusCode)
	}
	o.wait(attemptWindow)
	if resp, _ := o.browser().login("sari", testPassword, ""); resp.StatusCode != 303 {
		t.Errorf("after the wait: %d", resp.StatusCode)
	}
}

func TestAttempts(t *testing.T) {
	now := fixtureNow
	a := newAttempts()
	tries := func(n int, user, address func(int) string) (refused int) {
		for i := range n {
			if a.begin(user(i), address(i), now) > 0 {
				refused++
			}
		}
		return refused
	}
	same := func(s string) func(int) string { return func(int) string { return s } }
	each := func(s string) func(int) string { return func(i int) string { return fmt.Sprint(s, i) } }
	if got := tries(userLimit+5, same("sari"), each("a")); got != 5 {
		t.Errorf("on one user from everywhere %d were refused, want 5", got)
	}
	if got := tries(addressLimit+5, each("u"), same("x")); got != 5 {
		t.Errorf("from one address on everybody %d were refused, want 5", got)
	}
	for range 3 * pairLimit {
		if a.begin("budi", "b", now) > 0 {
			t.Fatal("somebody who knows the password was refused")
		}
		a.succeeded("budi", "b")
	}
	tries(2*attemptKeys, each("n"), each("m"))
	if len(a.windows) > attemptKeys {
		t.Errorf("%d windows are remembered", len(a.windows))
	}
	if a.begin("baru", "baru", now) == 0 {
		t.Error("a flood from everywhere is not stopped")
	}
	now = now.Add(attemptWindow)
	if a.begin("sari", "x", now) != 0 {
		t.Error("the wait never ends")
	}
}

// TestOverTLS: behind a proxy that speaks TLS the cookies stay with TLS; a
// stranger who claims so is not believed.
func TestOverTLS(t *testing.T) {
	o := newStaffed(t)
	o.user("sari", account.Leader)
	o.serve(nil)
	b := o.browser()
	b.header.Set("X-Forwarded-Proto", "https")
	resp, _ := b.send("GET", loginPath, nil)
	if c := resp.Cookies(); len(c) != 1 || c[0].Name != "__Host-"+formCookie || !c[0].Secure || c[0].Path != "/" {
		t.Errorf("cookies over TLS: %v", c)
	}
	if (&gatekeeper{}).trusts(netip.MustParseAddr("192.0.2.1")) || !(&gatekeeper{}).trusts(netip.MustParseAddr("127.0.0.1")) {
		t.Error("the wrong proxies are trusted")
	}
}

// TestAPIToken: a token is as good as its user, and a bad one is refused.
func TestAPIToken(t *testing.T) {
	o := newStaffed(t)
	o.user("sari", account.Leader)
	o.user("opr", account.Leader)
	o.serve(func(g *Gate) { g.Network = true })
	token, err := o.accounts.NewToken(t.Context(), "sari", o.clock())
	if err != nil {
		t.Fatal(err)
	}
	b := o.browser()
	if b.status("/api/v1/report?month=2026-10") != 401 {
		t.Error("the API is open to the network")
	}
	b.header.Set("Authorization", "Bearer "+token)
	if resp, body := b.send("GET", "/api/v1/report?month=2026-10", nil); resp.StatusCode != 200 || !strings.Contains(body, "Siti Contoh") || len(resp.Cookies()) != 0 {
		t.Errorf("with the token: %d", resp.StatusCode)
	}
	b.header.Set("Authorization", "Bearer "+token+"x")
	if resp, body := b.send("GET", "/api/v1/report?month=2026-10", nil); resp.StatusCode != 401 || !strings.Contains(body, `"unauthorized"`) {
		t.Errorf("with a bad token: %d", resp.StatusCode)
	}
	if err := o.accounts.SetDisabled(t.Context(), "sari", true, o.clock()); err != nil {
		t.Fatal(err)
	}
	b.header.Set("Authorization", "Bearer "+token)
	if b.status("/api/v1/report?month=2026-10") != 401 {
		t.Error("a disabled user's token works")
	}
	if strings.Contains(o.log.String(), token) {
		t.Error("the log holds the token")
	}
}

// TestListenForOthers: an address of the network needs an admin who can log in.
func TestListenForOthers(t *testing.T) {
	o := newStaffed(t)
	o.user("sari", account.Leader)
	s := newFixture(t, fixtureReports(), func(opts *Options) { opts.Gate = Gate{Accounts: o.accounts, Network: true} })
	if _, err := s.bind(t.Context(), "0.0.0.0:0"); err == nil || !strings.Contains(err.Error(), "gaung user add NAMA --role admin") {
		t.Errorf("without an admin: %v", err)
	}
	o.user("agus", account.Admin)
	ln, err := s.bind(t.Context(), "0.0.0.0:0")
	if err != nil {
		t.Fatalf("with an admin: %v", err)
	}
	_ = ln.Close()
	if err := o.accounts.SetDisabled(t.Context(), "agus", true, o.clock()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.bind(t.Context(), "0.0.0.0:0"); err == nil {
		t.Error("a disabled admin is enough")
	}
}

func TestLocalPath(t *testing.T) {
	for address, want := range map[string]string{
		"/":                             "/",
		"/ppid?month=2026-10&region=9":  "/ppid?month=2026-10&region=9",
		"/ppid#x":                       "/ppid",
		"":                              "",
		"ppid":                          "",
		"//jahat.example":               "",
		"///jahat.example":              "",
		"/\\jahat.example":              "",
		"/\tjahat":                      "",
		"/%5Cjahat.example":             "",
		"/%2Fjahat.example":             "",
		"https://jahat.example/":        "",
		"javascript:alert(1)":           "",
		"/masuk":                        "",
		"/Masuk/?next=/masuk":           "",
		"/keluar":                       "",
		"/a\x00b":                       "",
		"/" + strings.Repeat("a", 3000): "",
	} {
		if got := localPath(address); got != want {
			t.Errorf("localPath(%q) = %q, want %q", address, got, want)
		}
	}
}

// FuzzLocalPath: wherever a login leads, it is here.
func FuzzLocalPath(f *testing.F) {
	for _, seed := range []string{"/", "//x", "/\\x", "/%2f%2fx", "/a?b=//c", "http:x", "/;@x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		got := localPath(address)
		if got == "" {
			return
		}
		here, _ := url.Parse("https://gaung.contohkab.go.id/masuk")
		to, err := here.Parse(strings.ReplaceAll(got, "\\", "/"))
		if err != nil || to.Host != here.Host || to.Scheme != here.Scheme || strings.HasPrefix(got, "//") {
			t.Errorf("localPath(%q) = %q leads to %v", address, got, to)
		}
		if again := localPath(got); again != got {
			t.Errorf("localPath(%q) = %q, and of that %q", address, got, again)
		}
	})
}

//go:build e2e

package dashboard

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// moduleRoot is where go.mod lies, as seen from this package's tests.
const moduleRoot = ".."

// artifacts is where pictures of the pages are kept.
var artifacts = filepath.Join(moduleRoot, "artifacts")

// axeSource is the accessibility checker of the lock file (npm ci).
var axeSource = filepath.Join(moduleRoot, "node_modules", "axe-core", "axe.min.js")

// chromium finds the browser; a machine without one fails, with the way out.
func chromium(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium on this machine: apt-get install chromium, or set CHROMIUM to its path")
	return ""
}

// newBrowser opens a tab in a fresh browser profile.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// serveFixture serves the fixture on a free port and returns its address.
func serveFixture(t *testing.T, reports Reports, change func(*Options)) string {
	t.Helper()
	s := newFixture(t, reports, change)
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
			t.Errorf("serve: %v", err)
		}
	})
	return "http://" + ln.Addr().String()
}

// must runs steps in the tab.
func must(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// eval runs an expression in the page.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluate %.80s: %v", expression, err)
	}
	return v
}

// waitFor asks the page until the condition holds, across navigations.
func waitFor(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition)); err == nil && ok {
			return
		}
	}
	t.Fatalf("never true: %s", condition)
}

// collect gathers a stream of events until it is asked for them.
func collect[E any](events iter.Seq2[E, error]) func() []E {
	var list []E
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for e, err := range events {
			if err != nil {
				return
			}
			list = append(list, e)
		}
	}()
	return func() []E { <-finished; return list }
}

// scheme makes the page light or dark.
func scheme(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
		return err
	})
}

// open loads an address and waits until its charts are drawn.
func open(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	must(t, ctx, chromedp.Navigate(address), chromedp.WaitVisible(chromedp.CSS(`[data-drawn] svg`)))
}

// keep writes a picture of what the tab shows to the artefacts.
func keep(t *testing.T, ctx context.Context, name string, full bool) {
	t.Helper()
	var shot []byte
	var err error
	if full {
		shot, err = chromedp.Run(ctx, chromedp.FullScreenshot(100))
	} else {
		shot, err = chromedp.Run(ctx, func(ctx context.Context, tab *chromedp.Target) ([]byte, error) {
			res, err := cdp.Call(ctx, tab, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{})
			return res.Data, err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, shot)
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(artifacts, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(artifacts, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOverviewInBrowser opens the page in a browser, in the sizes and colour
// schemes it is made for, and listens for everything that should not happen.
func TestOverviewInBrowser(t *testing.T) {
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	ctx := newBrowser(t)

	listening, stop := context.WithCancel(ctx)
	console := collect(chromedp.Console(listening))
	requests := collect(chromedp.Events(listening, network.RequestWillBeSent))
	watchViolations(t, ctx)

	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{})
		return err
	}))
	for _, view := range []struct {
		name          string
		width, height int64
		scheme        string
		full          bool
	}{
		{"overview-1366x768.png", 1366, 768, "light", false},
		{"overview-1366-full.png", 1366, 768, "light", true},
		{"overview-1366-dark.png", 1366, 768, "dark", false},
		{"overview-1920x1080.png", 1920, 1080, "light", false},
		{"overview-phone-360x800.png", 360, 800, "light", false},
		{"overview-phone-full.png", 360, 800, "light", true},
		{"overview-phone-dark.png", 360, 800, "dark", false},
	} {
		must(t, ctx, chromedp.EmulateViewport(view.width, view.height), scheme(view.scheme))
		open(t, ctx, base+"/?month=2026-10&region=99.01")
		keep(t, ctx, view.name, view.full)
		if got := eval[int](t, ctx, `document.querySelectorAll('.league tbody tr[data-opd]').length`); got != len(opdNames) {
			t.Errorf("%s: %d rows in the league tables, want %d", view.name, got, len(opdNames))
		}
		if wide := eval[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s: the page is %d px wider than the screen", view.name, wide)
		}
		if found := axe(t, ctx); len(found) > 0 {
			t.Errorf("%s: accessibility: %s", view.name, strings.Join(found, "\n\t"))
		}
		if broken := eval[[]string](t, ctx, `window.__violations || []`); len(broken) > 0 {
			t.Errorf("%s: content policy violated: %v", view.name, broken)
		}
	}
	stop()
	for _, message := range console() {
		if message.Type == chromedp.ConsoleError || message.Type == chromedp.ConsoleWarning || message.IsException() {
			t.Errorf("console: %s %s", message.Type, message.Text)
		}
	}
	sent := requests()
	for _, request := range sent {
		u, err := url.Parse(request.Request.URL)
		if err != nil || u.Scheme != "data" && u.Scheme+"://"+u.Host != base {
			t.Errorf("request left the origin: %s", request.Request.URL)
		}
	}
	if len(sent) == 0 {
		t.Error("no request was seen, so none was checked")
	}
}

// watchViolations collects violations of the content policy in every page.
func watchViolations(t *testing.T, ctx context.Context) {
	t.Helper()
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.__violations = [];
document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));`,
		})
		return err
	}))
}

// axe runs axe-core on the page and lists serious and critical findings.
func axe(t *testing.T, ctx context.Context) []string {
	t.Helper()
	source, err := os.ReadFile(axeSource)
	if err != nil {
		t.Fatalf("axe-core is missing: npm ci in the module root: %v", err)
	}
	eval[bool](t, ctx, string(source)+"\n;true")
	answer := eval[string](t, ctx, `axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(
		r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
			.map(v => v.id + ': ' + v.help + ' @ ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | '))))`)
	var found []string
	if err := json.Unmarshal([]byte(answer), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestHostileNamesInBrowser proves that a hostile name runs nothing: neither
// in the page nor in the chart.
func TestHostileNamesInBrowser(t *testing.T) {
	reports := fixtureReports()
	reports.reports["2026-10"] = hostileReport()
	base := serveFixture(t, reports, nil)
	ctx := newBrowser(t)
	watchViolations(t, ctx)
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.__ran = false; window.alert = () => { window.__ran = true; };`,
		})
		return err
	}))
	open(t, ctx, base+"/")
	if eval[bool](t, ctx, `window.__ran`) {
		t.Error("a hostile name ran")
	}
	if broken := eval[[]string](t, ctx, `window.__violations`); len(broken) > 0 {
		t.Errorf("only the content policy stopped it: %v", broken)
	}
	if !eval[bool](t, ctx, `document.querySelector('.chart svg').textContent.includes('<script>alert(1)')`) {
		t.Error("the chart does not show the hostile name, so nothing was tested")
	}
}

// TestSwitchByKeyboard changes the month with the keyboard and expects the
// address to follow, and back to lead back.
func TestSwitchByKeyboard(t *testing.T) {
	base := serveFixture(t, fixtureReports(), nil)
	ctx := newBrowser(t)
	open(t, ctx, base+"/")
	must(t, ctx, chromedp.Focus(chromedp.ID("bulan")))
	// The key opens the next page before the browser has answered for it, so
	// the answer is not waited for.
	pressed, cancel := context.WithTimeout(ctx, time.Second)
	_ = chromedp.Do(pressed, chromedp.KeyEvent("s"))
	cancel()
	waitFor(t, ctx, `location.search === '?month=2026-09&region=99.01' && document.readyState === 'complete'`)
	if got := eval[string](t, ctx, `document.querySelector('h1').textContent`); !strings.Contains(got, "September 2026") {
		t.Errorf("heading %q", got)
	}
	_ = eval[chromedp.Void](t, ctx, `history.back()`)
	waitFor(t, ctx, `location.search === '' && document.querySelector('h1').textContent.includes('Oktober 2026')`)
}

// TestProgressFollowsThePull shows a running pull, sees it move, and reloads
// once it is over.
func TestProgressFollowsThePull(t *testing.T) {
	var done atomic.Int64
	base := serveFixture(t, fixtureReports(), func(o *Options) {
		o.Progress = func() Progress {
			n := done.Add(1)
			return Progress{Running: n < 5, Label: "Mengambil berita dari situs Dinas Kesehatan", Done: int(n), Total: 5, Unit: "sumber"}
		}
	})
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768))
	open(t, ctx, base+"/")
	keep(t, ctx, "overview-progress.png", false)
	if found := axe(t, ctx); len(found) > 0 {
		t.Errorf("accessibility: %s", strings.Join(found, "\n\t"))
	}
	must(t, ctx, chromedp.WaitNotPresent(chromedp.CSS(`[data-progress]`)))
	if got := eval[int](t, ctx, `document.querySelectorAll('.league tr[data-opd]').length`); got != len(opdNames) {
		t.Errorf("after the pull: %d rows", got)
	}
}

// TestWithoutJavaScript reads the tables and uses the switch without scripts.
func TestWithoutJavaScript(t *testing.T) {
	base := serveFixture(t, fixtureReports(), nil)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	must(t, ctx, chromedp.Navigate(base+"/"), chromedp.WaitVisible(chromedp.CSS(`.league`)),
		chromedp.WaitVisible(chromedp.CSS(`form.switch button`)), chromedp.WaitNotVisible(chromedp.CSS(`.chart`)))
	if _, err := chromedp.Run(ctx, chromedp.WaitEvent(cdppage.LoadEventFired, nil, chromedp.Click(chromedp.CSS(`form.switch button`)))); err != nil {
		t.Fatal(err)
	}
	address, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil || address != base+"/?month=2026-10&region=99.01" {
		t.Errorf("address %q, %v", address, err)
	}
}

// TestOtherPagesInBrowser looks at the pages that say what went wrong.
func TestOtherPagesInBrowser(t *testing.T) {
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768))
	empty := serveFixture(t, &fakeReports{}, nil)
	full := serveFixture(t, fixtureReports(), nil)
	for name, address := range map[string]string{
		"empty-warehouse.png": empty + "/", "empty-month.png": full + "/?month=2024-01", "error.png": full + "/?month=x",
	} {
		for _, colours := range []string{"light", "dark"} {
			must(t, ctx, scheme(colours), chromedp.Navigate(address), chromedp.WaitVisible(chromedp.CSS(`h1`)))
			if found := axe(t, ctx); len(found) > 0 {
				t.Errorf("%s %s: accessibility: %s", name, colours, strings.Join(found, "\n\t"))
			}
		}
		must(t, ctx, scheme("light"))
		keep(t, ctx, name, false)
	}
}

// TestPrint prints the page on A4 landscape, from a dark screen.
func TestPrint(t *testing.T) {
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768), scheme("dark"))
	open(t, ctx, base+"/")
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	write(t, "overview-print.pdf", pdf)
	pages := bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page "))
	if pages < 3 || pages > 9 {
		t.Errorf("the print has %d pages, want a few", pages)
	}
	// A4 landscape in points.
	if !bytes.Contains(pdf, []byte("/MediaBox [0 0 841")) {
		t.Error("the print is not A4 landscape")
	}
}

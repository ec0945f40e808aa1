//go:build e2e

package dashboard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gaung/metrics"
)

// moduleRoot is where go.mod lies, as seen from this package's tests.
const moduleRoot = ".."

// artifacts is where pictures of the pages are kept.
var artifacts = filepath.Join(moduleRoot, "artifacts")

// axeSource is the accessibility checker of the lock file (npm ci).
var axeSource = filepath.Join(moduleRoot, "node_modules", "axe-core", "axe.min.js")

// serveFixture serves the fixture on a free port and returns its address.
func serveFixture(t *testing.T, reports Reports, change func(*Options)) string {
	t.Helper()
	address, _ := serveServer(t, "127.0.0.1:0", newFixture(t, reports, change))
	return address
}

// serveAt serves the fixture as an example at a given address.
func serveAt(t *testing.T, addr string, reports Reports) (address string, stop func()) {
	t.Helper()
	return serveServer(t, addr, newFixture(t, reports, func(o *Options) { o.Example = true }))
}

// serveServer serves until it is stopped or the test ends.
func serveServer(t *testing.T, addr string, s *Server) (address string, stop func()) {
	t.Helper()
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() { stopped <- s.serve(ctx, ln) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-stopped; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	t.Cleanup(stop)
	return "http://" + ln.Addr().String(), stop
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
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
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

// visit loads an address and waits until its cards are filled and its charts
// are drawn.
func visit(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	must(t, ctx, chromedp.Navigate(address))
	waitFor(t, ctx, `document.readyState === 'complete' && !document.querySelector('[aria-busy="true"]') &&
		document.querySelectorAll('[data-chart]').length === document.querySelectorAll('[data-drawn] svg').length`)
}

// keep writes a picture of what the tab shows to the artefacts.
func keep(t *testing.T, ctx context.Context, name string, full bool) {
	t.Helper()
	fast := true // a quick encoding: pictures take a sixth of these tests otherwise
	shot, err := chromedp.Run(ctx, func(ctx context.Context, tab *chromedp.Target) ([]byte, error) {
		res, err := cdp.Call(ctx, tab, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{CaptureBeyondViewport: &full, OptimizeForSpeed: &fast})
		return res.Data, err
	})
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

// TestPagesInBrowser opens every page in a browser, in the sizes and colour
// schemes it is made for, and listens for everything that should not happen.
func TestPagesInBrowser(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	for _, view := range []struct {
		name          string
		width, height int64
		scheme        string
		full          bool
	}{
		{"1366", 1366, 768, "light", true},
		{"1366-dark", 1366, 768, "dark", true},
		{"phone", 360, 800, "light", true},
		{"phone-dark", 360, 800, "dark", false},
	} {
		t.Run(view.name, func(t *testing.T) {
			t.Parallel()
			ctx := newBrowser(t)
			heard := listen(t, ctx, base)
			must(t, ctx, chromedp.EmulateViewport(view.width, view.height), scheme(view.scheme))
			for _, p := range pages() {
				name := strings.TrimSuffix(goldenName(p), ".html") + "-" + view.name
				visit(t, ctx, base+with(at(p), "month=2026-10&region=99.01"))
				keep(t, ctx, name+".png", view.full)
				inspect(t, ctx, name)
			}
			heard()
		})
	}
	// WCAG 1.4.10: nothing is lost on a screen of 320 px.
	t.Run("320", func(t *testing.T) {
		t.Parallel()
		ctx := newBrowser(t)
		heard := listen(t, ctx, base)
		must(t, ctx, chromedp.EmulateViewport(320, 640), scheme("light"))
		for _, p := range pages() {
			visit(t, ctx, base+at(p))
			fits(t, ctx, p.name+" at 320 px")
		}
		heard()
	})
}

// listen collects what the tab says and asks for; heard stops that and reports
// messages on the console and requests that left the origin.
func listen(t *testing.T, ctx context.Context, base string) (heard func()) {
	t.Helper()
	listening, stop := context.WithCancel(ctx)
	console := collect(chromedp.Console(listening))
	requests := collect(chromedp.Events(listening, network.RequestWillBeSent))
	watchViolations(t, ctx)
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{})
		return err
	}))
	return func() {
		t.Helper()
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
}

// inspect looks for what no page may have.
func inspect(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	fits(t, ctx, name)
	if found := axe(t, ctx); len(found) > 0 {
		t.Errorf("%s: accessibility: %s", name, strings.Join(found, "\n\t"))
	}
	if broken := eval[[]string](t, ctx, `window.__violations || []`); len(broken) > 0 {
		t.Errorf("%s: content policy violated: %v", name, broken)
	}
	// WCAG 2.5.8: 24 px, but for links inside a sentence.
	if small := eval[[]string](t, ctx, `[...document.querySelectorAll('a, button, select, input, summary')].filter(e => {
		const b = e.getBoundingClientRect();
		return b.width > 0 && b.height > 0 && !e.closest('.unseen, .skip') && (b.width < 24 || b.height < 24) && getComputedStyle(e).display !== 'inline';
	}).map(e => e.outerHTML.slice(0, 80))`); len(small) > 0 {
		t.Errorf("%s: targets below 24 px: %v", name, small)
	}
	if charts := eval[int](t, ctx, `[...document.querySelectorAll('[role="img"]')].filter(c => !c.closest('figure').querySelector('table')).length`); charts > 0 {
		t.Errorf("%s: %d charts without a table", name, charts)
	}
}

// fits reports a page that is wider than its screen.
func fits(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if wide := eval[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		t.Errorf("%s: the page is %d px wider than the screen", name, wide)
	}
}

// TestOverviewFitsOneScreen: the month is read without scrolling, on a laptop
// and on a wall, as a kiosk and with its navigation.
func TestOverviewFitsOneScreen(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	ctx := newBrowser(t)
	for _, view := range []struct {
		name          string
		width, height int64
		query         string
	}{
		{"overview-kiosk-1366x768", 1366, 768, "?kiosk=1"},
		{"overview-kiosk-1920x1080", 1920, 1080, "?kiosk=1"},
		{"overview-1920x1080", 1920, 1080, ""},
		{"overview-1366x768", 1366, 768, ""},
	} {
		must(t, ctx, chromedp.EmulateViewport(view.width, view.height))
		visit(t, ctx, base+"/"+view.query)
		keep(t, ctx, view.name+".png", false)
		inspect(t, ctx, view.name)
		if below := eval[int](t, ctx, `document.documentElement.scrollHeight - innerHeight`); below > 0 {
			t.Errorf("%s: %d px lie below the screen", view.name, below)
		}
		for _, part := range []string{"[data-kpi]", ".top tbody tr", "[data-drawn] svg", "[data-attention]"} {
			if eval[int](t, ctx, `document.querySelectorAll('`+part+`').length`) == 0 {
				t.Errorf("%s: no %s", view.name, part)
			}
		}
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

// axe runs axe-core on the page and lists serious and critical findings. The
// impact of a finding is that of its rule, so the rules of lesser impact are
// left out: they take a third of the time and find nothing that is listed.
func axe(t *testing.T, ctx context.Context) []string {
	t.Helper()
	source, err := os.ReadFile(axeSource)
	if err != nil {
		t.Fatalf("axe-core is missing: npm ci in the module root: %v", err)
	}
	eval[bool](t, ctx, string(source)+"\n;true")
	answer := eval[string](t, ctx, `axe.run(document, {
		resultTypes: ['violations'],
		rules: Object.fromEntries(axe._audit.rules.filter(r => r.impact === 'minor' || r.impact === 'moderate').map(r => [r.id, {enabled: false}])),
	}).then(r => JSON.stringify(
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
	t.Parallel()
	reports := fixtureReports()
	reports.reports[recentDays.String()] = over(recentDays, hostileReport())
	hostileLists(reports)
	base := serveFixture(t, reports, nil)
	ctx := newBrowser(t)
	watchViolations(t, ctx)
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.__ran = false; window.alert = () => { window.__ran = true; };`,
		})
		return err
	}))
	for _, p := range pages() {
		visit(t, ctx, base+at(p))
		if eval[bool](t, ctx, `window.__ran`) || len(eval[[]string](t, ctx, `window.__violations`)) > 0 {
			t.Errorf("%s: a hostile name ran, or only the content policy stopped it", p.path)
		}
	}
	visit(t, ctx, base+"/publikasi")
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
	t.Parallel()
	base := serveFixture(t, fixtureReports(), nil)
	ctx := newBrowser(t)
	visit(t, ctx, base+"/")
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
	waitFor(t, ctx, `location.search === '' && document.querySelector('h1').textContent.includes('28 hari sampai 4 November 2026')`)
}

// TestProgressFollowsThePull shows a running pull, sees it move, and reloads
// once it is over.
func TestProgressFollowsThePull(t *testing.T) {
	t.Parallel()
	var done atomic.Int64
	base := serveFixture(t, fixtureReports(), func(o *Options) {
		o.Progress = func() Progress {
			n := done.Add(1)
			return Progress{Running: n < 5, Label: "Mengambil berita dari situs Dinas Kesehatan", Done: int(n), Total: 5, Unit: "sumber"}
		}
	})
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768))
	visit(t, ctx, base+"/")
	keep(t, ctx, "overview-progress.png", false)
	if found := axe(t, ctx); len(found) > 0 {
		t.Errorf("accessibility: %s", strings.Join(found, "\n\t"))
	}
	must(t, ctx, chromedp.WaitNotPresent(chromedp.CSS(`[data-progress]`)))
	waitFor(t, ctx, `document.querySelectorAll('.top tr[data-opd]').length > 0`)
}

// TestWithoutJavaScript reads the tables and uses the switch without scripts.
func TestWithoutJavaScript(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), nil)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	must(t, ctx, chromedp.Navigate(base+"/paparan"), chromedp.WaitVisible(chromedp.ID("slide-angka")), chromedp.WaitVisible(chromedp.ID("slide-perhatian")))
	must(t, ctx, chromedp.Navigate(base+"/"), chromedp.WaitVisible(chromedp.CSS(`[data-card] a`)))
	must(t, ctx, chromedp.Navigate(base+"/publikasi"), chromedp.WaitVisible(chromedp.CSS(`.league`)),
		chromedp.WaitVisible(chromedp.CSS(`form.switch button`)), chromedp.WaitNotVisible(chromedp.CSS(`.chart`)))
	if _, err := chromedp.Run(ctx, chromedp.WaitEvent(cdppage.LoadEventFired, nil, chromedp.Click(chromedp.CSS(`form.switch button`)))); err != nil {
		t.Fatal(err)
	}
	text, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	// Without a script, the form also sends what was left empty.
	address, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	given := address.Query()
	maps.DeleteFunc(given, func(_ string, values []string) bool { return values[0] == "" })
	if want := (url.Values{"from": {"2026-10-08"}, "to": {"2026-11-04"}, "region": {"99.01"}}); address.Path != "/publikasi" || given.Encode() != want.Encode() {
		t.Errorf("address %q, want the days and the region", text)
	}
}

// TestOtherPagesInBrowser looks at the pages that say what went wrong.
func TestOtherPagesInBrowser(t *testing.T) {
	t.Parallel()
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

// TestPrint prints pages on A4 landscape, from a dark screen.
func TestPrint(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768), scheme("dark"))
	for path, most := range map[string]int{"/": 2, "/publikasi": 10, "/ppid": 4} {
		visit(t, ctx, base+path)
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
		if err != nil {
			t.Fatal(err)
		}
		write(t, "print"+strings.ReplaceAll(path, "/", "-")+".pdf", pdf)
		sheets := bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page "))
		if sheets < 1 || sheets > most {
			t.Errorf("%s: the print has %d pages, want at most %d", path, sheets, most)
		}
		// A4 landscape in points.
		if !bytes.Contains(pdf, []byte("/MediaBox [0 0 841")) {
			t.Errorf("%s: the print is not A4 landscape", path)
		}
	}
}

// TestSearchByKeyboard filters a table without touching the mouse, and finds
// the address following.
func TestSearchByKeyboard(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), nil)
	ctx := newBrowser(t)
	visit(t, ctx, base+"/publikasi")
	must(t, ctx, chromedp.KeyEvent("/"), chromedp.KeyEvent("sosial"))
	waitFor(t, ctx, `document.activeElement.id === 'cari' && new URL(location.href).searchParams.get('q') === 'sosial'`)
	if got := eval[int](t, ctx, `[...document.querySelectorAll('.league tr[data-opd]')].filter(r => !r.hidden).length`); got != 1 {
		t.Errorf("%d rows left, want that of Dinas Sosial", got)
	}
	if got := eval[string](t, ctx, `document.querySelector('[data-found]').textContent`); !strings.Contains(got, "cocok dengan “sosial”") {
		t.Errorf("the live region says %q", got)
	}
	must(t, ctx, chromedp.Reload())
	waitFor(t, ctx, `document.readyState === 'complete' && [...document.querySelectorAll('.league tr[data-opd]')].filter(r => !r.hidden).length === 1`)
	// Enter opens the one thing found, or the list of them.
	visit(t, ctx, base+"/")
	must(t, ctx, chromedp.KeyEvent("/"), chromedp.KeyEvent("sosial"))
	_ = eval[chromedp.Void](t, ctx, `document.querySelector('[data-search]').requestSubmit()`)
	waitFor(t, ctx, `location.pathname === '/opd/1.09' && location.search.includes('from=2026-10-08') && document.readyState === 'complete'`)
	must(t, ctx, chromedp.KeyEvent("/"), chromedp.KeyEvent("kecamatan"))
	_ = eval[chromedp.Void](t, ctx, `document.querySelector('[data-search]').requestSubmit()`)
	waitFor(t, ctx, `location.pathname === '/cari' && document.querySelectorAll('.hits a').length > 5 && document.readyState === 'complete'`)
	_ = eval[chromedp.Void](t, ctx, `document.activeElement.blur()`)
	must(t, ctx, chromedp.KeyEvent("?"))
	waitFor(t, ctx, `location.pathname === '/metode' && location.search.includes('from=2026-10-08')`)
}

// brokenSeries cannot measure the months that only a trend asks for.
type brokenSeries struct{ *fakeReports }

func (brokenSeries) Series(context.Context, metrics.Query, int) (*metrics.Series, error) {
	return nil, errors.New("broken part")
}

// TestCardFailsAlone: a card that cannot be had says so in its own place.
func TestCardFailsAlone(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, brokenSeries{fixtureReports()}, nil)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.Navigate(base+"/"))
	waitFor(t, ctx, `[...document.querySelectorAll('[data-card]')].some(c => c.textContent.includes('belum dapat dimuat') && c.querySelector('a'))`)
	if got := eval[int](t, ctx, `document.querySelectorAll('[data-kpi]').length`); got != 4 {
		t.Errorf("%d key figures beside the failed card, want 4", got)
	}
}

// TestBoard turns the slides, stops them, and takes the network away.
func TestBoard(t *testing.T) {
	t.Parallel()
	reports := fixtureReports()
	base, stop := serveAt(t, "127.0.0.1:0", reports)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1920, 1080))
	visit(t, ctx, base+"/paparan")
	heading := `document.querySelector('[data-slide][data-current] h2').textContent`
	n := eval[int](t, ctx, `document.querySelectorAll('[data-slide]').length`)
	for i := range n {
		name := fmt.Sprintf("board-%d", i+1)
		keep(t, ctx, name+".png", false)
		inspect(t, ctx, name)
		if below := eval[int](t, ctx, `document.documentElement.scrollHeight - innerHeight`); below > 0 {
			t.Errorf("%s: %d px lie below the screen", name, below)
		}
		if small := eval[[]string](t, ctx, `[...document.querySelectorAll('[data-slide][data-current] *')].filter(e =>
			e.textContent.trim() && !e.closest('.unseen') && !e.children.length && parseFloat(getComputedStyle(e).fontSize) < 24).map(e => e.outerHTML.slice(0, 80))`); len(small) > 0 {
			t.Errorf("%s: text below 24 px: %v", name, small)
		}
		must(t, ctx, chromedp.KeyEvent(kb.ArrowRight))
	}
	if got := eval[string](t, ctx, heading); got != "Angka kunci" {
		t.Errorf("after all slides comes %q, want the first again", got)
	}
	must(t, ctx, chromedp.KeyEvent(kb.ArrowLeft))
	if got := eval[string](t, ctx, heading); got != "Yang perlu perhatian" {
		t.Errorf("before the first slide comes %q, want the last", got)
	}
	must(t, ctx, chromedp.Click(chromedp.CSS(`[data-pause]`)))
	if got := eval[string](t, ctx, `document.querySelector('[data-pause]').getAttribute('aria-pressed')`); got != "true" {
		t.Errorf("the pause button is pressed: %s", got)
	}
	if got := eval[string](t, ctx, `document.querySelector('[data-clock]').textContent`); !strings.Contains(got, "5 November") || !strings.Contains(got, "08.0") {
		t.Errorf("the clock shows %q, want the server's time in WIB", got)
	}
	// The server goes: the figures stay, marked as old.
	stop()
	_ = eval[bool](t, ctx, `window.dispatchEvent(new Event('offline'))`)
	waitFor(t, ctx, `document.querySelector('[data-stale]').textContent.includes('Data lama')`)
	keep(t, ctx, "board-stale.png", false)
	if got := eval[int](t, ctx, `document.querySelectorAll('[data-kpi]').length`); got == 0 {
		t.Error("the figures went with the network")
	}
	base, _ = serveAt(t, strings.TrimPrefix(base, "http://"), reports)
	_ = eval[bool](t, ctx, `window.dispatchEvent(new Event('online'))`)
	waitFor(t, ctx, `document.querySelector('[data-stale]').textContent === ''`)
	if got := eval[string](t, ctx, heading); got != "Yang perlu perhatian" {
		t.Errorf("new figures turned the slide to %q", got)
	}
	// Who asks for less motion gets slides that stand still.
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
	visit(t, ctx, base+"/paparan")
	if got := eval[string](t, ctx, `document.querySelector('[data-pause]').textContent`); got != "Lanjutkan" {
		t.Errorf("with reduced motion the button says %q", got)
	}
}

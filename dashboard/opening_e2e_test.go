//go:build e2e

package dashboard

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// shown is what a page says it shows: its language, period and order, its
// choices, its figures and its rows.
const shown = `[document.documentElement.lang, document.querySelector('.period').textContent,
	...[...document.querySelectorAll('.scope select')].map(s => s.value), document.querySelector('#dari').value, document.querySelector('#sampai').value,
	...[...document.querySelectorAll('.kpi-number')].map(k => k.textContent.trim()),
	...[...document.querySelectorAll('th[aria-sort]')].map(h => h.textContent + h.getAttribute('aria-sort')),
	...[...document.querySelectorAll('.league tbody tr')].map(r => r.dataset.opd)].join(' | ')`

// TestEveryViewComesBack walks from the page that opens through filters,
// comparison, presets, orders and the other language; going back and forward,
// loading again and pasting an address give exactly what was there.
func TestEveryViewComesBack(t *testing.T) {
	t.Parallel()
	o := filterOffice(t)
	o.now = time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)
	base, _ := serveServer(t, "127.0.0.1:0", o.server)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 900))
	type stop struct{ address, view string }
	var walked []stop
	look := func() stop {
		t.Helper()
		return stop{eval[string](t, ctx, `location.href`), eval[string](t, ctx, shown)}
	}
	// settle waits for another page than that of an address.
	settle := func(before string) {
		t.Helper()
		waitFor(t, ctx, fmt.Sprintf(`location.href !== %q && document.readyState === 'complete' && document.querySelector('.period') !== null`, before))
	}
	arrive := func() {
		t.Helper()
		now := look()
		for _, s := range walked {
			if s.view == now.view {
				t.Errorf("%s shows the same as %s", now.address, s.address)
			}
		}
		walked = append(walked, now)
	}
	click := func(selector string) {
		t.Helper()
		before := eval[string](t, ctx, `location.href`)
		eval[bool](t, ctx, fmt.Sprintf(`(document.querySelector(%q).click(), true)`, selector))
		settle(before)
		arrive()
	}
	choose := func(id, value string) {
		t.Helper()
		before := eval[string](t, ctx, `location.href`)
		eval[bool](t, ctx, fmt.Sprintf(`(() => { const s = document.getElementById(%q); s.value = %q; s.dispatchEvent(new Event('change', {bubbles: true})); return true; })()`, id, value))
		settle(before)
		arrive()
	}
	visit(t, ctx, base+"/publikasi")
	arrive()
	if view := walked[0].view; !strings.Contains(view, "28 hari sampai 9 Maret 2026") || !strings.Contains(view, "2026-02-10 | 2026-03-09") {
		t.Fatalf("the page opens with %s", view)
	}
	choose("kelompok", "dinas")
	click(`.sort[href*="sort=stories"]`)
	waitFor(t, ctx, `document.querySelector('[data-told]').textContent.includes('Urut Berita, menurun.')`)
	click(`.sort[href*="sort=stories"]`) // the other direction
	choose("saluran", "portal")
	click(`a[hreflang="en"]`)
	click(`.presets li:nth-child(2) a`) // 91 days
	click(`.finished a`)                // the newest whole month
	choose("banding", "year")
	if last := walked[len(walked)-1].address; !strings.HasSuffix(last, "month=2026-02&compare=year&region=99.01&peer_group=dinas&channel=portal") || !strings.Contains(last, "sort=stories&") || !strings.Contains(last, "lang=en") {
		t.Errorf("the walk ends at %s", last)
	}
	step := func(method string, want stop) {
		t.Helper()
		eval[bool](t, ctx, `(history.`+method+`(), true)`) // a page kept in memory fires no load event to wait for
		waitFor(t, ctx, fmt.Sprintf(`location.href === %q && document.readyState === 'complete' && document.querySelector('.period') !== null`, want.address))
		if got := look(); got != want {
			t.Errorf("%s to %s:\n%s\nbefore:\n%s", method, want.address, got.view, want.view)
		}
	}
	for i := len(walked) - 2; i >= 0; i-- {
		step("back", walked[i])
	}
	for _, want := range walked[1:] {
		step("forward", want)
	}
	other := newBrowser(t)
	must(t, other, chromedp.EmulateViewport(1366, 900))
	for i, want := range walked {
		visit(t, other, want.address)
		if got := eval[string](t, other, shown); got != want.view {
			t.Errorf("pasted %s:\n%s\nbefore:\n%s", want.address, got, want.view)
		}
		if i%3 == 0 {
			must(t, other, chromedp.Reload())
			if got := eval[string](t, other, shown); got != want.view {
				t.Errorf("%s loaded again:\n%s\nbefore:\n%s", want.address, got, want.view)
			}
		}
	}
}

// TestSortOnPhone orders the league where its rows are cards: with the keyboard,
// and without scripts.
func TestSortOnPhone(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	ctx := newBrowser(t)
	const first = `document.querySelector('.league tbody tr').dataset.opd`
	must(t, ctx, chromedp.EmulateViewport(1366, 768))
	visit(t, ctx, base+"/publikasi")
	if eval[bool](t, ctx, `document.querySelector('.sorts').checkVisibility()`) {
		t.Error("a table with heads has the list too")
	}
	for _, width := range []int64{320, 390} {
		must(t, ctx, chromedp.EmulateViewport(width, 800))
		visit(t, ctx, base+"/publikasi?month=2026-10&region=99.01")
		if !eval[bool](t, ctx, `document.querySelector('.sorts summary').checkVisibility() && !document.querySelector('.league thead').checkVisibility()`) {
			t.Fatalf("at %d px nothing sorts the league", width)
		}
		must(t, ctx, chromedp.Focus(chromedp.CSS(`.sorts summary`)), chromedp.KeyEvent("\r"))
		waitFor(t, ctx, `document.querySelector('.sorts').open`)
		keep(t, ctx, fmt.Sprintf("sorts-%d.png", width), false)
		inspect(t, ctx, fmt.Sprintf("the open list at %d px", width))
		if out := eval[int](t, ctx, `Math.round(document.querySelector('.sorts ul').getBoundingClientRect().right - innerWidth)`); out > 0 {
			t.Errorf("at %d px the list is %d px wider than the screen", width, out)
		}
	}
	must(t, ctx, chromedp.KeyEvent("\t"), chromedp.KeyEvent("\t"))
	if got := eval[string](t, ctx, `document.activeElement.textContent.trim()`); got != "OPD" {
		t.Fatalf("the second choice is %q", got)
	}
	// The key opens the next page before the browser has answered for it.
	pressed, cancel := context.WithTimeout(ctx, time.Second)
	_ = chromedp.Do(pressed, chromedp.KeyEvent("\r"))
	cancel()
	waitFor(t, ctx, `location.search.includes('sort=name') && document.readyState === 'complete'`)
	waitFor(t, ctx, `document.querySelector('[data-told]').textContent.includes('Urut OPD, menaik.')`)
	if got := eval[string](t, ctx, `document.querySelector('.sorts summary').textContent`); got != "Urutkan: OPD ▲(menaik)" {
		t.Errorf("the list says %q", got)
	}
	inspect(t, ctx, "the sorted league")
	// Without scripts.
	plain := newBrowser(t)
	must(t, plain, chromedp.EmulateViewport(390, 800), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	must(t, plain, chromedp.Navigate(base+"/publikasi?month=2026-10&region=99.01"))
	before := eval[string](t, plain, first)
	to := eval[string](t, plain, `[...document.querySelectorAll('.sorts a')].find(a => a.textContent.trim() === 'OPD').href`)
	if u, err := url.Parse(to); err != nil || u.Query().Get("sort") != "name" {
		t.Fatalf("the choice leads to %s", to)
	}
	must(t, plain, chromedp.Click(chromedp.CSS(`.sorts summary`)))
	if !eval[bool](t, plain, `document.querySelector('.sorts').open`) {
		t.Error("the list opens with scripts only")
	}
	must(t, plain, chromedp.Navigate(to))
	if after := eval[string](t, plain, first); after == before {
		t.Errorf("without scripts %s stays first", after)
	}
}

// TestOpenedPages shows the pages as they open: on a laptop, a phone and the
// wall, light and dark, in both languages.
func TestOpenedPages(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	for _, view := range []struct {
		name          string
		width, height int64
		scheme        string
	}{{"1366", 1366, 768, "light"}, {"phone", 390, 844, "dark"}, {"320", 320, 640, "light"}} {
		t.Run(view.name, func(t *testing.T) {
			t.Parallel()
			ctx := newBrowser(t)
			watchViolations(t, ctx)
			must(t, ctx, chromedp.EmulateViewport(view.width, view.height), scheme(view.scheme))
			for _, path := range []string{"/", "/?lang=en", "/publikasi", "/ppid", "/opd/1.03", "/paparan"} {
				name := "opened" + strings.NewReplacer("/", "-", "?lang=", "-").Replace(path) + "-" + view.name
				visit(t, ctx, base+path)
				keep(t, ctx, name+".png", false)
				inspect(t, ctx, name)
			}
		})
	}
}

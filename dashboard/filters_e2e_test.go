//go:build e2e

package dashboard

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Filters live in the address: choosing, going back, loading again and pasting
// the address give the same view, with and without scripts.
func TestFiltersLiveInTheAddress(t *testing.T) {
	t.Parallel()
	o := filterOffice(t)
	base, _ := serveServer(t, "127.0.0.1:0", o.server)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768))
	// view is what the page says it shows, and its figures.
	const view = `[document.querySelector('.period').textContent, document.querySelector('[data-kpi="stories"] .kpi-number').textContent.trim(),
		...[...document.querySelectorAll('.scope select')].map(s => s.value), document.querySelector('#dari').value, document.querySelector('#sampai').value,
		...[...document.querySelectorAll('.league tbody tr')].map(r => r.dataset.opd)].join(' | ')`
	choose := func(id, value string) {
		t.Helper()
		before := eval[string](t, ctx, `location.href`)
		eval[bool](t, ctx, fmt.Sprintf(`(() => { const s = document.getElementById(%q); s.value = %q; s.dispatchEvent(new Event('change', {bubbles: true})); return true; })()`, id, value))
		waitFor(t, ctx, fmt.Sprintf(`location.href !== %q && document.readyState === 'complete'`, before))
	}
	visit(t, ctx, base+"/publikasi?month=2026-02&region=99.01")
	first := eval[string](t, ctx, view)
	choose("kelompok", "dinas")
	waitFor(t, ctx, `document.querySelector('[data-told]').textContent.includes('kelompok dinas')`) // the result is told
	choose("saluran", "portal")
	choose("banding", "year")
	restricted, address := eval[string](t, ctx, view), eval[string](t, ctx, `location.href`)
	if !strings.HasSuffix(address, "/publikasi?month=2026-02&compare=year&region=99.01&peer_group=dinas&channel=portal") {
		t.Errorf("the address is %s", address)
	}
	if restricted == first {
		t.Error("the filters change nothing")
	}
	must(t, ctx, chromedp.Reload())
	if got := eval[string](t, ctx, view); got != restricted {
		t.Errorf("after loading again:\n%s\nbefore:\n%s", got, restricted)
	}
	// A preset, then a month: the month takes the place of the days.
	eval[bool](t, ctx, `(document.querySelector('.presets a').click(), true)`)
	waitFor(t, ctx, `document.querySelector('.presets a[aria-current]') !== null && location.search.includes('from=2026-02-10')`)
	choose("bulan", "2026-01")
	if got := eval[string](t, ctx, `location.search`); strings.Contains(got, "from=") || !strings.Contains(got, "month=2026-01") || !strings.Contains(got, "peer_group=dinas") {
		t.Errorf("after a month was chosen: %s", got)
	}
	for _, where := range []string{"from=2026-02-10", "channel=portal&month=2026-02"} {
		eval[bool](t, ctx, `(history.back(), true)`) // a page kept in memory fires no load event to wait for
		waitFor(t, ctx, fmt.Sprintf(`location.search.includes(%q) || location.href === %q`, where, address))
	}
	waitFor(t, ctx, fmt.Sprintf(`location.href === %q && document.readyState === 'complete'`, address))
	if got := eval[string](t, ctx, view); got != restricted {
		t.Errorf("after going back:\n%s\nbefore:\n%s", got, restricted)
	}
	other := newBrowser(t)
	must(t, other, chromedp.EmulateViewport(1366, 768))
	visit(t, other, address)
	if got := eval[string](t, other, view); got != restricted {
		t.Errorf("pasted elsewhere:\n%s\nbefore:\n%s", got, restricted)
	}
	// On a phone the bar is folded and opens.
	must(t, ctx, chromedp.EmulateViewport(360, 800))
	visit(t, ctx, address)
	if eval[bool](t, ctx, `document.querySelector('#bulan').checkVisibility({contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true}) && document.querySelector('#bulan').getBoundingClientRect().height > 0`) {
		t.Error("the bar is open on a phone")
	}
	eval[bool](t, ctx, `(document.querySelector('.scope > summary').click(), true)`)
	waitFor(t, ctx, `document.querySelector('#bulan').getBoundingClientRect().height > 20`)
	if wide := eval[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("the bar is %d px wider than the phone", wide)
	}
	inspect(t, ctx, "filters-phone")
}

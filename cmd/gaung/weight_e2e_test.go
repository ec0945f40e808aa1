//go:build e2e

package main

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const (
	// firstLoad and laterPage bound what comes over the line, compressed, in
	// bytes: offices sit behind slow proxies.
	firstLoad = 450_000
	laterPage = 40_000
)

// pageWeight is what the browser says of a page once its cards are filled.
type pageWeight struct {
	Bytes    int     `json:"bytes"`    // all answers, as sent
	Paint    float64 `json:"paint"`    // first contentful paint, ms after the start
	Blocking float64 `json:"blocking"` // sum of what long tasks take beyond 50 ms
}

const weigh = `(async () => {
	const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
	const long = await new Promise(done => {
		let tasks = [];
		const watch = new PerformanceObserver(list => { tasks = tasks.concat(list.getEntries()); });
		watch.observe({ type: 'longtask', buffered: true });
		setTimeout(() => { watch.disconnect(); done(tasks); }, 200);
	});
	return {
		bytes: entries.reduce((sum, e) => sum + e.transferSize, 0),
		paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
		blocking: long.reduce((sum, t) => sum + Math.max(0, t.duration - 50), 0),
	};
})()`

// checkWeights loads the first page with an empty cache and others after it.
// The figures are printed; only the bytes, which do not depend on the machine,
// are judged.
func checkWeights(t *testing.T, url string) {
	t.Helper()
	ctx := newTab(t)
	limit := firstLoad
	for _, path := range []string{"/", "/publikasi", "/ppid", "/pengaduan", "/pranata-humas", "/indeks", "/tren", "/opd/4.01.0.00.0.00.01.0000", "/kesehatan-sumber", "/mutu-data"} {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(url+path)); err != nil {
			t.Fatal(err)
		}
		waitUntil(t, ctx, `document.readyState === 'complete' && !document.querySelector('[aria-busy="true"]')`)
		got, err := chromedp.Run(ctx, chromedp.Evaluate[pageWeight](weigh, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-18s %7d bytes, first contentful paint %4.0f ms, blocked for %4.0f ms", path, got.Bytes, got.Paint, got.Blocking)
		if got.Bytes == 0 || got.Bytes > limit {
			t.Errorf("%s: %d bytes, want at most %d", path, got.Bytes, limit)
		}
		limit = laterPage
	}
}

// waitUntil asks the page until the condition holds.
func waitUntil(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition)); err == nil && ok {
			return
		}
	}
	t.Fatalf("never true: %s", condition)
}

//go:build e2e

package dashboard

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestEnglishInBrowser opens every page in English: English words are longer
// in places, and scripts write some of the texts.
func TestEnglishInBrowser(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), func(o *Options) { o.Example = true })
	for _, view := range []struct {
		name          string
		width, height int64
		scheme        string
	}{
		{"en-1366", 1366, 768, "light"},
		{"en-phone", 360, 800, "dark"},
	} {
		t.Run(view.name, func(t *testing.T) {
			t.Parallel()
			ctx := newBrowser(t)
			watchViolations(t, ctx)
			must(t, ctx, chromedp.EmulateViewport(view.width, view.height), scheme(view.scheme))
			for _, p := range pages() {
				name := strings.TrimSuffix(goldenName(p), ".html") + "-" + view.name
				visit(t, ctx, base+with(at(p), inEnglish))
				keep(t, ctx, name+".png", false)
				inspect(t, ctx, name)
			}
		})
	}
	t.Run("320", func(t *testing.T) {
		t.Parallel()
		ctx := newBrowser(t)
		must(t, ctx, chromedp.EmulateViewport(320, 640), scheme("light"))
		for _, p := range pages() {
			visit(t, ctx, base+with(at(p), inEnglish))
			fits(t, ctx, p.name+" in English at 320 px")
		}
	})
}

// TestScriptsSpeakEnglish: what scripts write follows the page.
func TestScriptsSpeakEnglish(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), nil)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768))
	visit(t, ctx, base+"/publikasi?"+inEnglish+"&q=dinas")
	if got := eval[string](t, ctx, `document.querySelector('[data-found]').textContent`); !strings.Contains(got, "rows match “dinas”.") {
		t.Errorf("the search says %q", got)
	}
	visit(t, ctx, base+"/paparan?"+inEnglish)
	if got := eval[string](t, ctx, `document.querySelector('[data-position]').textContent`); got != "1 of 5" {
		t.Errorf("the wall says %q", got)
	}
	if got := eval[string](t, ctx, `document.querySelector('[data-clock]').textContent`); !strings.Contains(got, "November") || !strings.Contains(got, "Thursday") || !strings.HasSuffix(got, " WIB") {
		t.Errorf("the clock says %q", got)
	}
}

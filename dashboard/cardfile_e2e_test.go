//go:build e2e

package dashboard

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Every save button of a page, those of cards that come later included, leads
// to a file of its own kind; and a search while one types goes along.
func TestSaveButtonsInBrowser(t *testing.T) {
	t.Parallel()
	base := serveFixture(t, fixtureReports(), nil)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 900))
	for _, path := range []string{"/publikasi", "/ppid"} {
		visit(t, ctx, base+with(path, thisMonth))
		waitFor(t, ctx, `[...document.querySelectorAll('[data-card]')].every(c => c.hasAttribute('data-filled'))`)
		got := eval[[]string](t, ctx, `(async () => {
			const out = [];
			for (const b of document.querySelectorAll('.save button')) {
				const to = new URL(b.formAction || b.form.action, location);
				to.search = new URLSearchParams(new FormData(b.form, b));
				const answer = await fetch(to);
				out.push(b.value + ' ' + answer.status + ' ' + answer.headers.get('content-type').split(';')[0] + ' ' + answer.headers.get('content-disposition').split(';')[0]);
			}
			return out;
		})()`)
		if len(got) < 12 {
			t.Errorf("%s: %d buttons", path, len(got))
		}
		for _, line := range got {
			want := " 200 image/png attachment"
			if strings.Contains(line, ".csv ") {
				want = " 200 text/csv attachment"
			}
			if !strings.HasSuffix(line, want) {
				t.Errorf("%s: %s", path, line)
			}
		}
	}
	must(t, ctx, chromedp.SendKeys(chromedp.CSS(`#cari`), "sosial"))
	if q := eval[string](t, ctx, `new FormData(document.getElementById('berkas')).get('q') || ''`); q != "sosial" {
		t.Errorf("the files follow the search %q", q)
	}
}

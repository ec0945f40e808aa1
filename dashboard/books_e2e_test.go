//go:build e2e

package dashboard

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// TestDownloadCloseVerify does in a browser what an office does at the end of
// a month: download, close, and check the code that is printed on a card.
func TestDownloadCloseVerify(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Gate{Open: true})
	base, _ := serveServer(t, "127.0.0.1:0", o.server)
	ctx := newBrowser(t)
	must(t, ctx, chromedp.EmulateViewport(1366, 768))
	dir := t.TempDir()
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir, BrowserContextID: chromedp.FromContext(ctx).BrowserContextID})
		return err
	}))
	visit(t, ctx, base+"/?month=2026-02")
	for link, want := range map[string]string{
		`a[href^="/report.xlsx"].button`:            "gaung_laporan_99.01_2026-02_2026-03-05.xlsx",
		`a[href^="/kartu/ringkasan-1920x1080.png"]`: "gaung_ringkasan-1920x1080_99.01_2026-02_2026-03-05.png",
		`a[href^="/paket/bahan-rapat.zip"]`:         "gaung_bahan-rapat_99.01_2026-02_2026-03-05.zip",
	} {
		_ = eval[bool](t, ctx, `(() => { const menu = document.querySelector('details.menu'); menu.open = true; document.querySelector('`+link+`').click(); return true })()`)
		path := filepath.Join(dir, want)
		for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			if info, err := os.Stat(path); err == nil && info.Size() > 0 {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s did not arrive", want)
			}
		}
	}
	must(t, ctx, chromedp.Navigate(base+"/tutup-buku?month=2026-02"), chromedp.WaitVisible(chromedp.CSS(`form.closing`)))
	inspect(t, ctx, "closing")
	keep(t, ctx, "closing.png", false)
	must(t, ctx, chromedp.Click(chromedp.CSS(`form.closing button`)))
	waitFor(t, ctx, `location.search.includes('hasil=ditutup') && document.readyState === 'complete'`)
	id := eval[string](t, ctx, `document.querySelector('.editions th a').textContent`)
	if !strings.HasPrefix(id, "9901-202602-1-") {
		t.Fatalf("the edition is %q", id)
	}
	inspect(t, ctx, "closed")
	visit(t, ctx, base+"/verifikasi")
	must(t, ctx, chromedp.SendKeys(chromedp.CSS(`#kode`), strings.ToLower(id)))
	_ = eval[bool](t, ctx, `(document.querySelector('form.verify button').click(), true)`)
	waitFor(t, ctx, `document.readyState === 'complete' && document.body.textContent.includes('dikenal dan berlaku')`)
	inspect(t, ctx, "verify")
	keep(t, ctx, "verify.png", false)
	if got := eval[string](t, ctx, `document.querySelector('[data-kpi]').textContent`); !strings.Contains(got, "12") {
		t.Errorf("the frozen view shows %q, want the 12 stories", got)
	}
}

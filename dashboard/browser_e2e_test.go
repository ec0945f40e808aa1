//go:build e2e

package dashboard

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// oneBrowser is the browser that all tests share: starting one takes as long as
// many a test. It ends with the test binary.
var oneBrowser struct {
	sync.Mutex
	ctx context.Context
}

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

// newBrowser opens a tab with a profile of its own: no cookie, no cached file
// and no setting of another test.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(running(t), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Errorf("close the tab: %v", err)
		}
		cancel()
	})
	// A tab beside others has the focus as if it were alone.
	must(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	}))
	return ctx
}

// running is the shared browser, which is started for the first test.
func running(t *testing.T) context.Context {
	t.Helper()
	oneBrowser.Lock()
	defer oneBrowser.Unlock()
	if oneBrowser.ctx != nil {
		return oneBrowser.ctx
	}
	profile, err := os.MkdirTemp("", "gaung-browser-")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)),
		chromedp.UserDataDir(profile),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	atEnd = append(atEnd, func() {
		_ = chromedp.Cancel(ctx)
		stop()
		_ = os.RemoveAll(profile)
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	oneBrowser.ctx = ctx
	return ctx
}

//go:build e2e

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"
)

// buildProgram builds the program as make does.
func buildProgram(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gaung")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// startDemo runs gaung demo on a free port until the test ends and returns the
// address of the dashboard once it stands.
func startDemo(t *testing.T, program, dir string) string {
	t.Helper()
	command := exec.Command(program, "demo", "--listen", "127.0.0.1:0", "--dir", dir)
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Signal(syscall.SIGTERM)
		if err := command.Wait(); err != nil {
			t.Errorf("the demo did not end cleanly: %v", err)
		}
	})
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stderr)
		for lines.Scan() {
			if _, rest, found := strings.Cut(lines.Text(), "Dasbor: "); found {
				address <- strings.Fields(rest)[0]
			}
		}
		close(address)
	}()
	url, ok := <-address
	if !ok {
		t.Fatal("the demo ended before its dashboard stood")
	}
	return url
}

func fetch(t *testing.T, url string) []byte {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d\n%.400s", url, response.StatusCode, body)
	}
	return body
}

// waitForRanking waits until the running pull has ended.
func waitForRanking(t *testing.T, url string) {
	t.Helper()
	for range 600 {
		var progress struct{ Running bool }
		if err := json.Unmarshal(fetch(t, url+"/progress"), &progress); err != nil {
			t.Fatal(err)
		}
		if !progress.Running {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	t.Fatal("the pull of the example does not end")
}

// TestBrowserShowsTheRankingOfTheDemo is the main job as its users do it: one
// command, then the page, the workbook, and an import while it all runs.
func TestBrowserShowsTheRankingOfTheDemo(t *testing.T) {
	t.Setenv("GAUNG_ENGINE", engineOfTests(t))
	program, dir := buildProgram(t), filepath.Join(t.TempDir(), "demo")
	url := startDemo(t, program, dir)
	waitForRanking(t, url)
	checkWeights(t, url)

	ctx := newTab(t)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(url+"/publikasi?month=2026-10"), chromedp.WaitVisible(chromedp.CSS("[data-drawn] svg"))); err != nil {
		t.Fatal(err)
	}
	rows, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelectorAll("table tbody tr").length`))
	if err != nil {
		t.Fatal(err)
	}
	if rows < 60 {
		t.Errorf("the page shows %d table rows, want those of some 40 OPD in several tables", rows)
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	artifacts := filepath.Join("..", "..", "artifacts")
	if err := os.MkdirAll(artifacts, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(artifacts, "demo-1366x768.png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}

	report := document(t, string(fetch(t, url+"/api/v1/report?month=2026-10")))
	stories := at(t, report, "publication", "stories").(float64)
	if stories < 200 {
		t.Errorf("the example's October has %v stories, want hundreds", stories)
	}
	failed := at(t, report, "data_quality", "failed_sources").([]any)
	if len(failed) != 3 {
		t.Errorf("%d sources failed, want the three broken ones: %v", len(failed), failed)
	}
	book, err := excelize.OpenReader(bytes.NewReader(fetch(t, url+"/report.xlsx?month=2026-10")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if len(book.GetSheetList()) < 7 {
		t.Errorf("the workbook has the sheets %v", book.GetSheetList())
	}

	// Another process imports while the demo serves: the next load shows it.
	file := filepath.Join(t.TempDir(), "artikel.csv")
	if err := os.WriteFile(file, []byte("url,title,published_at,opd\nhttps://baru.example/1,Berita yang diimpor selagi dasbor hidup,2026-10-20 10:00,Dinkes\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []float64{stories + 1, stories + 1} {
		out, err := exec.Command(program, "import", "articles", file, "--warehouse", "chdb:"+dir, "--config", "../../examples/kabupaten-contoh/gaung.yaml").CombinedOutput()
		if err != nil {
			t.Fatalf("import: %v\n%s", err, out)
		}
		after := document(t, string(fetch(t, url+"/api/v1/report?month=2026-10")))
		if got := at(t, after, "publication", "stories"); got != want {
			t.Errorf("after the import the report has %v stories, want %v", got, want)
		}
	}
}

func newTab(t *testing.T) context.Context {
	t.Helper()
	browser := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if browser == "" {
			browser, _ = exec.LookPath(name)
		}
	}
	if browser == "" {
		t.Fatal("no Chromium on this machine: apt-get install chromium, or set CHROMIUM to its path")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))
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

package ingest

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Progress shows how far a run is. One stage is shown at a time: Start names
// it with the number of things to do (0 when that is not known), Add moves it
// on, and Done ends it with a summary. Implementations are safe for
// concurrent use.
type Progress interface {
	Start(label string, total int)
	Add(n int)
	Done(summary string)
}

// NewProgress shows a bar when f is a terminal, and otherwise logs a line at
// least every ten seconds, so that no run is ever silent for long.
func NewProgress(f *os.File, log *slog.Logger) Progress {
	if term.IsTerminal(int(f.Fd())) {
		return &bar{out: f}
	}
	return &lines{log: log, every: 10 * time.Second, now: time.Now}
}

// quiet shows nothing.
type quiet struct{}

func (quiet) Start(string, int) {}
func (quiet) Add(int)           {}
func (quiet) Done(string)       {}

// bar draws on a terminal.
type bar struct {
	mu  sync.Mutex
	out io.Writer
	bar *progressbar.ProgressBar
}

func (b *bar) Start(label string, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if total == 0 {
		total = -1 // a spinner
	}
	b.bar = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(b.out),
		progressbar.OptionSetDescription(label),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetWidth(30),
		progressbar.OptionClearOnFinish(),
	)
	_ = b.bar.RenderBlank() // shown before the first row
}

func (b *bar) Add(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar != nil {
		// A terminal that cannot be drawn on must not stop the run.
		_ = b.bar.Add(n)
	}
}

func (b *bar) Done(summary string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar != nil {
		_ = b.bar.Finish()
		b.bar = nil
	}
	fmt.Fprintln(b.out, summary)
}

// lines logs.
type lines struct {
	mu    sync.Mutex
	log   *slog.Logger
	every time.Duration
	now   func() time.Time

	label       string
	done, total int
	last        time.Time
}

func (l *lines) Start(label string, total int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.label, l.done, l.total, l.last = label, 0, total, l.now()
	l.log.Info(label, "total", total)
}

func (l *lines) Add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done += n
	if now := l.now(); now.Sub(l.last) >= l.every {
		l.last = now
		l.log.Info(l.label, "done", l.done, "total", l.total)
	}
}

func (l *lines) Done(summary string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.log.Info(summary, "stage", l.label, "done", l.done)
}

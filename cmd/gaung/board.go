package main

import (
	"sync"

	"gaung/dashboard"
	"gaung/ingest"
)

// board shows how far the work is on the dashboard and hands every step on to
// the terminal.
type board struct {
	terminal ingest.Progress // nil shows nothing there

	mu    sync.Mutex
	state dashboard.Progress
}

var _ ingest.Progress = (*board)(nil)

// Start implements ingest.Progress.
func (b *board) Start(label string, total int) {
	b.mu.Lock()
	b.state.Label, b.state.Done, b.state.Total = label, 0, total
	b.mu.Unlock()
	if b.terminal != nil {
		b.terminal.Start(label, total)
	}
}

// Add implements ingest.Progress.
func (b *board) Add(n int) {
	b.mu.Lock()
	b.state.Done += n
	b.mu.Unlock()
	if b.terminal != nil {
		b.terminal.Add(n)
	}
}

// Done implements ingest.Progress.
func (b *board) Done(summary string) {
	if b.terminal != nil {
		b.terminal.Done(summary)
	}
}

// begin and end bracket a whole piece of work, of several stages.
func (b *board) begin(unit string) { b.set(dashboard.Progress{Running: true, Unit: unit}) }

func (b *board) end() { b.set(dashboard.Progress{}) }

func (b *board) set(p dashboard.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state = p
}

// now is what the dashboard shows.
func (b *board) now() dashboard.Progress {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state
}

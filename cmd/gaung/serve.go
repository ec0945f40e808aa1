package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"golang.org/x/sync/errgroup"

	"gaung/dashboard"
	"gaung/ingest"
	"gaung/ingest/source"
	"gaung/metrics"
	"gaung/warehouse"
)

type serveCommand struct {
	Listen string `help:"Alamat dasbor; alamat di luar komputer ini memerlukan admin (gaung user add)." default:"127.0.0.1:8080" placeholder:"ALAMAT" env:"GAUNG_LISTEN"`
	access
}

// Run serves the dashboard and pulls the configured sources on their schedule
// until the program is told to stop.
func (c *serveCommand) Run(ctx context.Context, p *program, _ *int) error {
	gate, err := c.gate(c.Listen)
	if err != nil {
		return err
	}
	config, err := p.loadConfig()
	if err != nil {
		return err
	}
	if err := ingest.CheckRows(config); err != nil {
		return err
	}
	deliveries, err := p.loadDeliveries(config)
	if err != nil {
		return err
	}
	w, gate, err := p.openGated(ctx, c.Listen, gate)
	if err != nil {
		return err
	}
	defer w.Close()
	sender, err := p.deliveries(w, deliveries)
	if err != nil {
		return err
	}
	shown := &board{terminal: p.progress()}
	intake := p.ingester(w, config.Table(), nil).Intake(config)
	return p.serve(ctx, w, service{listen: c.Listen, gate: gate, config: config, board: shown, intake: intake, deliveries: sender, work: func(ctx context.Context) error {
		both, ctx := errgroup.WithContext(ctx)
		both.Go(func() error { return p.pullOnSchedule(ctx, w, config, shown) })
		both.Go(func() error { return sender.Run(ctx) })
		return both.Wait()
	}})
}

// service is a dashboard with some work beside it.
type service struct {
	listen  string
	gate    dashboard.Gate
	config  *source.Config
	board   *board
	example bool
	intake  ingest.Intake // nil takes no pushes
	// deliveries says what was sent; nil where nothing is.
	deliveries dashboard.Deliveries
	work       func(context.Context) error
}

// serve runs dashboard and work side by side; the failure of either ends both.
func (p *program) serve(ctx context.Context, w *warehouse.Warehouse, s service) error {
	letterhead, err := p.letterhead(letterheadFlags{})
	if err != nil {
		return err
	}
	measured := metrics.New(w.Conn())
	server, err := dashboard.New(dashboard.Options{
		Reports: measured, Books: measured, Letterhead: letterhead, Deliveries: s.deliveries, Regions: s.config.Table(), DefaultRegion: p.regionCode(s.config),
		Progress: s.board.now, Now: p.now, Logger: p.logger, Version: version, Example: s.example, Intake: s.intake, Gate: s.gate,
		Listening: func(addr string) { fmt.Fprintf(p.stderr, "Dasbor: http://%s (Ctrl+C untuk berhenti)\n", addr) },
	})
	if err != nil {
		return fmt.Errorf("prepare the dashboard: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var working sync.WaitGroup
	var broken error
	working.Go(func() {
		if err := s.work(ctx); err != nil && ctx.Err() == nil {
			broken = err
			cancel()
		}
	})
	err = server.Listen(ctx, s.listen)
	cancel()
	working.Wait()
	if broken != nil {
		return broken
	}
	return err
}

// speakUp lets a long-running verb tell what it does.
func (p *program) speakUp() {
	if !p.Quiet {
		p.logger = slog.New(slog.NewTextHandler(p.stderr, nil))
	}
}

package main

import (
	"context"
	"encoding/json"
	"fmt"

	"gaung/ingest"
)

type ingestCommand struct {
	Sources []string `arg:"" optional:"" name:"sumber" help:"Nama sumber; tanpa nama berarti semua."`
	Replay  bool     `help:"Baca ulang simpanan mentah dengan aturan sekarang, tanpa menghubungi sumber."`
}

// Run pulls the configured sources now, or reads what was kept of them anew.
func (c *ingestCommand) Run(ctx context.Context, p *program, code *int) error {
	config, err := p.loadConfig()
	if err != nil {
		return err
	}
	if err := ingest.CheckRows(config); err != nil {
		return err
	}
	if len(config.Sources) == 0 && (!c.Replay || len(config.Push) == 0) {
		return usagef("belum ada sumber; daftarkan di %s (lihat docs/DATA.md) atau sebut berkasnya dengan --config", defaultConfig)
	}
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	in := p.ingester(w, config.Table(), p.progress())
	work := in.Pull
	if c.Replay {
		work = in.Replay
	}
	result, err := work(ctx, config, c.Sources)
	if err != nil {
		return err
	}
	if result.Failed() > 0 || result.Rejected > 0 {
		*code = exitRejected
	}
	return p.printPull(result)
}

func (p *program) printPull(r *ingest.PullResult) error {
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(r)
	}
	for _, s := range r.Sources {
		for _, note := range s.Notes {
			fmt.Fprintf(p.stderr, "%s: %s\n", s.Source, note)
		}
		for _, reject := range s.Rejects {
			fmt.Fprintln(p.stderr, reject.Message(s.Source))
		}
		if s.Failure != nil {
			fmt.Fprintf(p.stderr, "%s: gagal ditarik: %s\n", s.Source, s.Failure.Words)
		}
	}
	_, err := fmt.Fprintf(p.stdout, "%d sumber, %d gagal: %s\n", len(r.Sources), r.Failed(), r.Summary())
	return err
}

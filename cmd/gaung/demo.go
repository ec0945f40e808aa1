package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"gaung/dashboard"
	"gaung/examples"
	"gaung/ingest"
	"gaung/ingest/source"
	"gaung/warehouse"
)

type demoCommand struct {
	Listen string `help:"Alamat dasbor; hanya loopback." default:"127.0.0.1:8080" placeholder:"ALAMAT" env:"GAUNG_LISTEN"`
	Dir    string `help:"Direktori gudang data contoh." default:"./data/demo" placeholder:"DIREKTORI"`
}

// demoMark lies in every directory a demo made: only such a directory is ever
// cleared, and only when the example region has changed.
const demoMark = "data-contoh"

// Run starts the example sources on loopback, imports and pulls them as an
// office would, and serves the dashboard meanwhile. The clock stands at the
// example's own day, so that the figures are the same whenever it is run.
func (c *demoCommand) Run(ctx context.Context, p *program, _ *int) error {
	if err := dashboard.CheckLoopback(c.Listen); err != nil {
		return err
	}
	if err := c.prepareDirectory(); err != nil {
		return err
	}
	sites, err := startSites()
	if err != nil {
		return err
	}
	defer sites.Close()
	config, err := source.Parse("gaung.yaml (contoh)", examples.Config("http://"+sites.address))
	if err != nil {
		return fmt.Errorf("read the example configuration: %w", err)
	}
	p.now = startedAt(examples.Now(), p.now)
	p.Warehouse, p.Region = "chdb:"+c.Dir, examples.RegionCode
	fmt.Fprintf(p.stderr, "Kabupaten Contoh: semua nama dan angka karangan (data contoh). Situs contoh: http://%s\n", sites.address)
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	shown := &board{terminal: p.progress()}
	return p.serve(ctx, w, service{listen: c.Listen, config: config, board: shown, example: true, work: func(ctx context.Context) error {
		shown.begin()
		defer shown.end()
		begun := time.Now()
		if err := p.fillExample(ctx, w, config, shown); err != nil {
			return err
		}
		if err := c.mark(); err != nil {
			return err
		}
		fmt.Fprintf(p.stderr, "Peringkat lengkap setelah %.0f detik: http://%s\n", time.Since(begun).Seconds(), c.Listen)
		return nil
	}})
}

// fillExample imports the example's files and pulls its sources.
func (p *program) fillExample(ctx context.Context, w *warehouse.Warehouse, config *source.Config, progress ingest.Progress) error {
	in := p.ingester(w, config.Table(), progress)
	for _, file := range examples.Imports() {
		data, err := examples.Files().Open(file.Name)
		if err != nil {
			return fmt.Errorf("open the example file %s: %w", file.Name, err)
		}
		result, err := in.Import(ctx, ingest.ImportRequest{
			Kind: file.Kind, Path: file.Name, Reader: data, Region: examples.RegionCode, OPD: file.OPD,
		})
		data.Close()
		if err != nil {
			return fmt.Errorf("import the example file %s: %w", file.Name, err)
		}
		p.logger.Info("imported", "file", file.Name, "summary", result.Summary())
	}
	result, err := in.Pull(ctx, config, nil)
	if err != nil {
		return fmt.Errorf("pull the example sources: %w", err)
	}
	for _, s := range result.Sources {
		if s.Failure != nil && !p.Quiet {
			fmt.Fprintf(p.stderr, "Sumber %s gagal (memang dibuat rusak dalam contoh): %s\n", s.Source, s.Failure.Words)
		}
	}
	return nil
}

// prepareDirectory clears a directory that an older example was laid in.
func (c *demoCommand) prepareDirectory() error {
	mark := filepath.Join(c.Dir, demoMark)
	text, err := os.ReadFile(mark)
	switch {
	case err == nil && string(text) != examples.Fingerprint():
		if err := os.RemoveAll(c.Dir); err != nil {
			return &wrongUse{words: fmt.Sprintf("direktori contoh lama %s tidak dapat dihapus; hapus sendiri atau pilih yang lain dengan --dir", c.Dir), err: err}
		}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return &wrongUse{words: fmt.Sprintf("direktori %s tidak dapat dibaca; pilih yang lain dengan --dir", c.Dir), err: err}
	}
	return nil
}

func (c *demoCommand) mark() error {
	if err := os.WriteFile(filepath.Join(c.Dir, demoMark), []byte(examples.Fingerprint()), 0o600); err != nil {
		return fmt.Errorf("mark the example directory: %w", err)
	}
	return nil
}

// exampleSites is the loopback server of the example's web sites.
type exampleSites struct {
	*http.Server
	address string
}

func startSites() (*exampleSites, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the example sites: %w", err)
	}
	s := &exampleSites{
		Server:  &http.Server{Handler: examples.NewSites(), ReadHeaderTimeout: 5 * time.Second},
		address: listener.Addr().String(),
	}
	go s.Serve(listener)
	return s, nil
}

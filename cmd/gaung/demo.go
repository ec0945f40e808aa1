package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
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
	fingerprint, err := exampleFingerprint()
	if err != nil {
		return err
	}
	p.now = startedAt(examples.Now(), p.now)
	sites, err := startSites(p.now, c.formerAddress(fingerprint))
	if err != nil {
		return err
	}
	defer sites.Close()
	if err := c.prepareDirectory(fingerprint, sites.address); err != nil {
		return err
	}
	config, err := sites.config()
	if err != nil {
		return err
	}
	p.Warehouse, p.Region = "chdb:"+c.Dir, examples.RegionCode
	fmt.Fprintf(p.stderr, "Kabupaten Contoh: semua nama dan angka karangan (data contoh). Situs contoh: http://%s\n", sites.address)
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	shown := &board{terminal: p.progress()}
	// The first look at the dashboard already says that there is more to come.
	shown.begin("")
	return p.serve(ctx, w, service{listen: c.Listen, gate: dashboard.Gate{Open: true}, config: config, board: shown, example: true, work: func(ctx context.Context) error {
		defer shown.end()
		begun := time.Now()
		if err := p.fillExample(ctx, w, config, shown); err != nil {
			return err
		}
		fmt.Fprintf(p.stderr, "Peringkat lengkap setelah %.0f detik: http://%s\n", time.Since(begun).Seconds(), c.Listen)
		return nil
	}})
}

// fillExample imports the example's files and pulls its sources.
func (p *program) fillExample(ctx context.Context, w *warehouse.Warehouse, config *source.Config, progress ingest.Progress) error {
	in := p.ingester(w, config.Table(), progress)
	files := examples.Files()
	for _, file := range examples.Imports() {
		data, err := files.Open(file.File)
		if err != nil {
			return fmt.Errorf("open the example file %s: %w", file.File, err)
		}
		result, err := in.Import(ctx, ingest.ImportRequest{
			Kind: file.Kind, Path: file.File, Reader: data, Region: examples.RegionCode,
		})
		data.Close()
		if err != nil {
			return fmt.Errorf("import the example file %s: %w", file.File, err)
		}
		p.logger.Info("imported", "file", file.File, "summary", result.Summary())
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

// formerAddress is where the example sites stood when the directory was
// filled, empty when it was not, or by another edition of the example. The
// articles' addresses carry it: the same sites come back to the same place.
func (c *demoCommand) formerAddress(fingerprint string) string {
	text, err := os.ReadFile(filepath.Join(c.Dir, demoMark))
	if err != nil {
		return ""
	}
	former, address, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	if former != fingerprint {
		return ""
	}
	return address
}

// prepareDirectory clears a directory that holds another example and marks it
// with this one. A directory without the mark is somebody else's and stays.
func (c *demoCommand) prepareDirectory(fingerprint, address string) error {
	mark := filepath.Join(c.Dir, demoMark)
	if _, err := os.Stat(mark); err == nil && c.formerAddress(fingerprint) != address {
		if err := os.RemoveAll(c.Dir); err != nil {
			return &wrongUse{words: fmt.Sprintf("direktori contoh lama %s tidak dapat dihapus; hapus sendiri atau pilih yang lain dengan --dir", c.Dir), err: err}
		}
	}
	err := os.MkdirAll(c.Dir, 0o700)
	if err == nil {
		err = os.WriteFile(mark, []byte(fingerprint+" "+address+"\n"), 0o600)
	}
	if err != nil {
		return &wrongUse{words: fmt.Sprintf("direktori %s tidak dapat ditulis; pilih yang lain dengan --dir", c.Dir), err: err}
	}
	return nil
}

// exampleFingerprint tells one edition of the example region from another.
func exampleFingerprint() (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, version, commit())
	files := examples.Files()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		fmt.Fprintln(sum, name, len(data))
		sum.Write(data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the example files: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// exampleSites is the loopback server of the example's web sites.
type exampleSites struct {
	*http.Server
	address string
	closed  string // an address at which nobody listens: one source is dead
}

// startSites serves the example sites at their former address if that is free,
// else at any.
func startSites(now func() time.Time, former string) (*exampleSites, error) {
	regency, err := examples.Generate()
	if err != nil {
		return nil, fmt.Errorf("make the example region: %w", err)
	}
	listener, err := net.Listen("tcp", cmp.Or(former, "127.0.0.1:0"))
	if err != nil {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("start the example sites: %w", err)
	}
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a closed port: %w", err)
	}
	nobody.Close()
	s := &exampleSites{
		Server:  &http.Server{Handler: examples.NewSites(regency, now), ReadHeaderTimeout: 5 * time.Second},
		address: listener.Addr().String(),
		closed:  nobody.Addr().String(),
	}
	go s.Serve(listener)
	return s, nil
}

func (s *exampleSites) config() (*source.Config, error) {
	text, err := examples.Config("http://"+s.address, "http://"+s.closed)
	if err != nil {
		return nil, fmt.Errorf("write the example configuration: %w", err)
	}
	config, err := source.Parse("gaung.yaml (contoh)", text)
	if err != nil {
		return nil, fmt.Errorf("read the example configuration: %w", err)
	}
	return config, nil
}

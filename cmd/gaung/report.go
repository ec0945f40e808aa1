package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gaung/dashboard"
	"gaung/dashboard/pack"
	"gaung/metrics"
)

type reportCommand struct {
	periodFlags
	AsOf   string `help:"Keadaan pada akhir hari ini (bawaan: akhir periode + 5 hari)." placeholder:"TANGGAL"`
	Format string `enum:"json,xlsx,csv" default:"json" help:"json, xlsx atau csv."`
	Output string `short:"o" help:"Tulis ke berkas ini." placeholder:"BERKAS"`
	Close  bool   `help:"Tutup buku: bekukan bulan ini." xor:"close"`
	Replay bool   `help:"Hitung ulang bulan yang lalu dengan aturan sekarang, di samping aturan waktu itu." xor:"close"`
	Revise string `help:"Terbitkan revisi di samping edisi yang sudah ditutup, dengan alasan ini." placeholder:"ALASAN" xor:"close"`
	letterheadFlags
}

// Run measures a month and writes the report.
func (c *reportCommand) Run(ctx context.Context, p *program, _ *int) error {
	query, err := c.query(metrics.Query{Now: p.now()})
	if err != nil {
		return err
	}
	if c.monthOnly() && !query.Unfiltered() {
		return usagef("tutup buku, revisi dan --replay mengenal bulan utuh tanpa saringan; pakai --month saja")
	}
	if c.AsOf != "" {
		if query.AsOf, err = parseDay("--as-of", c.AsOf); err != nil {
			return err
		}
		query.AsOfSet = true
	}
	if c.Format == "xlsx" && c.Output == "" {
		return usagef("laporan XLSX perlu nama berkas; tambahkan -o laporan-%s.xlsx", query.Period())
	}
	letterhead, err := p.letterhead(c.letterheadFlags)
	if err != nil {
		return err
	}
	config, err := p.loadConfig()
	if err != nil {
		return err
	}
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	m := metrics.New(w.Conn())
	if query.Region, err = p.findRegion(ctx, config, m); err != nil {
		return err
	}
	if c.Replay {
		return c.replay(ctx, p, m, query)
	}
	result, err := c.measure(ctx, p, m, query)
	if err != nil {
		return err
	}
	write := func(out io.Writer) error { return writeReport(out, c.Format, result) }
	if c.Format == "xlsx" {
		source, err := pack.ReadFor(ctx, m, query, result)
		if err != nil {
			return err
		}
		source.Letterhead = letterhead
		source.Warn = func(line string) { fmt.Fprintln(p.stderr, line) }
		write = func(out io.Writer) error { return pack.Workbook(out, source) }
	}
	if c.Output == "" {
		return write(p.stdout)
	}
	return writeFile(c.Output, write)
}

// monthOnly reports whether what was asked for exists for whole months only.
func (c *reportCommand) monthOnly() bool { return c.Close || c.Replay || c.Revise != "" }

// replay writes the comparison of methods.
func (c *reportCommand) replay(ctx context.Context, p *program, m *metrics.Metrics, query metrics.Query) error {
	if c.Format != "json" {
		return usagef("--replay ditulis sebagai tabel atau dengan --json; hapus --format %s", c.Format)
	}
	r, err := m.Replay(ctx, query)
	if err != nil {
		return err
	}
	if c.Output == "" {
		return writeReplay(p.stdout, r, p.JSON)
	}
	return writeFile(c.Output, func(out io.Writer) error { return writeReplay(out, r, p.JSON) })
}

// measure gives the report, after closing its month if that was asked for.
func (c *reportCommand) measure(ctx context.Context, p *program, m *metrics.Metrics, query metrics.Query) (*metrics.Report, error) {
	if !c.Close && c.Revise == "" {
		return m.Report(ctx, query)
	}
	edition, err := m.CloseMonth(ctx, query, c.Revise)
	if err != nil {
		return nil, err
	}
	if !p.Quiet {
		fmt.Fprintf(p.stderr, "Bulan %s ditutup: edisi %s, sha256 %s\n", query.Month, edition.ID, edition.Hash)
	}
	return edition.Report, nil
}

func writeReport(out io.Writer, format string, r *metrics.Report) error {
	if format == "csv" {
		return dashboard.WriteCSV(out, r)
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

// writeFile writes beside the final name first, so that no half file ever
// stands under it.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return &wrongUse{words: fmt.Sprintf("%s tidak dapat ditulis; periksa direktori dan izinnya", path), err: err}
	}
	defer os.Remove(file.Name())
	err = write(file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(file.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("%s tidak selesai ditulis: %w", path, err)
	}
	return nil
}

package main

import (
	"context"
	"encoding/json"
	"fmt"

	"gaung/ingest"
)

type importCommand struct {
	Kind   string   `arg:"" help:"Jenis: opd people articles ppid objections complaints agenda submissions clarifications holidays targets."`
	Files  []string `arg:"" name:"berkas" help:"Berkas CSV, TSV atau XLSX; - untuk CSV dari stdin."`
	Map    string   `help:"Peta kolom (YAML) untuk berkas berbentuk lain." placeholder:"BERKAS"`
	OPD    string   `name:"opd" help:"OPD baris yang tidak menyebutnya, seperti pada formulir register." placeholder:"NAMA"`
	DryRun bool     `help:"Periksa saja, jangan menulis."`
}

// Run imports the files one after another.
func (c *importCommand) Run(ctx context.Context, p *program, code *int) error {
	config, err := p.loadConfig()
	if err != nil {
		return err
	}
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	in := p.ingester(w, config.Table(), p.progress())
	for _, file := range c.Files {
		request := ingest.ImportRequest{
			Kind: c.Kind, Path: file, Region: p.regionCode(config), OPD: c.OPD, MapFile: c.Map, DryRun: c.DryRun,
		}
		if file == "-" {
			request.Path, request.Reader = "stdin", p.stdin
		}
		result, err := in.Import(ctx, request)
		if err != nil {
			return err
		}
		if result.Rejected > 0 {
			*code = exitRejected
		}
		if err := p.printImport(result); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) printImport(r *ingest.ImportResult) error {
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(r)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(p.stderr, "%s: %s\n", r.File, warning)
	}
	for _, reject := range r.Rejects {
		fmt.Fprintln(p.stderr, reject.Message(r.File))
	}
	if more := r.Rejected - rowsOf(r.Rejects); more > 0 {
		fmt.Fprintf(p.stderr, "%s: dan %d baris tertolak lain; semuanya disimpan dengan alasannya\n", r.File, more)
	}
	_, err := fmt.Fprintf(p.stdout, "%s: %s\n", r.File, r.Summary())
	return err
}

// rowsOf counts the rows behind the rejected cells.
func rowsOf(rejects []ingest.Reject) int {
	type place struct {
		sheet string
		row   int
	}
	rows := map[place]bool{}
	for _, reject := range rejects {
		rows[place{reject.Sheet, reject.Row}] = true
	}
	return len(rows)
}

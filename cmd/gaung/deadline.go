package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"gaung/ingest"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

type deadlineCommand struct {
	Rule     string `required:"" help:"Aturan: ppid, objection, complaint-verify, complaint-first-response, complaint-resolve." placeholder:"ATURAN"`
	From     string `required:"" help:"Hari mulai (YYYY-MM-DD)." placeholder:"TANGGAL"`
	Kind     string `help:"Jenis pengaduan untuk complaint-resolve: information, aspiration, complaint, supervision, atau namanya seperti di impor." placeholder:"JENIS"`
	Extended bool   `help:"Dengan perpanjangan."`
	AsOf     string `help:"Nilai keadaan pada akhir hari ini (YYYY-MM-DD)." placeholder:"TANGGAL"`
}

// Run computes a due date and prints its ledger.
func (c *deadlineCommand) Run(ctx context.Context, p *program, _ *int) error {
	kind, err := c.kind()
	if err != nil {
		return err
	}
	query := metrics.DeadlineQuery{Rule: c.Rule, Kind: kind, Extended: c.Extended}
	if query.From, err = parseDay("--from", c.From); err != nil {
		return err
	}
	if c.AsOf != "" {
		if query.AsOf, err = parseDay("--as-of", c.AsOf); err != nil {
			return err
		}
		query.AsOfSet = true
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
	if query.Region, err = p.deadlineRegion(ctx, config.Table(), p.regionCode(config), m); err != nil {
		return err
	}
	deadline, err := m.Deadline(ctx, query)
	if err != nil {
		return err
	}
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(deadline)
	}
	return p.printDeadline(deadline)
}

// kind is the canonical kind of complaint that was asked for, empty for none.
func (c *deadlineCommand) kind() (string, error) {
	switch {
	case c.Kind != "":
		return ingest.ComplaintKind(c.Kind)
	case c.Rule == metrics.RuleComplaintResolve:
		return "", usagef("batas %s tergantung jenis pengaduannya; tambahkan --kind information, aspiration, complaint atau supervision", c.Rule)
	}
	return "", nil
}

// deadlineRegion is the region whose own holidays count: the one asked for,
// the only one there is, or none.
func (p *program) deadlineRegion(ctx context.Context, regions *region.Table, code string, m *metrics.Metrics) (region.Region, error) {
	if code == "" {
		codes, err := m.Regions(ctx)
		if err != nil || len(codes) != 1 {
			return region.Region{}, err
		}
		code = codes[0]
	}
	found, err := regions.Find(code)
	if err != nil {
		return region.Region{}, &wrongUse{words: err.Error(), err: err}
	}
	return found, nil
}

func parseDay(flag, text string) (calendar.Day, error) {
	day, err := calendar.ParseDay(text)
	if err != nil {
		return 0, &wrongUse{words: fmt.Sprintf("%s %q bukan tanggal; tulis seperti 2026-01-31", flag, text), err: err}
	}
	return day, nil
}

func (p *program) printDeadline(d *metrics.Deadline) error {
	out := tabwriter.NewWriter(p.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintf(out, "Aturan\t%s (%s)\n", d.Rule, d.Law)
	fmt.Fprintf(out, "Mulai\t%s, dihitung mulai hari kerja berikutnya\n", d.From)
	fmt.Fprintf(out, "Batas\t%d hari kerja\n", d.Limit)
	fmt.Fprintf(out, "Jatuh tempo\t%s\n", d.Due)
	if d.State != nil && d.DaysUsed != nil && d.AsOf != nil {
		fmt.Fprintf(out, "Per %s\t%d hari kerja terpakai: %s\n", *d.AsOf, *d.DaysUsed, stateWords(*d.State))
	}
	fmt.Fprintln(out)
	counted := 0
	for _, entry := range d.Ledger {
		mark := "–"
		if entry.Counted {
			counted++
			mark = fmt.Sprint(counted)
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", entry.Date, mark, entry.Why)
	}
	return out.Flush()
}

func stateWords(state string) string {
	if state == "late" {
		return "terlambat"
	}
	return "masih dalam batas"
}

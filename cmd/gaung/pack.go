package main

import (
	"context"
	"fmt"
	"io"

	"gaung/dashboard/pack"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

type packCommand struct {
	Meeting  packMeetingCommand  `cmd:"" help:"Bahan rapat: slide, kartu, PDF ringkasan dan buku kerja dalam satu ZIP."`
	Evidence packEvidenceCommand `cmd:"" help:"Bukti dukung: tabel Pasal 12, register tanpa identitas, baris, definisi dan sidik berkas dalam satu ZIP."`
}

// packFlags are the flags of every pack.
type packFlags struct {
	Month   string `required:"" help:"Bulan (YYYY-MM)." placeholder:"BULAN"`
	AsOf    string `help:"Keadaan pada akhir hari ini (bawaan: akhir bulan + 5 hari)." placeholder:"TANGGAL"`
	Output  string `short:"o" required:"" help:"Tulis ke berkas ZIP ini." placeholder:"BERKAS"`
	Example bool   `help:"Tandai semuanya sebagai data contoh."`
	letterheadFlags
}

type packMeetingCommand struct{ packFlags }

type packEvidenceCommand struct{ packFlags }

// Run writes the pack for a meeting.
func (c *packMeetingCommand) Run(ctx context.Context, p *program, _ *int) error {
	return c.write(ctx, p, pack.Meeting)
}

// Run writes the evidence pack.
func (c *packEvidenceCommand) Run(ctx context.Context, p *program, _ *int) error {
	return c.write(ctx, p, pack.Evidence)
}

func (c *packFlags) write(ctx context.Context, p *program, pack func(context.Context, io.Writer, pack.Source) error) error {
	letterhead, err := p.letterhead(c.letterheadFlags)
	if err != nil {
		return err
	}
	source, done, err := c.read(ctx, p)
	if err != nil {
		return err
	}
	defer done()
	source.Letterhead, source.Example = letterhead, c.Example
	source.Warn = func(line string) { fmt.Fprintln(p.stderr, line) }
	return writeFile(c.Output, func(out io.Writer) error { return pack(ctx, out, source) })
}

// read measures the month; done closes the warehouse, which the rows are read
// from while the pack is written.
func (c *packFlags) read(ctx context.Context, p *program) (source pack.Source, done func(), err error) {
	month, err := calendar.ParseMonth(c.Month)
	if err != nil {
		return source, nil, &wrongUse{words: fmt.Sprintf("--month %q bukan bulan; tulis seperti 2026-01", c.Month), err: err}
	}
	query := metrics.Query{Month: month, Now: p.now()}
	if c.AsOf != "" {
		if query.AsOf, err = parseDay("--as-of", c.AsOf); err != nil {
			return source, nil, err
		}
		query.AsOfSet = true
	}
	config, err := p.loadConfig()
	if err != nil {
		return source, nil, err
	}
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return source, nil, err
	}
	m := metrics.New(w.Conn())
	if query.Region, err = p.findRegion(ctx, config, m); err == nil {
		source, err = pack.Read(ctx, m, query)
	}
	if err != nil {
		w.Close()
		return source, nil, err
	}
	return source, func() { w.Close() }, nil
}

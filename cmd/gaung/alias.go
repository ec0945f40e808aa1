package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/user"
	"strings"
	"text/tabwriter"
	"time"

	"gaung/ingest"
	"gaung/metrics"
	"gaung/warehouse"
	"gaung/warehouse/region"
)

type aliasCommand struct {
	List   aliasList   `cmd:"" help:"Nama OPD dan orang yang belum dikenal, dengan usulan yang mirip."`
	Accept aliasAccept `cmd:"" help:"Putuskan bahwa sebuah tulisan berarti OPD atau orang ini; angka lama ikut berubah."`
	Reject aliasReject `cmd:"" help:"Putuskan bahwa sebuah tulisan bukan OPD atau orang ini."`
}

type aliasList struct {
	Kind string `enum:"opd,person,all" default:"all" help:"opd, person, atau all."`
}

// Run prints the review queue.
func (c *aliasList) Run(ctx context.Context, p *program, _ *int) error {
	return p.withRegion(ctx, func(w *warehouse.Warehouse, _ *ingest.Ingester, reg region.Region) error {
		queue, err := metrics.New(w.Conn()).ReviewQueue(ctx, reg)
		if err != nil {
			return err
		}
		kept := queue[:0]
		for _, item := range queue {
			if c.Kind == "all" || c.Kind == item.Kind {
				kept = append(kept, item)
			}
		}
		if p.JSON {
			return json.NewEncoder(p.stdout).Encode(kept)
		}
		return p.printQueue(kept)
	})
}

func (p *program) printQueue(queue []metrics.ReviewItem) error {
	if len(queue) == 0 {
		_, err := fmt.Fprintln(p.stdout, "tidak ada nama yang menunggu keputusan")
		return err
	}
	out := tabwriter.NewWriter(p.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(out, "JENIS\tTULISAN\tKALI\tTERAKHIR\tMUNGKIN\tNILAI\tALASAN")
	for _, item := range queue {
		line := fmt.Sprintf("%s\t%s\t%d\t%s", item.Kind, item.Text, item.Uses, item.LastDay)
		if len(item.Suggestions) == 0 {
			fmt.Fprintf(out, "%s\t-\t\t\n", line)
		}
		for _, s := range item.Suggestions {
			fmt.Fprintf(out, "%s\t%s (%s)\t%.2f\t%s\n", line, s.Name, s.Target, s.Score, s.Evidence)
			line = "\t\t\t"
		}
	}
	return out.Flush()
}

type aliasAccept struct {
	Kind   string `arg:"" enum:"opd,person" help:"opd atau person."`
	Text   string `arg:"" name:"tulisan" help:"Nama seperti tercetak."`
	Target string `arg:"" name:"tujuan" help:"Kode OPD atau person_id."`
	From   string `help:"Berlaku mulai hari ini (bawaan: sejak dulu)." placeholder:"TANGGAL"`
	To     string `help:"Berlaku sampai hari ini (bawaan: seterusnya)." placeholder:"TANGGAL"`
	By     string `help:"Siapa yang memutuskan (bawaan: nama pengguna)." placeholder:"NAMA"`
}

// Run keeps a decision and rebuilds what follows from it.
func (c *aliasAccept) Run(ctx context.Context, p *program, _ *int) error {
	decision := ingest.AliasDecision{Kind: c.Kind, Alias: c.Text, Target: c.Target, By: decidedBy(c.By)}
	for _, day := range []struct {
		flag, text string
		into       *time.Time
	}{{"--from", c.From, &decision.From}, {"--to", c.To, &decision.To}} {
		if day.text == "" {
			continue
		}
		parsed, err := parseDay(day.flag, day.text)
		if err != nil {
			return err
		}
		*day.into = parsed.Time(time.UTC)
	}
	return p.withRegion(ctx, func(_ *warehouse.Warehouse, in *ingest.Ingester, reg region.Region) error {
		if err := in.Decide(ctx, reg, decision); err != nil {
			return err
		}
		return p.decided(fmt.Sprintf("%q berarti %s; artikel dan perkara lama ikut dihitung ulang", c.Text, c.Target))
	})
}

type aliasReject struct {
	Kind   string `arg:"" enum:"opd,person" help:"opd atau person."`
	Text   string `arg:"" name:"tulisan" help:"Nama seperti tercetak."`
	Target string `arg:"" optional:"" name:"tujuan" help:"Kode OPD atau person_id yang bukan; tanpa ini: bukan siapa pun di daftar."`
	By     string `help:"Siapa yang memutuskan (bawaan: nama pengguna)." placeholder:"NAMA"`
}

// Run keeps a decision against a suggestion.
func (c *aliasReject) Run(ctx context.Context, p *program, _ *int) error {
	return p.withRegion(ctx, func(_ *warehouse.Warehouse, in *ingest.Ingester, reg region.Region) error {
		if err := in.Refuse(ctx, reg, ingest.AliasRejection{Kind: c.Kind, Alias: c.Text, Target: c.Target, By: decidedBy(c.By)}); err != nil {
			return err
		}
		if c.Target == "" {
			return p.decided(fmt.Sprintf("%q tidak ada di daftar mana pun dan tidak diusulkan lagi", c.Text))
		}
		return p.decided(fmt.Sprintf("%q bukan %s dan tidak diusulkan lagi", c.Text, c.Target))
	})
}

func (p *program) decided(words string) error {
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]bool{"decided": true})
	}
	_, err := fmt.Fprintln(p.stdout, words)
	return err
}

// decidedBy is who is held to have decided when nobody is named.
func decidedBy(name string) string {
	if name = strings.TrimSpace(name); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "cli"
}

// withRegion opens the warehouse for work on the region that was asked for.
func (p *program) withRegion(ctx context.Context, do func(*warehouse.Warehouse, *ingest.Ingester, region.Region) error) error {
	config, err := p.loadConfig()
	if err != nil {
		return err
	}
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	reg, err := p.findRegion(ctx, config, metrics.New(w.Conn()))
	if err != nil {
		return err
	}
	return do(w, p.ingester(w, config.Table(), p.progress()), reg)
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"gaung/dashboard/delivery"
	"gaung/dashboard/wording"
	"gaung/ingest/source"
	"gaung/warehouse"
)

type deliverCommand struct {
	Status deliverStatus `cmd:"" help:"Pengiriman terakhir dan yang gagal."`
	Run    deliverRun    `cmd:"" help:"Kerjakan satu jadwal sekarang; yang sudah terkirim tidak dikirim lagi."`
	Retry  deliverRetry  `cmd:"" help:"Kirim ulang satu pengiriman yang gagal atau tidak diketahui nasibnya."`
}

// loadDeliveries reads the section deliveries of the configuration.
func (p *program) loadDeliveries(config *source.Config) (*delivery.Config, error) {
	scope := delivery.Scope{Regions: config.Table(), Region: p.regionCode(config)}
	path := p.Config
	if path == "" {
		if _, err := os.Stat(defaultConfig); err != nil {
			return delivery.Parse("", nil, scope)
		}
		path = defaultConfig
	}
	deliveries, err := delivery.Load(path, scope)
	var bad *delivery.ConfigError
	if errors.As(err, &bad) {
		return nil, &wrongUse{words: err.Error(), err: err}
	}
	return deliveries, err
}

// deliveries makes the service that sends what is due.
func (p *program) deliveries(w *warehouse.Warehouse, config *delivery.Config) (*delivery.Service, error) {
	letterhead, err := p.letterhead(letterheadFlags{})
	if err != nil {
		return nil, err
	}
	content, err := delivery.NewMeasured(delivery.MeasuredOptions{Conn: w.Conn(), Letterhead: letterhead, Dashboard: config.Dashboard})
	if err != nil {
		return nil, err
	}
	return delivery.New(delivery.Options{Conn: w.Conn(), Config: config, Content: content, Now: p.now, Logger: p.logger})
}

// withDeliveries opens everything a verb about deliveries needs.
func (p *program) withDeliveries(ctx context.Context, use func(*delivery.Service) error) error {
	config, err := p.loadConfig()
	if err != nil {
		return err
	}
	deliveries, err := p.loadDeliveries(config)
	if err != nil {
		return err
	}
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	service, err := p.deliveries(w, deliveries)
	if err != nil {
		return err
	}
	err = use(service)
	var user *delivery.UserError
	if errors.As(err, &user) {
		return &wrongUse{words: user.Words, err: err}
	}
	return err
}

type deliverStatus struct {
	Days   int  `help:"Sekian hari terakhir." default:"30" placeholder:"HARI"`
	Failed bool `help:"Hanya yang belum sampai."`
}

// Run lists deliveries, newest first.
func (c *deliverStatus) Run(ctx context.Context, p *program, _ *int) error {
	if c.Days < 1 || c.Days > 3660 {
		return usagef("--days %d di luar jangkauan; tulis 1 sampai 3660", c.Days)
	}
	return p.withDeliveries(ctx, func(s *delivery.Service) error {
		list, err := s.Status(ctx, p.now().Add(-time.Duration(c.Days)*24*time.Hour))
		if err != nil {
			return err
		}
		if c.Failed {
			kept := []delivery.Delivery{}
			for _, d := range list {
				if d.Failed() {
					kept = append(kept, d)
				}
			}
			list = kept
		}
		return p.printDeliveries(list)
	})
}

type deliverRun struct {
	Name   string `arg:"" help:"Nama jadwal." placeholder:"JADWAL"`
	DryRun bool   `help:"Tunjukkan saja apa yang akan dikirim."`
}

// Run sends what a schedule was last due for. Its exit code is 1 when
// something did not arrive.
func (c *deliverRun) Run(ctx context.Context, p *program, code *int) error {
	return p.withDeliveries(ctx, func(s *delivery.Service) error {
		if c.DryRun {
			plan, err := s.Plan(ctx, c.Name)
			if err != nil {
				return err
			}
			return p.printPlan(plan)
		}
		list, err := s.RunNow(ctx, c.Name)
		if err != nil {
			return err
		}
		for _, d := range list {
			if d.Failed() {
				*code = exitFailed
			}
		}
		return p.printDeliveries(list)
	})
}

type deliverRetry struct {
	ID string `arg:"" help:"Kode pengiriman dari gaung deliver status." placeholder:"KODE"`
}

// Run tries one delivery again.
func (c *deliverRetry) Run(ctx context.Context, p *program, code *int) error {
	return p.withDeliveries(ctx, func(s *delivery.Service) error {
		d, err := s.Retry(ctx, c.ID)
		if err != nil {
			return err
		}
		if d.Failed() {
			*code = exitFailed
		}
		return p.printDeliveries([]delivery.Delivery{d})
	})
}

var deliveryWords = map[delivery.Status]string{
	delivery.StatusOpen:    "belum dikirim",
	delivery.StatusPending: "sedang dikirim",
	delivery.StatusSent:    "terkirim",
	delivery.StatusFailed:  "gagal, dicoba lagi",
	delivery.StatusGivenUp: "gagal, tidak dicoba lagi",
	delivery.StatusUnknown: "tidak diketahui",
}

func (p *program) printDeliveries(list []delivery.Delivery) error {
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{"deliveries": list})
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(p.stdout, "belum ada pengiriman")
		return err
	}
	out := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "KODE\tJADWAL\tMASA\tSALURAN\tKEPADA\tKEADAAN\tPADA (UTC)\tSEBAB")
	for _, d := range list {
		at := ""
		if !d.At.IsZero() {
			at = d.At.UTC().Format("2006-01-02 15:04")
		}
		cells := []string{d.ID, d.Schedule, d.Period, d.Channel, d.To, deliveryWords[d.Status], at, d.Error}
		fmt.Fprintln(out, strings.Join(cells, "\t"))
	}
	return out.Flush()
}

func (p *program) printPlan(plan []delivery.Planned) error {
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{"planned": plan})
	}
	if len(plan) == 0 {
		_, err := fmt.Fprintln(p.stdout, "tidak ada yang perlu dikirim sekarang")
		return err
	}
	out := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "AKAN DIKIRIM\tMASA\tSALURAN\tKEPADA\tKEADAAN\tPERIHAL\tLAMPIRAN")
	for _, d := range plan {
		answer := "tidak"
		if d.WouldSend {
			answer = "ya"
		}
		files := wording.Indonesian.Count(len(d.Attachments))
		fmt.Fprintln(out, strings.Join([]string{answer, d.Period, d.Channel, d.To, deliveryWords[d.Status], d.Subject, files}, "\t"))
	}
	return out.Flush()
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gaung/ingest"
	"gaung/ingest/source"
	"gaung/metrics"
	"gaung/migrations"
	"gaung/warehouse"
	"gaung/warehouse/region"
)

// defaultConfig is read when it exists and --config names nothing else.
const defaultConfig = "gaung.yaml"

// program is a running gaung: what came from outside and what was asked for.
type program struct {
	environment
	globals
	logger *slog.Logger
}

// loadConfig reads the configuration. Without a file it is an empty one.
func (p *program) loadConfig() (*source.Config, error) {
	path := p.Config
	if path == "" {
		if _, err := os.Stat(defaultConfig); errors.Is(err, fs.ErrNotExist) {
			return source.Parse("", nil)
		}
		path = defaultConfig
	}
	config, err := source.Load(path)
	var missing *fs.PathError
	if errors.As(err, &missing) {
		return nil, &wrongUse{words: err.Error(), err: err}
	}
	return config, err
}

// openWarehouse opens the engine and sees to the schema: an embedded directory
// is migrated on the spot, a server must have been.
func (p *program) openWarehouse(ctx context.Context) (*warehouse.Warehouse, error) {
	w, err := p.connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.ensureSchema(ctx, w); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

func (p *program) connect(ctx context.Context) (*warehouse.Warehouse, error) {
	memory, err := parseSize(p.Memory)
	if err != nil {
		return nil, err
	}
	w, err := warehouse.Open(ctx, warehouse.Options{DSN: p.Warehouse, Engine: p.Engine, MemoryLimit: memory, Logger: p.logger})
	if err != nil {
		return nil, fmt.Errorf("open the warehouse: %w", err)
	}
	return w, nil
}

func (p *program) ensureSchema(ctx context.Context, w *warehouse.Warehouse) error {
	return p.withMigrator(w, func(m *migrations.Migrator) error {
		status, err := m.Status(ctx)
		if err != nil {
			return err
		}
		switch {
		case status.Newer():
			return p.newerSchema(status)
		case !status.Behind():
			return nil
		case !w.Embedded():
			return &warehouse.Error{Words: fmt.Sprintf("skema gudang data tertinggal (versi %d, program memerlukan %d); jalankan: gaung migrate up", status.Current, status.Target)}
		}
		return p.migrate(ctx, w, m)
	})
}

func (p *program) newerSchema(status migrations.Status) error {
	return &warehouse.Error{
		Words: fmt.Sprintf("gudang data sudah berskema versi %d, lebih baru daripada program ini (%d); perbarui gaung, tidak ada yang diubah", status.Current, status.Target),
		Err:   migrations.ErrNewer,
	}
}

func (p *program) migrate(ctx context.Context, w *warehouse.Warehouse, m *migrations.Migrator) error {
	if _, err := m.Up(ctx); err != nil {
		return fmt.Errorf("migrate the schema: %w", err)
	}
	if err := p.ingester(w, region.Builtin(), nil).SeedHolidays(ctx); err != nil {
		return fmt.Errorf("store the national holidays: %w", err)
	}
	return nil
}

func (p *program) withMigrator(w *warehouse.Warehouse, use func(*migrations.Migrator) error) error {
	db := w.SQL()
	defer db.Close()
	m, err := migrations.New(db, migrations.Topology{Cluster: w.Cluster()}, p.logger)
	if err != nil {
		return err
	}
	return use(m)
}

func (p *program) ingester(w *warehouse.Warehouse, regions *region.Table, progress ingest.Progress) *ingest.Ingester {
	return ingest.New(ingest.Options{Warehouse: w, Regions: regions, Now: p.now, Logger: p.logger, Progress: progress})
}

// progress shows how far a run is on the terminal, unless --quiet.
func (p *program) progress() ingest.Progress {
	file, ok := p.stderr.(*os.File)
	if p.Quiet || !ok {
		return nil
	}
	// Without a terminal a line every ten seconds must come through although
	// the program's own log speaks of warnings only.
	return ingest.NewProgress(file, slog.New(slog.NewTextHandler(file, nil)))
}

// regionCode is the region that was asked for, or the configured one.
func (p *program) regionCode(config *source.Config) string {
	if p.Region != "" {
		return p.Region
	}
	return config.Region
}

// findRegion decides whose report is wanted. With one region in the warehouse
// nothing need be said.
func (p *program) findRegion(ctx context.Context, config *source.Config, m *metrics.Metrics) (region.Region, error) {
	code := p.regionCode(config)
	if code == "" {
		codes, err := m.Regions(ctx)
		if err != nil {
			return region.Region{}, err
		}
		switch len(codes) {
		case 0:
			return region.Region{}, usagef("gudang data %s masih kosong; isi dulu dengan gaung import atau gaung ingest", p.Warehouse)
		case 1:
			code = codes[0]
		default:
			return region.Region{}, usagef("gudang data berisi %d wilayah (%s); pilih satu dengan --region", len(codes), strings.Join(codes, ", "))
		}
	}
	found, err := config.Table().Find(code)
	if err != nil {
		return region.Region{}, &wrongUse{words: err.Error(), err: err}
	}
	return found, nil
}

var sizePattern = regexp.MustCompile(`(?i)^(\d+)\s*([kmgt]?)i?b?$`)

// parseSize reads 512MiB, 2GB, 1073741824; empty is 0. Units are powers of 1024.
func parseSize(text string) (uint64, error) {
	if text == "" {
		return 0, nil
	}
	found := sizePattern.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return 0, usagef("--memory-limit %q bukan ukuran; tulis seperti 2GiB", text)
	}
	n, err := strconv.ParseUint(found[1], 10, 64)
	shift := 10 * strings.Index(" kmgt", strings.ToLower(found[2] + " ")[:1])
	if err != nil || n == 0 || n > 1<<62>>shift {
		return 0, usagef("--memory-limit %q di luar jangkauan; tulis seperti 2GiB", text)
	}
	return n << shift, nil
}

// clock returns the program's clock, started at another time.
func startedAt(start time.Time, now func() time.Time) func() time.Time {
	begun := now()
	return func() time.Time { return start.Add(now().Sub(begun)) }
}

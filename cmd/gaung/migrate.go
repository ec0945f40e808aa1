package main

import (
	"context"
	"encoding/json"
	"fmt"

	"gaung/migrations"
)

type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Terapkan yang belum."`
	Status migrateStatus `cmd:"" help:"Sampai mana skema gudang data."`
}

type migrateUp struct{}

// Run applies the missing migrations.
func (*migrateUp) Run(ctx context.Context, p *program, _ *int) error {
	w, err := p.connect(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	return p.withMigrator(w, func(m *migrations.Migrator) error {
		before, err := m.Status(ctx)
		if err != nil {
			return err
		}
		if before.Newer() {
			return p.newerSchema(before)
		}
		if err := p.migrate(ctx, w, m); err != nil {
			return err
		}
		return p.printStatus(ctx, m)
	})
}

type migrateStatus struct{}

// Run says where the schema stands; it changes nothing.
func (*migrateStatus) Run(ctx context.Context, p *program, _ *int) error {
	w, err := p.connect(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	return p.withMigrator(w, func(m *migrations.Migrator) error { return p.printStatus(ctx, m) })
}

func (p *program) printStatus(ctx context.Context, m *migrations.Migrator) error {
	status, err := m.Status(ctx)
	if err != nil {
		return err
	}
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{"current": status.Current, "target": status.Target, "behind": status.Behind()})
	}
	state := "mutakhir"
	switch {
	case status.Behind():
		state = "tertinggal; jalankan gaung migrate up"
	case status.Newer():
		state = "lebih baru daripada program ini; perbarui gaung"
	}
	_, err = fmt.Fprintf(p.stdout, "skema versi %d dari %d: %s\n", status.Current, status.Target, state)
	return err
}

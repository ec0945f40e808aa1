package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/alecthomas/kong"

	"gaung/warehouse"
)

// globals are the flags of every verb. They may stand before or after it.
type globals struct {
	Warehouse string `help:"Gudang data: chdb:DIREKTORI, clickhouse://…, http://… (bawaan: ${warehouse})." placeholder:"DSN" env:"GAUNG_WAREHOUSE" default:"${warehouse}"`
	Config    string `help:"Berkas konfigurasi (bawaan: gaung.yaml bila ada)." placeholder:"BERKAS" env:"GAUNG_CONFIG"`
	Region    string `help:"Kode wilayah Kemendagri, seperti 19.71." placeholder:"KODE" env:"GAUNG_REGION"`
	JSON      bool   `name:"json" help:"Keluaran mesin (JSON) di stdout."`
	Quiet     bool   `help:"Tanpa laporan kemajuan." short:"q"`
	Verbose   bool   `help:"Catatan rinci di stderr." short:"v"`
	Engine    string `help:"Letak libchdb, mesin data tertanam." placeholder:"BERKAS" env:"GAUNG_ENGINE"`
	Memory    string `name:"memory-limit" help:"Batas memori mesin tertanam, seperti 2GiB." placeholder:"UKURAN" env:"GAUNG_MEMORY_LIMIT"`
}

// cli is the program's grammar.
type cli struct {
	globals
	Serve    serveCommand    `cmd:"" help:"Dasbor, API, dan jadwal penarikan dalam satu proses."`
	Demo     demoCommand     `cmd:"" help:"Jalankan semuanya pada kabupaten contoh: sumber, penarikan, dasbor."`
	Ingest   ingestCommand   `cmd:"" help:"Tarik sumber yang dikonfigurasi sekarang."`
	Import   importCommand   `cmd:"" help:"Impor berkas CSV, TSV atau XLSX."`
	Report   reportCommand   `cmd:"" help:"Laporan bulanan sebagai JSON, XLSX atau CSV."`
	Deliver  deliverCommand  `cmd:"" help:"Pengiriman laporan, ringkasan, dan peringatan."`
	Alias    aliasCommand    `cmd:"" help:"Nama yang belum dikenal: daftar dan keputusan."`
	Pack     packCommand     `cmd:"" help:"Paket satu bulan: bahan rapat atau bukti dukung."`
	Deadline deadlineCommand `cmd:"" help:"Jatuh tempo dengan buku hari demi hari."`
	User     userCommand     `cmd:"" help:"Pengguna dasbor: tambah, daftar, kata sandi, token."`
	Migrate  migrateCommand  `cmd:"" help:"Skema gudang data."`
	Version  versionCommand  `cmd:"" help:"Versi program."`
}

// run parses the command line, runs the verb and returns the exit code.
func run(ctx context.Context, env environment) int {
	var grammar cli
	exited := -1
	parser, err := kong.New(&grammar,
		kong.Name("gaung"),
		kong.Description("Gaung mengukur seberapa baik pemerintah daerah terdengar dan menjawab warganya."),
		kong.Vars{"warehouse": warehouse.DefaultDSN},
		kong.Writers(env.stdout, env.stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return report(env, fmt.Errorf("command line: %w", err))
	}
	parsed, err := parser.Parse(env.args)
	if exited >= 0 {
		return exited // help was asked for
	}
	if err != nil {
		return report(env, usageError(err))
	}
	level := slog.LevelWarn
	if grammar.Verbose {
		level = slog.LevelInfo
	}
	p := &program{
		environment: env,
		globals:     grammar.globals,
		logger:      slog.New(slog.NewTextHandler(env.stderr, &slog.HandlerOptions{Level: level})),
	}
	code := exitDone
	err = parsed.Run(p, &code)
	if err != nil {
		return report(env, err)
	}
	return code
}

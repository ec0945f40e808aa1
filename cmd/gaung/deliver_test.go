package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const deliverConfig = `region: 19.71
deliveries:
  channels:
  - {name: arsip, kind: folder, path: %DIR%}
  - {name: surel, kind: email, host: 127.0.0.1, port: 1, security: none, from: gaung@contoh.example}
  schedules:
  - {name: bulanan, kind: monthly, day: 6, at: "08:00", to: [{channel: arsip}]}
  - {name: surat, kind: monthly, day: 6, at: "08:00", to: [{channel: surel, recipients: [bupati@contoh.example]}]}
`

func TestDeliver(t *testing.T) {
	o := newOffice(t)
	out := filepath.Join(o.dir, "keluar")
	o.file("gaung.yaml", strings.Replace(deliverConfig, "%DIR%", out, 1))
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile), "--region", "19.71")

	plan := document(t, o.must(exitDone, "deliver", "run", "bulanan", "--dry-run", "--json").stdout)
	if at(t, plan, "planned", 0, "would_send") != true || at(t, plan, "planned", 0, "period") != "2026-06" {
		t.Errorf("plan %v", plan)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("a dry run wrote something: %v", err)
	}
	for range 2 { // the second time nothing is left to do
		done := document(t, o.must(exitDone, "deliver", "run", "bulanan", "--json").stdout)
		if at(t, done, "deliveries", 0, "status") != "sent" || at(t, done, "deliveries", 0, "tries") != 1.0 {
			t.Errorf("run %v", done)
		}
	}
	found, err := filepath.Glob(filepath.Join(out, "19.71_bulanan_2026-06_*", "pesan.txt"))
	if err != nil || len(found) != 1 {
		t.Errorf("written %v, %v", found, err)
	}

	failed := document(t, o.must(exitFailed, "deliver", "run", "surat", "--json").stdout)
	if at(t, failed, "deliveries", 0, "status") != "failed" || !strings.Contains(at(t, failed, "deliveries", 0, "error").(string), "tidak dapat dihubungi") {
		t.Errorf("run %v", failed)
	}
	o.now = o.now.Add(time.Hour)
	list := o.must(exitDone, "deliver", "status", "--failed").stdout
	if strings.Contains(list, "bupati") || !strings.Contains(list, "b…@contoh.example") || strings.Contains(list, "bulanan") || !strings.Contains(list, "gagal, dicoba lagi") {
		t.Errorf("status:\n%s", list)
	}
	id := at(t, failed, "deliveries", 0, "id").(string)
	again := document(t, o.must(exitFailed, "deliver", "retry", id, "--json").stdout)
	if at(t, again, "deliveries", 0, "status") != "failed" || at(t, again, "deliveries", 0, "tries") != 1.0 {
		t.Errorf("retry %v", again)
	}
}

func TestDeliverWrongUse(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		config string
		args   []string
		want   string
	}{
		{"region: 19.71\n", []string{"deliver", "run", "bulanan"}, "belum ada jadwal pengiriman"},
		{"region: 19.71\n", []string{"deliver", "retry", "ABC"}, "tidak ada; lihat gaung deliver status"},
		{"region: 19.71\n", []string{"deliver", "status", "--days", "0"}, "--days 0"},
		{"deliveries:\n  jadwal: []\n", []string{"deliver", "status"}, "gaung.yaml baris 2, deliveries.jadwal: kunci tidak dikenal"},
		{"deliveries:\n  jadwal: []\n", []string{"deliver"}, "sebutkan salah satu perintah"},
	} {
		o.file("gaung.yaml", c.config)
		out := o.must(exitUsage, c.args...)
		if !strings.Contains(out.stderr, c.want) || strings.Count(out.stderr, "\n") != 1 {
			t.Errorf("%v: %q, want %q", c.args, out.stderr, c.want)
		}
	}
}

package main

import (
	"errors"
	"fmt"

	"gaung/metrics"
	"gaung/metrics/calendar"
)

// periodFlags say which days a report is about, what it compares them with and
// what it is restricted to; they are the parameters of /api/v1/report.
type periodFlags struct {
	Month     string   `help:"Bulan (YYYY-MM)." placeholder:"BULAN"`
	From      string   `help:"Hari pertama, alih-alih bulan." placeholder:"TANGGAL"`
	To        string   `help:"Hari terakhir, ikut dihitung." placeholder:"TANGGAL"`
	Compare   string   `help:"Pembanding: previous (periode sebelumnya) atau year (tahun lalu)." placeholder:"PEMBANDING"`
	PeerGroup string   `help:"Hanya OPD kelompok ini; tempat dihitung di dalamnya." placeholder:"KELOMPOK"`
	OPD       []string `name:"opd" help:"Hanya OPD ini (kode atau nama); dapat diulang." placeholder:"OPD" sep:"none"`
	Channel   string   `help:"Hanya artikel dan berita di saluran ini." placeholder:"SALURAN"`
}

// query puts what the flags say into a query.
func (f *periodFlags) query(q metrics.Query) (metrics.Query, error) {
	period, err := f.period()
	if err != nil {
		return q, err
	}
	if q.Compare, err = metrics.ParseComparison(f.Compare); err != nil {
		var user *metrics.UserError
		errors.As(err, &user)
		return q, &wrongUse{words: "--compare: " + user.Words, err: err}
	}
	q.Filter = metrics.Filter{PeerGroup: f.PeerGroup, OPD: metrics.SplitOPD(f.OPD), Channel: f.Channel}
	return q.In(period), nil
}

func (f *periodFlags) period() (p calendar.Period, err error) {
	switch {
	case f.Month != "" && (f.From != "" || f.To != ""):
		return p, usagef("--month dan --from/--to tidak dapat bersama; pilih salah satu")
	case f.Month != "":
		m, err := calendar.ParseMonth(f.Month)
		if err != nil {
			return p, &wrongUse{words: fmt.Sprintf("--month %q bukan bulan; tulis seperti 2026-01", f.Month), err: err}
		}
		return m.Period(), nil
	case f.From == "" || f.To == "":
		return p, usagef("sebutkan periodenya: --month 2026-01, atau --from dan --to")
	}
	if p.First, err = parseDay("--from", f.From); err != nil {
		return p, err
	}
	if p.Last, err = parseDay("--to", f.To); err != nil {
		return p, err
	}
	if p.Last < p.First {
		return p, usagef("--to %s mendahului --from %s; tukar kedua tanggalnya", f.To, f.From)
	}
	return p, nil
}

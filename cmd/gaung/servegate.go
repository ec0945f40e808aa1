package main

import (
	"context"
	"net/netip"
	"strings"

	"gaung/dashboard"
	"gaung/warehouse"
	"gaung/warehouse/account"
)

// minKioskToken is the least length of a kiosk token, in characters.
const minKioskToken = 20

// access are the flags of serve about who may see what.
type access struct {
	Host         []string `help:"Nama dasbor bagi komputer lain, seperti gaung.contohkab.go.id; boleh diulang." placeholder:"NAMA" env:"GAUNG_HOST"`
	TrustedProxy []string `help:"Alamat atau jaringan proksi yang dipercaya, selain komputer ini; boleh diulang." placeholder:"ALAMAT" env:"GAUNG_TRUSTED_PROXY"`
	KioskToken   string   `help:"Token layar paparan tanpa login; lebih baik lewat variabel lingkungan." placeholder:"TOKEN" env:"GAUNG_KIOSK_TOKEN"`
}

// gate reads the flags. Whether somebody can log in is not known yet.
func (a *access) gate(listen string) (dashboard.Gate, error) {
	network, err := dashboard.CheckListen(listen, a.Host)
	if err != nil {
		return dashboard.Gate{}, err
	}
	if a.KioskToken != "" && len(a.KioskToken) < minKioskToken {
		return dashboard.Gate{}, usagef("token paparan terlalu pendek; paling sedikit %d karakter acak, misalnya dari: openssl rand -hex 20", minKioskToken)
	}
	proxies, err := parseProxies(a.TrustedProxy)
	return dashboard.Gate{Network: network, Hosts: a.Host, Proxies: proxies, KioskToken: a.KioskToken}, err
}

// parseProxies reads addresses and networks.
func parseProxies(list []string) ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for _, text := range list {
		prefix, err := netip.ParsePrefix(text)
		if !strings.Contains(text, "/") {
			var ip netip.Addr
			if ip, err = netip.ParseAddr(text); err == nil {
				prefix, err = ip.Prefix(ip.BitLen())
			}
		}
		if err != nil {
			return nil, usagef("--trusted-proxy %q bukan alamat; tulis seperti 10.0.0.5 atau 10.0.0.0/24", text)
		}
		proxies = append(proxies, prefix)
	}
	return proxies, nil
}

// openGated opens the warehouse with its users behind the gate. Where other
// computers are answered there must be an admin already; the refusal stays one
// line, so the program speaks up only afterwards.
func (p *program) openGated(ctx context.Context, listen string, gate dashboard.Gate) (*warehouse.Warehouse, dashboard.Gate, error) {
	if !gate.Network {
		p.speakUp()
	}
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return nil, gate, err
	}
	accounts := account.Open(w.Conn())
	gate.Accounts = accounts
	if gate.Network {
		if err := dashboard.CheckAdmin(ctx, accounts, listen); err != nil {
			w.Close()
			return nil, gate, err
		}
		p.speakUp()
	}
	return w, gate, nil
}

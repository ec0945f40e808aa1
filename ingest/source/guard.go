package source

import (
	"fmt"
	"net"
	"net/netip"
	"syscall"
)

// privateAddressError says that a source's name led to an address that is not
// on the public internet. Such addresses are refused so that a feed, or a
// redirect of one, cannot make Gaung read the office's internal machines.
type privateAddressError struct {
	address netip.Addr
	// never is true for addresses that no setting allows.
	never bool
}

func (e *privateAddressError) Error() string {
	return fmt.Sprintf("address %s is not public", e.address)
}

func (e *privateAddressError) words() string {
	if e.never {
		return fmt.Sprintf("alamat %s tidak boleh dibaca (alamat khusus mesin atau layanan awan); periksa alamat sumber dan pengalihannya", e.address)
	}
	return fmt.Sprintf("alamat %s berada di jaringan internal; bila memang situs intranet, tulis `allow_private: true` pada sumber itu di gaung.yaml", e.address)
}

// forbidden are the ranges that no source may reach, intranet or not:
// unspecified, link-local (where cloud metadata lives), multicast, broadcast
// and reserved (RFC 6890), and metadata services outside link-local.
var forbidden = prefixes(
	"0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "192.0.0.0/24", "100.100.100.200/32",
	"::/128", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::254/128",
)

// internal are the ranges only sources with allow_private may reach:
// loopback, RFC 1918, shared carrier space (RFC 6598), unique local (RFC
// 4193), and the documentation and benchmark ranges, which some offices use
// inside.
var internal = prefixes(
	"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
	"192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"::1/128", "fc00::/7", "2001:db8::/32",
)

// translated are IPv6 ranges that carry an IPv4 address in their last 32
// bits (NAT64, RFC 6052; IPv4-compatible, RFC 4291): the inner one decides.
var translated = prefixes("64:ff9b::/96", "::/96")

// sixToFour carries an IPv4 address in bits 16 to 47 (RFC 3056).
var sixToFour = netip.MustParsePrefix("2002::/16")

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}

func contains(list []netip.Prefix, address netip.Addr) bool {
	for _, p := range list {
		if p.Contains(address) {
			return true
		}
	}
	return false
}

// checkAddress refuses what a source may not reach.
func checkAddress(address netip.Addr, allowPrivate bool) error {
	// A zone (fe80::1%eth0) would make Contains say no.
	address = address.WithZone("").Unmap()
	switch {
	case contains(forbidden, address):
		return &privateAddressError{address: address, never: true}
	case contains(internal, address):
		if allowPrivate {
			return nil
		}
		return &privateAddressError{address: address}
	case address.Is6() && contains(translated, address):
		b := address.As16()
		return checkAddress(netip.AddrFrom4([4]byte(b[12:16])), allowPrivate)
	case address.Is6() && sixToFour.Contains(address):
		b := address.As16()
		return checkAddress(netip.AddrFrom4([4]byte(b[2:6])), allowPrivate)
	}
	return nil
}

// control returns the net.Dialer.Control that applies checkAddress. It runs
// after the name was resolved and before the socket connects, for every
// connection and so after every redirect: a name that changes its address
// between a check and the connection cannot slip through.
func control(allowPrivate bool) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return fmt.Errorf("source: dial address %q: %w", address, err)
		}
		parsed, err := netip.ParseAddr(host)
		if err != nil {
			return fmt.Errorf("source: dial address %q: %w", address, err)
		}
		return checkAddress(parsed, allowPrivate)
	}
}

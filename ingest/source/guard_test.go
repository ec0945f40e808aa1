package source

import (
	"net/netip"
	"testing"
)

func TestCheckAddress(t *testing.T) {
	const public, internalOnly, never = "public", "internal", "never"
	cases := map[string]string{
		"8.8.8.8": public, "103.10.10.10": public, "2001:4860:4860::8888": public, "172.32.0.1": public, "100.128.0.1": public,
		"127.0.0.1": internalOnly, "127.9.9.9": internalOnly, "::1": internalOnly, "10.1.2.3": internalOnly,
		"172.16.0.1": internalOnly, "172.31.255.255": internalOnly, "192.168.0.1": internalOnly,
		"100.64.0.1": internalOnly, "fd12:3456::1": internalOnly, "::ffff:10.0.0.1": internalOnly,
		"64:ff9b::a00:1": internalOnly, "2002:a00:1::1": internalOnly, "64:ff9b::808:808": public,
		"169.254.169.254": never, "169.254.0.1": never, "fe80::1": never, "fe80::1%eth0": never, "0.0.0.0": never, "::": never,
		"224.0.0.1": never, "255.255.255.255": never, "ff02::1": never, "100.100.100.200": never, "fd00:ec2::254": never,
		"::ffff:169.254.169.254": never, "64:ff9b::a9fe:a9fe": never, "2002:a9fe:a9fe::1": never, "::169.254.169.254": never,
	}
	for text, want := range cases {
		address := netip.MustParseAddr(text)
		got := never
		switch {
		case checkAddress(address, false) == nil:
			got = public
		case checkAddress(address, true) == nil:
			got = internalOnly
		}
		if got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestControlRefusesWhatItCannotRead(t *testing.T) {
	for _, address := range []string{"", "situs.example:80", "127.0.0.1", "/run/socket"} {
		if control(true)("tcp", address, nil) == nil {
			t.Errorf("%q passes", address)
		}
	}
}

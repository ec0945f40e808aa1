package dashboard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
	"time"

	"gaung/warehouse/account"
)

// shutdownGrace is how long a stopping server waits for requests in flight.
const shutdownGrace = 10 * time.Second

// AddressError says why the dashboard cannot listen on an address. Its text is
// Indonesian, one line, and names a way out.
type AddressError struct {
	Addr  string
	Words string
	Err   error // nil when the address was refused, not tried
}

// Error is the words for the person at the edge.
func (e *AddressError) Error() string { return e.Words }

// Unwrap returns the cause, nil if there is none.
func (e *AddressError) Unwrap() error { return e.Err }

// CheckLoopback refuses every listen address that is not on the loopback
// interface: without accounts, only this machine may reach the port. The error
// is an [*AddressError].
func CheckLoopback(addr string) error {
	host, port, err := splitAddress(addr)
	if err != nil {
		return err
	}
	if !isLoopbackHost(host) {
		return &AddressError{Addr: addr, Words: fmt.Sprintf(
			"alamat %s ditolak: tanpa akun dasbor hanya boleh dibuka dari komputer ini; pakai --listen 127.0.0.1:%s", addr, port)}
	}
	return nil
}

// CheckListen reads a listen address and tells whether other computers reach
// the dashboard there: because it is not on the loopback interface, or because
// a proxy serves it to them under one of the hosts. The error is an
// [*AddressError].
func CheckListen(addr string, hosts []string) (network bool, err error) {
	host, _, err := splitAddress(addr)
	if err != nil {
		return false, err
	}
	for _, name := range hosts {
		if name == "" || strings.ContainsAny(name, "/:@ ") {
			return false, &AddressError{Addr: addr, Words: fmt.Sprintf(
				"--host %q bukan nama; tulis tanpa http:// dan tanpa porta, seperti gaung.contohkab.go.id", name)}
		}
	}
	return !isLoopbackHost(host) || len(hosts) > 0, nil
}

// CheckAdmin refuses to answer other computers while nobody could log in as
// admin there. The error is an [*AddressError].
func CheckAdmin(ctx context.Context, accounts Accounts, addr string) error {
	var users []account.User
	if accounts != nil {
		var err error
		if users, err = accounts.Users(ctx); err != nil {
			return fmt.Errorf("dashboard: look for an admin: %w", err)
		}
	}
	for _, u := range users {
		if u.Role == account.Admin && !u.Disabled {
			return nil
		}
	}
	return &AddressError{Addr: addr, Words: fmt.Sprintf(
		"alamat %s ditolak: komputer lain dapat membukanya, padahal belum ada admin; buat dulu dengan gaung user add NAMA --role admin, atau pakai --listen 127.0.0.1:8080 tanpa --host", addr)}
}

// splitAddress reads HOST:PORT. The error is an [*AddressError].
func splitAddress(addr string) (host, port string, err error) {
	host, port, err = net.SplitHostPort(addr)
	if err != nil {
		return "", "", &AddressError{
			Addr: addr, Err: err,
			Words: fmt.Sprintf("alamat %q tidak dapat dibaca; tulis seperti --listen 127.0.0.1:8080", addr),
		}
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return "", "", &AddressError{
			Addr: addr, Err: err,
			Words: fmt.Sprintf("porta %q pada alamat %q bukan angka 0–65535; tulis seperti --listen 127.0.0.1:8080", port, addr),
		}
	}
	return host, port, nil
}

// isLoopbackHost reports whether a host name or address can only mean this
// machine. Other names are refused even when they resolve to loopback: a name
// server can change its mind.
func isLoopbackHost(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Listen binds addr and serves until ctx is done, then lets requests in flight
// finish. It returns nil after a clean stop. A refused address or a port that
// is taken is an [*AddressError].
func (s *Server) Listen(ctx context.Context, addr string) error {
	ln, err := s.bind(ctx, addr)
	if err != nil {
		return err
	}
	if s.listening != nil {
		s.listening(ln.Addr().String())
	}
	return s.serve(ctx, ln)
}

// bind opens the listener: on this machine only, unless the gate is made for
// other computers and somebody can log in there.
func (s *Server) bind(ctx context.Context, addr string) (net.Listener, error) {
	if !s.gate.Network {
		return bind(ctx, addr)
	}
	if err := CheckAdmin(ctx, s.gate.Accounts, addr); err != nil {
		return nil, err
	}
	if _, err := CheckListen(addr, s.gate.Hosts); err != nil {
		return nil, err
	}
	return open(ctx, addr)
}

// bind opens a listener on this machine only.
func bind(ctx context.Context, addr string) (net.Listener, error) {
	if err := CheckLoopback(addr); err != nil {
		return nil, err
	}
	ln, err := open(ctx, addr)
	if err != nil {
		return nil, err
	}
	if tcp, ok := ln.Addr().(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		_ = ln.Close()
		return nil, &AddressError{Addr: addr, Words: fmt.Sprintf(
			"alamat %s ternyata bukan milik komputer ini saja; pakai --listen 127.0.0.1:8080", addr)}
	}
	return ln, nil
}

// open opens the listener before anything else starts, so that a taken port is
// one clear line and not a failure half-way.
func open(ctx context.Context, addr string) (net.Listener, error) {
	var config net.ListenConfig
	ln, err := config.Listen(ctx, "tcp", addr)
	switch {
	case err == nil:
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, &AddressError{Addr: addr, Err: err, Words: fmt.Sprintf(
			"alamat %s sudah dipakai program lain; pilih yang lain dengan --listen %s", addr, nextPort(addr))}
	case errors.Is(err, syscall.EACCES):
		return nil, &AddressError{Addr: addr, Err: err, Words: fmt.Sprintf(
			"alamat %s butuh hak administrator; pilih porta di atas 1023, misalnya --listen 127.0.0.1:8080", addr)}
	default:
		return nil, &AddressError{Addr: addr, Err: err, Words: fmt.Sprintf(
			"alamat %s tidak dapat dibuka (%v); periksa --listen", addr, err)}
	}
	return ln, nil
}

// nextPort is addr with the next port, as a suggestion.
func nextPort(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "127.0.0.1:8081"
	}
	n, err := strconv.Atoi(port)
	if err != nil || n <= 0 || n >= 65535 {
		n = 8080
	}
	return net.JoinHostPort(host, strconv.Itoa(n+1))
}

// serve runs the application on ln until ctx is done.
func (s *Server) serve(ctx context.Context, ln net.Listener) error {
	served := make(chan error, 1)
	go func() { served <- s.app.Listener(ln) }()
	s.log.Info("dashboard: listening", "addr", ln.Addr().String())
	select {
	case err := <-served:
		return fmt.Errorf("dashboard: serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	if err := s.app.ShutdownWithTimeout(shutdownGrace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("dashboard: stop: %w", err)
	}
	<-served
	s.log.Info("dashboard: stopped", "addr", ln.Addr().String())
	return nil
}

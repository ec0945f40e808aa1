package dashboard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
	"time"
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

func (e *AddressError) Error() string { return e.Words }

func (e *AddressError) Unwrap() error { return e.Err }

// CheckLoopback refuses every listen address that is not on the loopback
// interface. There are no accounts: whoever reaches the port reads the names
// and figures of civil servants, so only this machine may reach it. The error
// is an [*AddressError].
func CheckLoopback(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return &AddressError{
			Addr: addr, Err: err,
			Words: fmt.Sprintf("alamat %q tidak dapat dibaca; tulis seperti --listen 127.0.0.1:8080", addr),
		}
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return &AddressError{
			Addr: addr, Err: err,
			Words: fmt.Sprintf("porta %q pada alamat %q bukan angka 0–65535; tulis seperti --listen 127.0.0.1:8080", port, addr),
		}
	}
	if !isLoopbackHost(host) {
		return &AddressError{Addr: addr, Words: fmt.Sprintf(
			"alamat %s ditolak: dasbor belum memakai akun, jadi hanya boleh dibuka dari komputer ini; pakai --listen 127.0.0.1:%s, dan untuk komputer lain lewati terowongan SSH atau proksi yang meminta kata sandi",
			addr, port)}
	}
	return nil
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
	ln, err := bind(ctx, addr)
	if err != nil {
		return err
	}
	if s.listening != nil {
		s.listening(ln.Addr().String())
	}
	return s.serve(ctx, ln)
}

// bind opens the listener before anything else starts, so that a taken port is
// one clear line and not a failure half-way.
func bind(ctx context.Context, addr string) (net.Listener, error) {
	if err := CheckLoopback(addr); err != nil {
		return nil, err
	}
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
	if tcp, ok := ln.Addr().(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		_ = ln.Close()
		return nil, &AddressError{Addr: addr, Words: fmt.Sprintf(
			"alamat %s ternyata bukan milik komputer ini saja; pakai --listen 127.0.0.1:8080", addr)}
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

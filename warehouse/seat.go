package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// seat is a process's place at a directory: it runs the engine itself, or
// talks to the process that does. When that process is gone, the seat takes
// over without its user knowing.
type seat struct {
	dir     string
	options engineOptions
	logger  *slog.Logger
	remote  *http.Transport

	mu    sync.Mutex
	owner *owner // nil while another process owns the directory
}

// takeOverWait is how long a starting or dying owner is waited for.
const takeOverWait = 20 * time.Second

func newSeat(dir string, o engineOptions) *seat {
	s := &seat{dir: dir, options: o, logger: o.logger}
	s.remote = &http.Transport{
		// A fresh connection per statement costs microseconds on a unix socket
		// and makes a dead owner show before anything was sent.
		DisableKeepAlives:  true,
		DisableCompression: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			address, done, err := shortSocketPath(filepath.Join(dir, socketFile))
			if err != nil {
				return nil, err
			}
			defer done()
			var dialer net.Dialer
			return dialer.DialContext(ctx, "unix", address)
		},
	}
	return s
}

// sit becomes the owner of the directory or finds its living owner.
func (s *seat) sit(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, takeOverWait)
	defer cancel()
	for {
		own, err := ownDirectory(s.dir, s.options)
		if err == nil {
			s.mu.Lock()
			s.owner = own
			s.mu.Unlock()
			return nil
		}
		if !errors.Is(err, errLocked) {
			return err
		}
		conn, err := s.remote.DialContext(ctx, "unix", "")
		if err == nil {
			return conn.Close()
		}
		select {
		case <-ctx.Done():
			return failure(err, "gudang data %s dipegang proses lain yang tidak menjawab; hentikan proses itu lalu ulangi", s.dir)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// leave gives the seat up.
func (s *seat) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.owner != nil {
		s.owner.release()
		s.owner = nil
	}
}

func (s *seat) engine() *engine {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.owner == nil {
		return nil
	}
	return s.owner.engine
}

// RoundTrip implements http.RoundTripper for clickhouse-go.
func (s *seat) RoundTrip(r *http.Request) (*http.Response, error) {
	for {
		if e := s.engine(); e != nil {
			return e.RoundTrip(r)
		}
		response, err := s.ask(r)
		if err == nil || !ownerGone(err) {
			return response, err
		}
		s.logger.Info("warehouse: the owner of the directory is gone; taking over", "dir", s.dir)
		if err := s.sit(r.Context()); err != nil {
			if r.Body != nil {
				r.Body.Close()
			}
			return nil, err
		}
	}
}

// ask sends the request to the owner's socket. The body is kept open when
// nobody took the call, so that the request can still be answered elsewhere.
func (s *seat) ask(r *http.Request) (*http.Response, error) {
	held := r.Clone(r.Context())
	if r.Body != nil && r.Body != http.NoBody {
		held.Body = io.NopCloser(r.Body)
	}
	held.URL.Scheme, held.URL.Host = "http", "warehouse"
	response, err := s.remote.RoundTrip(held)
	if err != nil {
		if !ownerGone(err) && r.Body != nil {
			r.Body.Close()
		}
		return nil, err
	}
	if r.Body != nil {
		response.Body = bodyCloser{ReadCloser: response.Body, request: r.Body}
	}
	return response, nil
}

// bodyCloser closes the request's body with the response's.
type bodyCloser struct {
	io.ReadCloser
	request io.Closer
}

func (b bodyCloser) Close() error {
	err := b.ReadCloser.Close()
	if requestErr := b.request.Close(); err == nil && requestErr != nil {
		err = fmt.Errorf("warehouse: close request: %w", requestErr)
	}
	return err
}

// ownerGone says that nobody answered the call at all: no byte was sent.
func ownerGone(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial" &&
		(errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ENOENT))
}

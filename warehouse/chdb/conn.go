package chdb

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"
)

// ErrHeld is what [Library.Connect] answers when another process has the
// directory open (or this process has another directory open).
var ErrHeld = errors.New("chdb: the directory is held by another process")

// Conn is one connection. It runs one statement at a time; use several for
// concurrent queries.
type Conn struct {
	lib  *Library
	cell **byte
}

// Param is a server-side parameter: {Name:Type} in the statement.
type Param struct{ Name, Value string }

// Connect opens a connection with the engine's command-line arguments, such as
// "--path=DIR". All connections of a process must use the same arguments.
func (l *Library) Connect(args ...string) (*Conn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	argv := make([]*byte, 0, len(args)+2)
	for _, arg := range append([]string{"clickhouse"}, args...) {
		argv = append(argv, cString(arg))
	}
	argv = append(argv, nil)
	var cell **byte
	l.signals.around(func() {
		cell = l.connect(int32(len(argv)-1), &argv[0])
		// Keeps the engine from installing its handlers again later; the call
		// itself resets ours to the default, hence the guard around it.
		l.setSignalHandler(0)
	})
	runtime.KeepAlive(argv)
	if cell == nil || *cell == nil {
		return nil, ErrHeld
	}
	return &Conn{lib: l, cell: cell}, nil
}

// Close ends the connection. The engine itself stops with the last one.
func (c *Conn) Close() {
	c.lib.mu.Lock()
	defer c.lib.mu.Unlock()
	c.lib.signals.around(func() { c.lib.closeConn(c.cell) })
}

// Exec runs a statement and returns its whole output in the format.
func (c *Conn) Exec(query, format string, params []Param) ([]byte, error) {
	result := c.call(c.lib.queryParams, query, format, params)
	defer c.lib.destroyResult(result)
	if err := c.lib.failure(result); err != nil {
		return nil, err
	}
	return c.lib.bytes(result), nil
}

// Stream is a running statement whose output is read block by block.
type Stream struct {
	conn   *Conn
	handle uintptr
}

// Stream starts a statement; [Stream.Close] must be called.
func (c *Conn) Stream(query, format string, params []Param) (*Stream, error) {
	handle := c.call(c.lib.streamParams, query, format, params)
	if err := c.lib.failure(handle); err != nil {
		c.lib.destroyResult(handle)
		return nil, err
	}
	return &Stream{conn: c, handle: handle}, nil
}

// Next returns the next piece of output, nil at the end.
func (s *Stream) Next() ([]byte, error) {
	chunk := s.conn.lib.streamFetch(*s.conn.cell, s.handle)
	defer s.conn.lib.destroyResult(chunk)
	if err := s.conn.lib.failure(chunk); err != nil {
		return nil, err
	}
	return s.conn.lib.bytes(chunk), nil
}

// Cancel tears the statement down. It can block until the statement's present
// step ends, and the connection cannot stream again afterwards.
func (s *Stream) Cancel() { s.conn.lib.streamCancel(*s.conn.cell, s.handle) }

// Close frees the stream. A stream that was not read to its end must be
// cancelled first.
func (s *Stream) Close() { s.conn.lib.destroyResult(s.handle) }

type runFunc func(conn *byte, query *byte, queryLen uintptr, format *byte, formatLen uintptr, names **byte, nameLens *uintptr, values **byte, valueLens *uintptr, count uintptr) uintptr

func (c *Conn) call(run runFunc, query, format string, params []Param) uintptr {
	names := make([]*byte, len(params)+1)
	values := make([]*byte, len(params)+1)
	nameLens := make([]uintptr, len(params)+1)
	valueLens := make([]uintptr, len(params)+1)
	for i, p := range params {
		names[i], nameLens[i] = cString(p.Name), uintptr(len(p.Name))
		values[i], valueLens[i] = cString(p.Value), uintptr(len(p.Value))
	}
	result := run(*c.cell, cString(query), uintptr(len(query)), cString(format), uintptr(len(format)),
		&names[0], &nameLens[0], &values[0], &valueLens[0], uintptr(len(params)))
	runtime.KeepAlive(names)
	runtime.KeepAlive(values)
	return result
}

// failure reads the error of a result. A nil result is an engine that gave up.
func (l *Library) failure(result uintptr) error {
	if result == 0 {
		return errors.New("chdb: the engine returned no result")
	}
	if text := l.resultError(result); text != nil {
		return &EngineError{Text: goString(text)}
	}
	return nil
}

// bytes copies the output of a result, which dies with the result.
func (l *Library) bytes(result uintptr) []byte {
	n := l.resultLength(result)
	if n == 0 {
		return nil
	}
	return append([]byte(nil), unsafe.Slice(l.resultBuffer(result), n)...)
}

// EngineError is an exception of the engine, such as
// "Code: 47. DB::Exception: Unknown identifier …".
type EngineError struct{ Text string }

// Error is the engine's own text.
func (e *EngineError) Error() string { return fmt.Sprintf("chdb: %s", e.Text) }

func cString(s string) *byte {
	b := make([]byte, len(s)+1)
	copy(b, s)
	return &b[0]
}

func goString(p *byte) string {
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(p), n)) != 0 {
		n++
	}
	return string(unsafe.Slice(p, n))
}

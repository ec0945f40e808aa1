package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"gaung/warehouse/chdb"
)

// engine is the embedded ClickHouse of one directory. libchdb is one per
// process, so the engines of a process share it through [processEngine].
type engine struct {
	dir     string
	args    []string
	lib     *chdb.Library
	logger  *slog.Logger
	limit   time.Duration // longest run of a statement; 0 means no limit
	version string

	free  chan *session // idle sessions, and nil for each one not opened yet
	mu    sync.Mutex    // guards ctl and count
	ctl   *chdb.Conn    // never runs statements of callers: keeps the engine alive and cancels
	count uint64

	buffers sync.Pool // of *[spoolPiece]byte
}

type engineOptions struct {
	library     string
	memoryLimit uint64
	sessions    int
	limit       time.Duration
	logger      *slog.Logger
}

// spoolDir holds the rows of INSERTs on their way into the engine.
const spoolDir = "spool"

// spoolPiece is how much of it is handed over at a time: the driver and the
// file take turns, and every turn costs.
const spoolPiece = 256 << 10

// startEngine loads the library and opens the directory. The caller holds the
// directory's lock.
func startEngine(dir string, o engineOptions) (*engine, error) {
	path, err := findLibrary(o.library)
	if err != nil {
		return nil, err
	}
	spool := filepath.Join(dir, spoolDir)
	// Files left here belong to a process that died: their INSERT was never acknowledged.
	if err := os.RemoveAll(spool); err != nil {
		return nil, fmt.Errorf("warehouse: clear %s: %w", spool, err)
	}
	if err := os.MkdirAll(spool, 0o700); err != nil {
		return nil, fmt.Errorf("warehouse: make %s: %w", spool, err)
	}
	lib, err := loadLibrary(path)
	if err != nil {
		return nil, failure(err, "mesin data %s tidak dapat dimuat; pasang ulang dengan `make engine`", path)
	}
	e := &engine{dir: dir, lib: lib, logger: o.logger, limit: o.limit, free: make(chan *session, o.sessions)}
	e.buffers.New = func() any { return new([spoolPiece]byte) }
	e.args = []string{"--path=" + dir}
	if o.memoryLimit > 0 {
		e.args = append(e.args, "--max_server_memory_usage="+strconv.FormatUint(o.memoryLimit, 10))
	}
	if e.ctl, err = e.connect(); err != nil {
		return nil, failure(err, "direktori gudang data %s tidak dapat dibuka mesin data; mungkin dipakai program lain atau rusak", dir)
	}
	version, err := e.ctl.Exec("SELECT version()", "TSVRaw", nil)
	if err != nil {
		e.ctl.Close()
		return nil, fmt.Errorf("warehouse: ask the engine's version: %w", err)
	}
	e.version = string(trimNewline(version))
	for range o.sessions {
		e.free <- nil
	}
	return e, nil
}

func trimNewline(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == '\r') {
		b = b[:len(b)-1]
	}
	return b
}

func (e *engine) connect() (*chdb.Conn, error) { return e.lib.Connect(e.args...) }

// close waits for running statements to end and stops the engine.
func (e *engine) close() {
	for range cap(e.free) {
		if s := <-e.free; s != nil {
			s.conn.Close()
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ctl.Close()
}

func (e *engine) acquire(ctx context.Context) (*session, error) {
	select {
	case s := <-e.free:
		if s != nil {
			return s, nil
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return e.open()
}

// open opens a session in a place that was taken from the idle ones, and gives
// the place back if it cannot.
func (e *engine) open() (*session, error) {
	e.mu.Lock()
	e.count++
	number := e.count
	e.mu.Unlock()
	s, err := newSession(e.connect, number)
	if err != nil {
		e.free <- nil
		return nil, fmt.Errorf("warehouse: open a session: %w", err)
	}
	return s, nil
}

// ready is a session in the state the statement asks for. Some settings cannot
// be set back, as readonly: a session that does not follow is replaced, so that
// only what this statement itself asks for can fail it.
func (e *engine) ready(ctx context.Context, st statement) (*session, error) {
	s, err := e.acquire(ctx)
	if err != nil {
		return nil, err
	}
	used := s.used
	err = s.prepare(st)
	if err != nil && used {
		s.conn.Close()
		if s, err = e.open(); err != nil {
			return nil, err
		}
		err = s.prepare(st)
	}
	if err != nil {
		e.release(s, true)
		return nil, err
	}
	return s, nil
}

// release gives the session back; a spoiled one is closed and replaced.
func (e *engine) release(s *session, spoiled bool) {
	if spoiled {
		s.conn.Close()
		s = nil
	}
	e.free <- s
}

// killAgain is how often a cancelled statement is told to stop: it may not be
// registered yet when the first word reaches it.
const killAgain = 50 * time.Millisecond

// kill tells the session's running statement to stop, again and again until
// done is closed.
func (e *engine) kill(s *session, done <-chan struct{}) {
	for {
		e.mu.Lock()
		_, err := e.ctl.Exec("KILL QUERY WHERE Settings['log_comment'] = {tag:String} ASYNC", "Null",
			[]chdb.Param{{Name: "tag", Value: s.tag}})
		e.mu.Unlock()
		if err != nil {
			e.logger.Warn("warehouse: cancel a statement", "session", s.tag, "error", err)
		}
		select {
		case <-done:
			return
		case <-time.After(killAgain):
		}
	}
}

// answer is the output of a statement in Native format, read block by block.
// close must be called; it ends the statement if it still runs.
type answer struct {
	first []byte
	next  func() ([]byte, error) // nil when first is all
	close func()
}

// run executes the statement. The statement stops when ctx ends or the
// engine's time limit passes; the error then is that of the engine
// ("Code: 394 … QUERY_WAS_CANCELLED") or of ctx, whichever was first.
func (e *engine) run(ctx context.Context, st statement) (*answer, error) {
	if st.query == helloQuery {
		hello, err := helloAnswer(e.version)
		if err != nil {
			return nil, err
		}
		return &answer{first: hello, close: func() {}}, nil
	}
	cancel := context.CancelFunc(func() {})
	if e.limit > 0 {
		ctx, cancel = context.WithTimeoutCause(ctx, e.limit, errTooLong(e.limit))
	}
	query, removeSpool, err := e.spool(st)
	if err != nil {
		cancel()
		return nil, err
	}
	s, err := e.ready(ctx, st)
	if err != nil {
		cancel()
		removeSpool()
		return nil, err
	}
	done := make(chan struct{})
	killed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(killed)
		e.kill(s, done)
	})
	traces := leavesTraces(st.query)
	finish := sync.OnceFunc(func() {
		close(done)
		stopped := !stop()
		if stopped {
			<-killed // no KILL may be under way when the session runs its next statement
		}
		cancel()
		removeSpool()
		e.release(s, stopped || traces)
	})
	a, err := s.start(query, st.params, finish)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil && isCancelled(err) {
			err = fmt.Errorf("%w: %w", err, cause)
		}
		finish()
		return nil, err
	}
	return a, nil
}

func errTooLong(limit time.Duration) error {
	return fmt.Errorf("warehouse: the statement ran longer than %s: %w", limit, context.DeadlineExceeded)
}

func isCancelled(err error) bool {
	var engineErr *chdb.EngineError
	return errors.As(err, &engineErr)
}

// start runs the query and reads its first piece of output, so that most
// failures come before an answer has begun. finish is called once the last
// piece was read or the answer is closed.
func (s *session) start(query string, params []chdb.Param, finish func()) (*answer, error) {
	if !streams(query) {
		output, err := s.conn.Exec(query, "Native", params)
		if err != nil {
			return nil, err
		}
		finish()
		return &answer{first: output, close: func() {}}, nil
	}
	stream, err := s.conn.Stream(query, "Native", params)
	if err != nil {
		return nil, err
	}
	ended := false
	next := func() ([]byte, error) {
		if ended {
			return nil, nil
		}
		piece, err := stream.Next()
		ended = err != nil || len(piece) == 0
		return piece, err
	}
	closeAll := sync.OnceFunc(func() {
		if !ended {
			stream.Cancel()
		}
		stream.Close()
		finish()
	})
	first, err := next()
	if err != nil {
		stream.Close()
		return nil, err
	}
	return &answer{first: first, next: next, close: closeAll}, nil
}

// spool moves the rows of an INSERT into a private file: Native data inside a
// statement would be cut at its first newline byte.
func (e *engine) spool(st statement) (query string, remove func(), err error) {
	if st.data == nil {
		return st.query, func() {}, nil
	}
	file, err := os.CreateTemp(filepath.Join(e.dir, spoolDir), "insert-*.native")
	if err != nil {
		return "", nil, failure(err, "baris tidak dapat ditulis ke %s; periksa ruang dan izin", filepath.Join(e.dir, spoolDir))
	}
	remove = func() { os.Remove(file.Name()) }
	buffer := e.buffers.Get().(*[spoolPiece]byte)
	defer e.buffers.Put(buffer)
	// The wrapper keeps the file from choosing a buffer of its own.
	_, err = io.CopyBuffer(struct{ io.Writer }{file}, st.data, buffer[:])
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		remove()
		return "", nil, failure(err, "baris tidak dapat ditulis ke %s; periksa ruang dan izin", filepath.Join(e.dir, spoolDir))
	}
	head := insertFormat.ReplaceAllString(st.query, "")
	return head + " FROM INFILE " + quoteText(file.Name()) + " COMPRESSION 'none' FORMAT Native", remove, nil
}

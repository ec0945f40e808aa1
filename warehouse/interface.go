package warehouse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"gaung/warehouse/chdb"
)

// ServeHTTP is ClickHouse's HTTP interface over the embedded engine, as far as
// clickhouse-go uses it: other processes speak it on the directory's socket.
func (e *engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	response := e.respond(r)
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	if response.ContentLength >= 0 {
		w.Header().Set("Content-Length", strconv.FormatInt(response.ContentLength, 10))
	}
	w.WriteHeader(response.StatusCode)
	if _, err := io.Copy(flushing{w}, response.Body); err != nil {
		e.logger.Debug("warehouse: a client left before its answer ended", "error", err)
	}
}

// flushing sends every block on as it comes, so that a reader of a large
// result never waits for a buffer to fill.
type flushing struct{ w http.ResponseWriter }

func (f flushing) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	if flusher, ok := f.w.(http.Flusher); ok && err == nil {
		flusher.Flush()
	}
	return n, err
}

// RoundTrip answers the driver of this process without a socket.
func (e *engine) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	response := e.respond(r)
	// Like a transport whose caller has left: the reason is the caller's, not
	// the engine's "query was cancelled".
	if err := context.Cause(r.Context()); err != nil && response.StatusCode != http.StatusOK {
		return nil, err
	}
	response.Request = r
	return response, nil
}

// respond runs a request. A failure before the first block is an answer with
// status 500 and the engine's text; a later one is framed into the stream the
// way a server of version 25.11 or newer does, which the driver understands.
func (e *engine) respond(r *http.Request) *http.Response {
	st, err := readStatement(r)
	if err != nil {
		return exceptionResponse(http.StatusBadRequest, err)
	}
	a, err := e.run(r.Context(), st)
	if err != nil {
		return exceptionResponse(http.StatusInternalServerError, err)
	}
	response := &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        http.Header{"X-Clickhouse-Format": {"Native"}, "Content-Type": {"application/octet-stream"}},
		ContentLength: -1,
		Body:          &answerBody{answer: a, rest: a.first},
	}
	if len(a.first) == 0 {
		a.close()
		response.ContentLength = 0
		response.Body = http.NoBody
	}
	return response
}

func exceptionResponse(status int, err error) *http.Response {
	text := exceptionText(err)
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        http.Header{"Content-Type": {"text/plain; charset=UTF-8"}},
		ContentLength: int64(len(text)),
		Body:          io.NopCloser(strings.NewReader(text)),
	}
}

// exceptionText is the text a server would send: "Code: …" where the engine
// itself failed.
func exceptionText(err error) string {
	var engineErr *chdb.EngineError
	if errors.As(err, &engineErr) {
		return engineErr.Text
	}
	return err.Error()
}

// answerBody reads an answer's blocks as one stream.
type answerBody struct {
	answer *answer
	rest   []byte
	ended  bool
}

// Read implements io.Reader.
func (b *answerBody) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		if b.ended || b.answer.next == nil {
			return 0, io.EOF
		}
		piece, err := b.answer.next()
		switch {
		case err != nil:
			b.ended = true
			b.rest = framedException(exceptionText(err))
		case len(piece) == 0:
			b.ended = true
		default:
			b.rest = piece
		}
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// Close implements io.Closer; it ends a statement that still runs.
func (b *answerBody) Close() error {
	b.answer.close()
	return nil
}

// framedException writes an exception that comes after the first block.
func framedException(text string) []byte {
	const tag = "gaung-embedded-x" // any 16 bytes
	var frame bytes.Buffer
	fmt.Fprintf(&frame, "\r\n__exception__\r\n%s\r\n%s\n%d %s\r\n__exception__\r\n", tag, text, len(text)+1, tag)
	return frame.Bytes()
}

package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"strings"
	"sync"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/table"
)

// MaxPushBytes bounds the body of one push.
const MaxPushBytes = 32 << 20

// The errors of a push besides [Usage] and [Failed].
const (
	// Conflict is an idempotency key that came with another body before.
	Conflict ErrorKind = "conflict"
	// TooLarge is a body of more than [MaxPushBytes].
	TooLarge ErrorKind = "too_large"
	// BadType is a body that is neither JSON lines nor CSV.
	BadType ErrorKind = "bad_type"
)

// PushRequest is rows that an application sends by itself.
type PushRequest struct {
	// Kind is one of [Kinds]; Source the application's configured name;
	// Region the only region it may write; OPD that of rows that name none.
	Kind, Source, Region, OPD string
	// ContentType is application/x-ndjson (one JSON object for each line,
	// keys as the columns of the contract) or text/csv.
	ContentType string
	// IdempotencyKey, when not empty, makes a repetition of the same push
	// give the same answer without work: printable ASCII, at most 200.
	IdempotencyKey string
	Body           io.Reader
}

const maxIdempotencyKey = 200

// Push takes rows from an application: the same columns, checks and answer as
// an import of a file. The error is an [*Error]; with [Failed] a repetition
// may succeed, and counts nothing twice.
func (in *Ingester) Push(ctx context.Context, req PushRequest) (*ImportResult, error) {
	result, err := in.push(ctx, req)
	if err != nil {
		return nil, in.forPeople("kiriman "+req.Source, err)
	}
	return result, nil
}

func (in *Ingester) push(ctx context.Context, req PushRequest) (*ImportResult, error) {
	if strings.ContainsFunc(req.IdempotencyKey, func(r rune) bool { return r < 0x21 || r > 0x7E }) || len(req.IdempotencyKey) > maxIdempotencyKey {
		return nil, usagef("Idempotency-Key hanya boleh huruf, angka dan tanda baca ASCII tanpa spasi, paling panjang %d", maxIdempotencyKey)
	}
	form, err := pushForm(req.ContentType)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(req.Body, MaxPushBytes+1))
	switch {
	case err != nil:
		return nil, &Error{Kind: Usage, Words: "isi kiriman terputus sebelum selesai; kirim ulang", Err: err}
	case len(body) > MaxPushBytes:
		return nil, &Error{Kind: TooLarge, Words: fmt.Sprintf("isi kiriman lebih besar dari %d MB; bagi menjadi beberapa kiriman", MaxPushBytes>>20)}
	}
	if req.IdempotencyKey == "" {
		return in.pushRows(ctx, req, form, body)
	}
	// Two pushes of one source with one key must not both do the work.
	defer in.pushes.lock(req.Region + " " + req.Source)()
	sum := sha256.Sum256(append([]byte(req.Kind+"\n"+form+"\n"), body...))
	digest := hex.EncodeToString(sum[:])
	known, answer, err := in.pushKey(ctx, req)
	switch {
	case err != nil:
		return nil, err
	case known == digest:
		return answer, nil
	case known != "":
		return nil, &Error{Kind: Conflict, Words: fmt.Sprintf("Idempotency-Key %q sudah dipakai untuk kiriman lain; pakai kunci baru untuk isi yang baru", req.IdempotencyKey)}
	}
	result, err := in.pushRows(ctx, req, form, body)
	if err != nil {
		return nil, err
	}
	return result, in.keepPushKey(ctx, req, digest, result)
}

const (
	formLines = "application/x-ndjson"
	formCSV   = "text/csv"
)

// pushForms are the content types that are taken.
var pushForms = map[string]string{
	formLines: formLines, "application/ndjson": formLines, "application/jsonl": formLines, "application/x-jsonlines": formLines,
	formCSV: formCSV, "application/csv": formCSV,
}

func pushForm(contentType string) (string, error) {
	media, _, err := mime.ParseMediaType(contentType)
	form, ok := pushForms[media]
	if err != nil || !ok {
		return "", &Error{Kind: BadType, Words: fmt.Sprintf("Content-Type %q tidak diterima; pakai %s atau %s", truncate(clean(contentType), 80), formLines, formCSV)}
	}
	return form, nil
}

func (in *Ingester) pushRows(ctx context.Context, req PushRequest, form string, body []byte) (*ImportResult, error) {
	r := ImportRequest{Kind: req.Kind, Path: req.Source, Region: req.Region, OPD: req.OPD, oneRegion: true}
	var err error
	if form == formLines {
		r.book, err = readJSONLines(req.Source, body)
	} else {
		r.book, err = table.OpenReader(strings.NewReader(string(body)), req.Source, table.Limits{})
	}
	if err != nil {
		return nil, err
	}
	defer r.book.Close()
	job, err := in.prepare(ctx, r)
	if err != nil {
		return nil, err
	}
	job.progress = quiet{}
	if err := job.count(ctx); err != nil {
		return nil, err
	}
	return job.pushRun(ctx)
}

// pushRun keeps the rows raw, stores them, books the run and rebuilds what
// depends on them.
func (j *importJob) pushRun(ctx context.Context) (*ImportResult, error) {
	booked, err := j.in.startRun(ctx, j.region.Code, j.kind.name, j.name)
	if err != nil {
		return nil, err
	}
	out := j.rowTake(booked, j.name, "", false)
	err = out.file(ctx)
	if err = errors.Join(err, booked.end(ctx, out.tally, err)); err != nil {
		return nil, err
	}
	if err := out.rebuild(ctx); err != nil {
		return nil, err
	}
	if out.warnings, err = out.warn(ctx, out.warnings); err != nil {
		return nil, err
	}
	return out.result(), nil
}

// pushKey is the digest and answer stored under a key, "" when it is new.
func (in *Ingester) pushKey(ctx context.Context, req PushRequest) (digest string, answer *ImportResult, err error) {
	var text string
	err = each(ctx, in.conn, "push_key", named("region", req.Region, "source", req.Source, "key", req.IdempotencyKey), func(rows driver.Rows) error {
		return rows.Scan(&digest, &text)
	})
	if err != nil || digest == "" {
		return "", nil, err
	}
	answer = &ImportResult{}
	if err := json.Unmarshal([]byte(text), answer); err != nil {
		return "", nil, fmt.Errorf("ingest: stored answer of %s: %w", req.Source, err)
	}
	return digest, answer, nil
}

var insertPushKey = insertInto("push_keys", "region", "source", "idempotency_key", "body_hash", "answer", "at", "version")

func (in *Ingester) keepPushKey(ctx context.Context, req PushRequest, digest string, result *ImportResult) error {
	answer, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("ingest: answer to %s: %w", req.Source, err)
	}
	return insert(ctx, in.conn, insertPushKey, []any{
		req.Region, req.Source, req.IdempotencyKey, digest, string(answer), in.now().UTC(), in.nextVersion(0),
	})
}

// pushLocks lets the pushes of one source with idempotency keys pass one
// after another. Its size is that of the configuration.
type pushLocks struct {
	mu   sync.Mutex
	held map[string]*sync.Mutex
}

// lock waits for the name and returns what frees it.
func (l *pushLocks) lock(name string) (unlock func()) {
	l.mu.Lock()
	if l.held == nil {
		l.held = map[string]*sync.Mutex{}
	}
	of := cmp.Or(l.held[name], &sync.Mutex{})
	l.held[name] = of
	l.mu.Unlock()
	of.Lock()
	return of.Unlock
}

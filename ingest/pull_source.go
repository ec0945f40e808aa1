package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"gaung/ingest/source"
	"gaung/warehouse/region"
)

// pullBatch is how many items are written at once: small enough that a first
// pull of years of posts shows progress and loses little when interrupted.
const pullBatch = 1000

// pull is the reading of one source.
type pull struct {
	in      *Ingester
	source  source.Source
	region  region.Region
	fetcher *source.Fetcher
	names   *names
	// stateVersion is that of the state the poll started from.
	stateVersion uint64

	result  SourceResult
	writer  *writer
	rejects *rejectLog
	pending []fact
	items   int
}

// run polls the source, writes its items and books run, poll and state. The
// error is never the source's fault.
func (p *pull) run(ctx context.Context) error {
	p.result = SourceResult{
		Source: p.source.Name, Region: p.region.Code, OPD: p.source.OPD, Notes: []string{}, Rejects: []Reject{},
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	state, err := p.state(ctx)
	if err != nil {
		return err
	}
	if p.names, err = p.in.names(ctx, p.region); err != nil {
		return err
	}
	run, err := p.in.startRun(ctx, p.region.Code, articlesKind.name, p.source.Name)
	if err != nil {
		return err
	}
	p.writer = newWriter(p.in, articlesKind, run.id)
	p.writer.source = p.source.Name
	p.rejects = &rejectLog{in: p.in, run: run, kind: articlesKind.name, listed: []Reject{}}

	answer, err := p.read(ctx, state)
	if flushErr := p.flush(ctx); flushErr != nil {
		err = errors.Join(err, flushErr)
	}
	p.result.NotModified = answer.NotModified
	p.result.Notes = orEmpty(answer.Notes)
	p.result.Rejects = p.rejects.listed

	var failure *source.Failure
	if err != nil && !errors.As(err, &failure) || ctx.Err() != nil {
		// Not the source's fault: no poll is booked and the state is not
		// moved, so the next pull asks for the same again.
		err = errors.Join(err, ctx.Err())
		return errors.Join(err, run.end(ctx, p.result.Tally, err))
	}
	if failure != nil {
		p.result.Failure = &SourceFailure{Reason: failure.Reason, Words: failure.Words, RetryAfter: failure.RetryAfter}
		p.in.log.Warn("source failed", "source", p.source.Name, "reason", failure.Reason, "err", failure)
	}
	return errors.Join(
		p.bookPoll(ctx, run.id, answer),
		p.keep(ctx, answer.State),
		run.end(ctx, p.result.Tally, failureOrNil(failure)),
	)
}

// failureOrNil keeps a nil *Failure from becoming a non-nil error.
func failureOrNil(f *source.Failure) error {
	if f == nil {
		return nil
	}
	return f
}

// read polls the source. A panic on hostile input is the source's failure and
// no other's.
func (p *pull) read(ctx context.Context, state source.State) (answer source.Answer, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			p.in.log.Error("source reader panicked", "source", p.source.Name, "panic", cause, "stack", string(debug.Stack()))
			answer.State = state
			err = &source.Failure{
				Reason: source.ReasonParse,
				Words:  fmt.Sprintf("isi sumber %s tidak dapat dibaca; periksa alamatnya", p.source.Name),
				Err:    fmt.Errorf("panic: %v", cause),
			}
		}
	}()
	reader, err := source.Open(p.source, p.fetcher, p.in.now)
	if err != nil {
		return source.Answer{State: state}, &source.Failure{Reason: source.ReasonBadURL, Words: err.Error(), Err: err}
	}
	return reader.Read(ctx, state, func(item source.Item) error {
		if err := p.take(item); err != nil {
			return err
		}
		if len(p.pending) >= pullBatch {
			return p.flush(ctx)
		}
		return nil
	})
}

// take turns an item into a pending fact or a reject.
func (p *pull) take(item source.Item) error {
	p.items++
	f, bad := p.fact(item)
	if bad != nil {
		p.result.Rows++
		p.result.Rejected++
		cells := map[string]string{"url": item.URL, "title": item.Title, "published_at": item.PublishedRaw}
		return p.rejects.add(p.region.Code, p.source.Name, "", p.items, []problem{*bad}, cells)
	}
	p.pending = append(p.pending, f)
	return nil
}

func (p *pull) flush(ctx context.Context) error {
	written, err := p.writer.write(ctx, p.pending)
	if err != nil {
		return err
	}
	p.result.add(written)
	p.pending = p.pending[:0]
	return p.rejects.flush(ctx)
}

var (
	insertPoll  = insertInto("polls", "region", "source", "kind", "opd", "polled_at", "answered", "http_status", "reason", "items", "new_items", "run_id")
	insertState = insertInto("source_states", "region", "source", "state", "updated_at", "version")
)

func (p *pull) bookPoll(ctx context.Context, runID string, answer source.Answer) error {
	reason, status := "", answer.HTTPStatus
	if p.result.Failure != nil {
		reason = p.result.Failure.Reason
	}
	return insert(ctx, p.in.conn, insertPoll, []any{
		p.region.Code, p.source.Name, p.source.Kind, p.opd(), p.in.now().UTC(), p.result.Failure == nil,
		uint16(max(0, min(status, 999))), reason, uint32(p.items), uint32(p.result.Accepted), runID,
	})
}

// opd is the code of the source's OPD, or what the configuration says if that
// is nobody known yet.
func (p *pull) opd() string {
	return cmp.Or(p.names.opd.resolve(p.source.OPD, p.in.now().In(p.region.Zone)), p.source.OPD)
}

// keptState is a source's state with the settings under which its articles
// were stored. When one of these changes, everything is read again, so that
// articles already stored follow the change.
type keptState struct {
	State   source.State `json:"state"`
	OPD     string       `json:"opd"`
	Channel string       `json:"channel"`
}

func (p *pull) state(ctx context.Context) (source.State, error) {
	var text string
	args := named("region", p.region.Code, "source", p.source.Name)
	if err := p.in.conn.QueryRow(ctx, query("source_state"), args...).Scan(&text, &p.stateVersion); err != nil {
		return source.State{}, fmt.Errorf("ingest: state of %s: %w", p.source.Name, err)
	}
	if text == "" {
		return source.State{}, nil
	}
	var kept keptState
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		// A state nobody can read only costs a full pull.
		p.in.log.Warn("source state unreadable, starting over", "source", p.source.Name, "err", err)
		return source.State{}, nil
	}
	if kept.OPD != p.source.OPD || kept.Channel != p.source.Channel {
		return source.State{}, nil
	}
	return kept.State, nil
}

func (p *pull) keep(ctx context.Context, state source.State) error {
	text, err := json.Marshal(keptState{State: state, OPD: p.source.OPD, Channel: p.source.Channel})
	if err != nil {
		return fmt.Errorf("ingest: state of %s: %w", p.source.Name, err)
	}
	return insert(ctx, p.in.conn, insertState, []any{
		p.region.Code, p.source.Name, string(text), p.in.now().UTC(), p.in.nextVersion(p.stateVersion),
	})
}

package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

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
	book    *pullBook
	// opd is the code of the source's OPD, or what the configuration says if
	// that is nobody known yet.
	opd string
	// stateText and stateVersion are those of the state the poll starts from.
	stateText    string
	stateVersion uint64

	result  SourceResult
	run     *run
	kept    keptState
	raw     *rawStore
	intake  *intake
	pending []arrival
	items   int
}

// poll polls the source, keeps and writes its items and books run, poll and
// state. The error is never the source's fault.
func (p *pull) poll(ctx context.Context) error {
	p.result = newSourceResult(p.source, p.region)
	if err := ctx.Err(); err != nil {
		return err
	}
	if p.source.Rows() {
		return p.runRows(ctx)
	}
	state := p.state()
	p.run = p.in.newRun(p.region.Code, articlesKind.name, p.source.Name)
	p.raw = &rawStore{in: p.in, source: p.source, region: p.region.Code, runID: p.run.id}
	p.intake = p.in.intake(p.source, p.region, p.run, &p.result)

	answer, err := p.read(ctx, state)
	if flushErr := p.flush(ctx); flushErr != nil {
		err = errors.Join(err, flushErr)
	}
	if err == nil && ctx.Err() == nil {
		err = p.lookForVanished(ctx, state, answer)
	}
	if err == nil && ctx.Err() == nil && p.source.MarksRemoved() {
		err = p.lookForUnlisted(ctx, &answer)
	}
	p.result.NotModified = answer.NotModified
	p.result.Notes = orEmpty(answer.Notes)
	p.result.Rejects = p.intake.rejects.listed

	var failure *source.Failure
	if err != nil && !errors.As(err, &failure) || ctx.Err() != nil {
		// Not the source's fault: no poll is booked and the state is not
		// moved, so the next pull asks for the same again.
		err = errors.Join(err, ctx.Err())
		return errors.Join(err, p.run.end(ctx, p.result.Tally, err))
	}
	if failure != nil {
		p.result.Failure = &SourceFailure{Reason: failure.Reason, Words: failure.Words, RetryAfter: failure.RetryAfter}
		p.in.log.Warn("source failed", "source", p.source.Name, "reason", failure.Reason, "err", failure)
	}
	return p.close(ctx, answer, failureOrNil(failure))
}

// close books run, poll and state: together with those of other sources when
// nothing was written.
func (p *pull) close(ctx context.Context, answer source.Answer, failure error) error {
	state, err := p.newState(answer.State)
	if err != nil {
		return err
	}
	poll, run := p.pollRow(answer), p.run.ended(p.result.Tally, failure)
	if !p.run.begun {
		p.book.add(run, poll, state)
		return nil
	}
	if err := insert(ctx, p.in.conn, insertPoll, poll); err != nil {
		return err
	}
	if state != nil {
		if err := insert(ctx, p.in.conn, insertState, state); err != nil {
			return err
		}
	}
	return insert(ctx, p.in.conn, insertRun, run)
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
		p.take(item)
		if len(p.pending) >= pullBatch {
			return p.flush(ctx)
		}
		return nil
	})
}

func (p *pull) take(item source.Item) {
	p.items++
	now := p.in.now().UTC()
	p.pending = append(p.pending, arrival{item: item, number: p.items, at: now, firstAt: now})
}

// flush keeps the pending items raw, and only then reads them.
func (p *pull) flush(ctx context.Context) error {
	if len(p.pending) == 0 {
		return nil
	}
	if err := p.run.begin(ctx); err != nil {
		return err
	}
	items := make([]source.Item, len(p.pending))
	for i := range p.pending {
		items[i] = p.pending[i].item
	}
	if err := p.raw.keep(ctx, items, func(keys []uint64) map[uint64]int { return p.intake.goesBy(p.pending, keys) }); err != nil {
		return err
	}
	if err := p.intake.write(ctx, p.pending); err != nil {
		return err
	}
	p.pending = p.pending[:0]
	return nil
}

var (
	insertPoll  = insertInto("polls", "region", "source", "kind", "opd", "polled_at", "answered", "http_status", "reason", "items", "new_items", "run_id")
	insertState = insertInto("source_states", "region", "source", "state", "updated_at", "version")
)

func (p *pull) pollRow(answer source.Answer) []any {
	reason := ""
	if p.result.Failure != nil {
		reason = p.result.Failure.Reason
	}
	return []any{
		p.region.Code, p.source.Name, p.source.Kind, p.opd, p.in.now().UTC(), p.result.Failure == nil,
		uint16(max(0, min(answer.HTTPStatus, 999))), reason, uint32(p.items), uint32(p.result.Accepted), p.run.id,
	}
}

// keptState is a source's state with the settings under which its articles
// were stored. When one of these changes, everything is read again, so that
// articles already stored follow the change.
type keptState struct {
	State   source.State `json:"state"`
	OPD     string       `json:"opd"`
	Channel string       `json:"channel"`
	// RetryAt is until when the server asked to be left alone.
	RetryAt time.Time `json:"retry_at,omitzero"`
	// Present says when articles missing from the source's list were last
	// found still to be there, by key hash.
	Present map[uint64]time.Time `json:"present,omitempty"`
}

// state is what the last poll left.
func (p *pull) state() source.State {
	if p.stateText == "" {
		return source.State{}
	}
	kept := &p.kept
	if err := json.Unmarshal([]byte(p.stateText), kept); err != nil {
		// A state nobody can read only costs a full pull.
		p.in.log.Warn("source state unreadable, starting over", "source", p.source.Name, "err", err)
		p.kept = keptState{}
		return source.State{}
	}
	if kept.OPD != p.source.OPD || kept.Channel != p.source.Channel {
		return source.State{}
	}
	return kept.State
}

// newState is the row of the state to keep, nil when it is the same as before.
func (p *pull) newState(state source.State) ([]any, error) {
	kept := keptState{State: state, OPD: p.source.OPD, Channel: p.source.Channel, Present: p.kept.Present}
	if f := p.result.Failure; f != nil && f.RetryAfter > 0 {
		kept.RetryAt = p.in.now().UTC().Add(f.RetryAfter)
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("ingest: state of %s: %w", p.source.Name, err)
	}
	if string(text) == p.stateText {
		return nil, nil
	}
	return []any{p.region.Code, p.source.Name, string(text), p.in.now().UTC(), p.in.nextVersion(p.stateVersion)}, nil
}

package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"gaung/ingest/source"
	"gaung/warehouse/region"
)

// rowPull is the reading of one source of rows: a database or a register.
// Its rows take the way of an import.
type rowPull struct {
	*pull
	kind *kind
	run  *run
	kept keptRows
}

// keptRows is the state of a source of rows with a digest of the settings
// under which its rows were read. When these change, everything is read
// again; what says the same as before is not written again.
type keptRows struct {
	Settings string                `json:"settings"`
	Rows     *source.RowState      `json:"rows,omitempty"`
	Files    *source.RegisterState `json:"files,omitempty"`
	// Map is a digest of the map file's content.
	Map string `json:"map,omitempty"`
}

// runRows polls a source of rows, writes what it gives, books run, poll and
// state, and rebuilds the rollups of its kind. The error is never the
// source's fault.
func (p *pull) runRows(ctx context.Context) error {
	k, err := kindNamed(p.source.Imports())
	if err != nil {
		return fmt.Errorf("ingest: source %s: %w", p.source.Name, err)
	}
	r := &rowPull{pull: p, kind: k}
	if err := r.load(ctx); err != nil {
		return err
	}
	if r.run, err = p.in.startRun(ctx, p.region.Code, k.name, p.source.Name); err != nil {
		return err
	}
	err = r.read(ctx)
	failure, err := r.judge(ctx, err)
	if err != nil {
		// Not the source's fault: no poll is booked. What was written stays,
		// and the next poll counts it as unchanged.
		return errors.Join(err, r.run.end(ctx, p.result.Tally, err))
	}
	if failure != nil {
		p.result.Failure = &SourceFailure{Reason: failure.Reason, Words: failure.Words}
		p.in.log.Warn("source failed", "source", p.source.Name, "reason", failure.Reason, "err", failure)
	}
	err = errors.Join(
		r.bookPoll(ctx),
		r.run.end(ctx, p.result.Tally, failureOrNil(failure)),
	)
	if err != nil {
		return err
	}
	var changed []string
	if p.result.changed() {
		changed = []string{k.name}
	}
	if err := p.in.refresh(ctx, p.region, changed); err != nil {
		return fmt.Errorf("ingest: rebuild %s: %w", p.region.Code, err)
	}
	return nil
}

// read polls by kind. A panic on hostile input is the source's failure.
func (r *rowPull) read(ctx context.Context) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			r.in.log.Error("row source panicked", "source", r.source.Name, "panic", cause, "stack", string(debug.Stack()))
			err = &source.Failure{
				Reason: source.ReasonParse,
				Words:  fmt.Sprintf("isi sumber %s tidak dapat dibaca; periksa berkas atau query-nya", r.source.Name),
				Err:    fmt.Errorf("panic: %v", cause),
			}
		}
	}()
	if r.source.Database != nil {
		return r.readDatabase(ctx)
	}
	return r.readRegister(ctx)
}

// judge tells a failure of the source from an error of ours. A setting that
// cannot be used is the source's failure too.
func (r *rowPull) judge(ctx context.Context, err error) (*source.Failure, error) {
	var failure *source.Failure
	var own *Error
	switch {
	case ctx.Err() != nil:
		return nil, errors.Join(err, ctx.Err())
	case err == nil:
		return nil, nil
	case errors.As(err, &failure):
		return failure, nil
	case errors.As(err, &own) && own.Kind == Usage:
		return &source.Failure{Reason: source.ReasonMapping, Words: own.Words, Err: own.Err}, nil
	}
	return nil, err
}

// bookPoll books the poll. An OPD stands in it only where its articles come
// from the source: an application of cases that fails says nothing about what
// the OPD publishes.
func (r *rowPull) bookPoll(ctx context.Context) error {
	reason := ""
	if r.result.Failure != nil {
		reason = r.result.Failure.Reason
	}
	opd := r.source.SiteOPD()
	if opd != "" {
		names, err := r.in.names(ctx, r.region)
		if err != nil {
			return err
		}
		opd = cmp.Or(names.opd.resolve(opd, r.in.now().In(r.region.Zone)), opd)
	}
	return insert(ctx, r.in.conn, insertPoll, []any{
		r.region.Code, r.source.Name, r.source.Kind, opd, r.in.now().UTC(), r.result.Failure == nil,
		uint16(0), reason, uint32(r.items), uint32(r.result.Accepted), r.run.id,
	})
}

// load reads the state that the last poll left.
func (r *rowPull) load(ctx context.Context) error {
	var text string
	args := named("region", r.region.Code, "source", r.source.Name)
	if err := r.in.conn.QueryRow(ctx, query("source_state"), args...).Scan(&text, &r.stateVersion); err != nil {
		return fmt.Errorf("ingest: state of %s: %w", r.source.Name, err)
	}
	settings := settingsOf(r.source, r.region)
	if text != "" {
		if err := json.Unmarshal([]byte(text), &r.kept); err != nil {
			r.in.log.Warn("source state unreadable, starting over", "source", r.source.Name, "err", err)
			r.kept = keptRows{}
		}
	}
	if r.kept.Settings != settings {
		r.kept = keptRows{Settings: settings}
	}
	return nil
}

// keep writes the state, so that a poll that is broken off later goes on from
// here.
func (r *rowPull) keep(ctx context.Context) error {
	text, err := json.Marshal(r.kept)
	if err != nil {
		return fmt.Errorf("ingest: state of %s: %w", r.source.Name, err)
	}
	r.stateVersion = r.in.nextVersion(r.stateVersion)
	return insert(ctx, r.in.conn, insertState, []any{r.region.Code, r.source.Name, string(text), r.in.now().UTC(), r.stateVersion})
}

// rawForm is the form in which rows are kept raw. Raised when it changes:
// everything is then read and kept once more.
const rawForm = 1

// settingsOf is a digest of everything in the configuration that decides what
// a row means. Where the rows are (DSN, path) and how many are read at once
// does not.
func settingsOf(s source.Source, reg region.Region) string {
	meaning := []any{s.Kind, s.OPD, s.Since, reg.Zone.String(), rawForm}
	if d := s.Database; d != nil {
		meaning = append(meaning, d.Driver, d.Import, d.Query, d.Mark, d.Zone, d.Map, d.Values, d.DateFormat)
	}
	if f := s.Register; f != nil {
		meaning = append(meaning, f.Import, f.Map)
	}
	// Plain values and maps of texts, whose keys are written sorted.
	text, err := json.Marshal(meaning)
	if err != nil {
		text = fmt.Append(nil, meaning)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// bindColumns is the layout of rows whose columns have names but no header
// row: those the map names first, then those that have a canonical name.
func bindColumns(k *kind, m *mapping, opdKnown bool, columns []string) (*layout, error) {
	l := &layout{bind: make([]string, len(columns))}
	for _, mapped := range []bool{true, false} {
		for i, column := range columns {
			name := m.canonical(column)
			if !mapped && name == "" {
				name = plainName(k, column)
			}
			switch {
			case name == "" || l.bind[i] != "" || mapped && m.canonical(column) == "":
			case slices.Contains(l.bind, name):
				if !mapped {
					l.twice = append(l.twice, column)
				}
			default:
				l.bind[i] = name
			}
		}
	}
	for i, column := range columns {
		if l.bind[i] == "" && !slices.Contains(l.twice, column) {
			l.ignore(column)
		}
	}
	if missing := l.missing(k, m.Constants, opdKnown); len(missing) > 0 {
		return nil, usagef("kolom wajib tidak ada di hasil query: %s; beri alias di query atau tambahkan di map", strings.Join(missing, ", "))
	}
	return l, nil
}

// unbind leaves a column out and says so.
func (l *layout) unbind(name string) {
	if i := slices.Index(l.bind, name); i >= 0 {
		l.bind[i] = ""
		l.unknown = append(l.unknown, name)
	}
}

// FileResult is what became of one file of a register.
type FileResult struct {
	File string `json:"file"`
	// Status is imported, unchanged, waiting (still being written) or failed.
	Status string `json:"status"`
	Tally
	// Warnings and Words are Indonesian lines; Words say why the file failed.
	Warnings []string `json:"warnings"`
	Words    string   `json:"words,omitempty"`
}

// horizon is the last day for which recurring events are laid out.
func (in *Ingester) horizon() time.Time { return in.now().AddDate(1, 0, 0) }

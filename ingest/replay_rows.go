package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/source"
	"gaung/ingest/table"
	"gaung/warehouse/region"
)

// replayRows reads the kept rows of one source anew. Rows that somebody else
// has given since are left as they are.
func (in *Ingester) replayRows(ctx context.Context, s source.Source, reg region.Region, touched touchedRegions) (SourceResult, error) {
	result := newSourceResult(s, reg)
	inputs, err := in.rawInputs(ctx, reg.Code, s.Name)
	if err != nil {
		return result, err
	}
	kept := 0
	for _, of := range inputs {
		kept += of.present
	}
	if kept == 0 {
		hint := "tarik dulu dengan gaung ingest " + s.Name
		if s.Kind == kindPush {
			hint = "aplikasinya belum mengirim apa pun"
		}
		result.Notes = append(result.Notes, "belum ada simpanan mentah dari sumber ini; "+hint)
		return result, nil
	}
	for name, of := range byKind(inputs) {
		k, err := kindNamed(name)
		if err != nil {
			return result, err
		}
		run, err := in.startRun(ctx, reg.Code, k.name, s.Name)
		if err != nil {
			return result, err
		}
		r := &rowReplay{in: in, source: s, region: reg, kind: k, run: run}
		err = r.replay(ctx, of)
		result.add(r.tally)
		result.Rejects = append(result.Rejects, r.rejects[:min(len(r.rejects), maxListed-len(result.Rejects))]...)
		if err = errors.Join(err, run.end(ctx, r.tally, err)); err != nil {
			return result, err
		}
		if r.tally.changed() {
			for _, code := range slices.Sorted(maps.Keys(r.regions)) {
				touched.add(r.regions[code], k.name)
			}
		}
	}
	return result, nil
}

func byKind(inputs []rawInput) map[string][]rawInput {
	kinds := map[string][]rawInput{}
	for _, of := range inputs {
		if of.present > 0 {
			kinds[of.kind] = append(kinds[of.kind], of)
		}
	}
	return kinds
}

// rowReplay reads the kept rows of one kind of one source.
type rowReplay struct {
	in      *Ingester
	source  source.Source
	region  region.Region
	kind    *kind
	run     *run
	mapping *mapping

	tally   Tally
	rejects []Reject
	regions map[string]region.Region
	layouts map[string]*layout
	// newest is the version of the row that was kept last among those that
	// become the same fact by today's rules.
	newest map[fullKey]uint64
}

// replay goes over the rows twice: a fact that several kept rows become is
// what the last of them says, and which is the last is only known at the end.
func (r *rowReplay) replay(ctx context.Context, inputs []rawInput) (err error) {
	if r.mapping, err = r.ownMapping(); err != nil {
		return err
	}
	r.layouts, r.newest, r.regions = map[string]*layout{}, map[fullKey]uint64{}, map[string]region.Region{}
	for _, of := range inputs {
		out := r.writing(of.input)
		err := r.each(ctx, of.input, out, func(rows []*parsedRow, versions []uint64) error {
			for i, p := range rows {
				if len(p.rec.problems) == 0 && !p.skip {
					key := fullKey{p.fact.region, p.fact.keyHash()}
					r.newest[key] = max(r.newest[key], versions[i])
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, of := range inputs {
		out := r.writing(of.input)
		err := r.each(ctx, of.input, out, func(rows []*parsedRow, versions []uint64) error {
			return r.write(ctx, out, rows, versions)
		})
		r.tally.add(out.tally)
		r.rejects = append(r.rejects, out.rejects.listed...)
		maps.Copy(r.regions, out.regions)
		if err != nil {
			return err
		}
	}
	return nil
}

// write stores the rows that are the last of their fact and whose fact nobody
// else has given since.
func (r *rowReplay) write(ctx context.Context, out *importRun, rows []*parsedRow, versions []uint64) error {
	keys := map[string][]uint64{}
	for _, p := range rows {
		if len(p.rec.problems) == 0 && !p.skip {
			keys[p.fact.region] = append(keys[p.fact.region], p.fact.keyHash())
		}
	}
	foreign := map[fullKey]bool{}
	for of, asked := range keys {
		args := named("table", r.kind.table, "region", of, "keys", asked, "source", r.source.Name)
		err := each(ctx, r.in.conn, "foreign_facts", args, func(rows driver.Rows) error {
			var key uint64
			err := rows.Scan(&key)
			foreign[fullKey{of, key}] = true
			return err
		})
		if err != nil {
			return err
		}
	}
	for i, p := range rows {
		if key := (fullKey{p.fact.region, p.fact.keyHash()}); len(p.rec.problems) == 0 && !p.skip && (foreign[key] || r.newest[key] != versions[i]) {
			out.tally.Rows++
			out.tally.Unchanged++
			continue
		}
		if err := out.book(p); err != nil {
			return err
		}
	}
	return out.flush(ctx)
}

// each gives the kept rows of an input in pieces, parsed by today's rules.
func (r *rowReplay) each(ctx context.Context, input string, out *importRun, do func([]*parsedRow, []uint64) error) error {
	var rows []*parsedRow
	var versions []uint64
	settle := func() error {
		out.parseAll(rows)
		err := do(rows, versions)
		rows, versions = nil, nil
		return err
	}
	args := named("region", r.region.Code, "source", r.source.Name, "kind", r.kind.name, "input", input)
	err := each(ctx, r.in.conn, "raw_rows_newest", args, func(from driver.Rows) error {
		var text string
		var version, number uint64
		if err := from.Scan(&text, &version, &number); err != nil {
			return err
		}
		raw, err := decodeRow(text)
		if err != nil {
			return err
		}
		l, cells := r.layout(raw)
		rows = append(rows, &parsedRow{layout: l, row: table.Row{Number: int(number), Cells: cells}})
		versions = append(versions, version)
		if len(rows) < parseRows {
			return nil
		}
		return settle()
	})
	if err != nil {
		return err
	}
	return settle()
}

// layout is the one in which a kept row stands, with its cells.
func (r *rowReplay) layout(raw *rawRow) (*layout, []string) {
	names := slices.Sorted(maps.Keys(raw.Cells))
	key := fmt.Sprint(raw.Form, "\x00", raw.OPD, "\x00", strings.Join(names, "\x00"))
	l := r.layouts[key]
	if l == nil {
		l = &layout{bind: names, opd: raw.OPD}
		if raw.Form > 0 && raw.Form <= len(r.kind.forms) {
			l.form = r.kind.forms[raw.Form-1]
		}
		r.layouts[key] = l
	}
	cells := make([]string, len(names))
	for i, name := range names {
		cells[i] = raw.Cells[name]
	}
	return l, cells
}

// writing is the writing half of an import of one input.
func (r *rowReplay) writing(input string) *importRun {
	name := r.source.Name
	if input != "" {
		name += "/" + input
	}
	job := &importJob{
		in: r.in, req: ImportRequest{Kind: r.kind.name, Region: r.region.Code, OPD: r.source.OPD},
		name: name, kind: r.kind, mapping: r.mapping, region: r.region, file: emptyBook(name),
	}
	return job.rowTake(r.run, r.source.Name, input, false).importRun
}

// ownMapping is what the configuration says today about the rows.
func (r *rowReplay) ownMapping() (*mapping, error) {
	switch s := r.source; {
	case s.Database != nil:
		return databaseMapping(s, r.kind)
	case s.Register != nil:
		return readMapping(s.Register.Map, r.kind)
	}
	return &mapping{}, nil
}

package ingest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"gaung/ingest/source"
)

// readDatabase polls a database. Every page that is written is remembered at
// once, so that a host that goes away in the middle costs only the page it
// was giving.
func (r *rowPull) readDatabase(ctx context.Context) error {
	m, err := databaseMapping(r.source, r.kind)
	if err != nil {
		return err
	}
	reader, err := source.OpenRows(r.source, r.region.Zone, r.in.now)
	if err != nil {
		return err
	}
	job := &importJob{
		in: r.in, req: ImportRequest{Kind: r.kind.name, Region: r.region.Code, OPD: r.source.OPD},
		name: r.source.Name, kind: r.kind, mapping: m, region: r.region, file: emptyBook(r.source.Name),
	}
	out := job.rowTake(r.run, r.source.Name, "", r.source.MarksRemoved())
	var state source.RowState
	if r.kept.Rows != nil {
		state = *r.kept.Rows
	}
	var l *layout
	answer, err := reader.ReadRows(ctx, state, func(columns []string) ([]bool, error) {
		if l, err = bindColumns(r.kind, m, r.source.OPD != "", columns); err != nil {
			return nil, err
		}
		job.warnings = l.warnings()
		return l.wanted(), nil
	}, func(page source.RowPage) error {
		if err := out.page(ctx, l, r.items+1, page.Rows); err != nil {
			return err
		}
		r.items += len(page.Rows)
		if reflect.DeepEqual(page.State, state) {
			return nil
		}
		state = page.State
		r.kept.Rows = &state
		return r.keep(ctx)
	})
	r.result.Tally = out.tally
	r.result.Rejects = out.rejects.listed
	r.result.NotModified = err == nil && r.items == 0
	notes, warnErr := out.warn(ctx, slices.Concat(job.warnings, answer.Notes))
	r.result.Notes = append(r.result.Notes, notes...)
	if err = errors.Join(err, warnErr); err != nil || !r.source.MarksRemoved() {
		return err
	}
	_, err = r.vanish(ctx, out.listing())
	return err
}

// wanted says which columns are read, and cuts the layout down to them.
func (l *layout) wanted() []bool {
	wanted := make([]bool, len(l.bind))
	var bind []string
	for i, name := range l.bind {
		if wanted[i] = name != ""; wanted[i] {
			bind = append(bind, name)
		}
	}
	l.bind = bind
	return wanted
}

// databaseMapping makes the map file that the settings of a database stand
// for.
func databaseMapping(s source.Source, k *kind) (*mapping, error) {
	d := s.Database
	m := &mapping{Columns: d.Map, Values: d.Values, DateFormat: d.DateFormat}
	name := "sumber " + s.Name
	if err := m.index(name, k); err != nil {
		return nil, err
	}
	layout, err := dateLayout(d.DateFormat)
	if err != nil {
		return nil, usagef("%s: date_format %q tidak dikenal; tulis seperti DD/MM/YYYY HH:mm", name, d.DateFormat)
	}
	m.layout = layout
	return m, nil
}

// CheckRows checks what only the importer knows about the sources of rows of
// a configuration: that the columns of their maps exist for their kind, hold
// no identity, that map files can be read, and that the address of a database
// is there and can be read. Nothing is asked over the network. The error is a
// [*source.ConfigError].
func CheckRows(config *source.Config) error {
	var problems []source.Problem
	for i, s := range config.Sources {
		k, err := kindNamed(s.Imports())
		if err != nil {
			continue // no source of rows
		}
		key := fmt.Sprintf("sources[%d].", i)
		if failure := s.CheckDSN(); failure != nil {
			problems = append(problems, source.Problem{Key: key + "database.dsn", Words: "sumber " + s.Name + ": " + failure.Words})
		}
		if s.Database != nil {
			key += "database.map"
			_, err = databaseMapping(s, k)
		} else {
			key += "register.map"
			_, err = readMapping(s.Register.Map, k)
		}
		var own *Error
		if errors.As(err, &own) {
			problems = append(problems, source.Problem{Key: key, Words: own.Words})
		}
	}
	return config.Refuse(problems)
}

package metrics

import (
	"context"
	"encoding/json"
	"fmt"

	"gaung/metrics/calendar"
)

// Changing is the mistake of closing a month while its data is being rebuilt.
const Changing ErrorKind = "changing"

// freeze measures a month and stores everything that shows it but the edition
// itself, and gives e its report, hash and code. It returns the report as
// stored.
func (m *Metrics) freeze(ctx context.Context, q Query, e *Edition) (text []byte, err error) {
	wrap := func(err error) error {
		return fmt.Errorf("metrics: freeze %s %s: %w", q.Region.Code, q.Month, err)
	}
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	if s.basis, err = m.basisOf(ctx, q.Region.Code); err != nil {
		return nil, wrap(err)
	}
	if e.Report, err = s.report(ctx, m); err != nil {
		return nil, forUser(err)
	}
	w, err := m.newPartWriter(q)
	if err != nil {
		return nil, err
	}
	defer w.abandon()
	if err := w.add(ctx, sectionBasis, "", s.basis.stored()); err != nil {
		return nil, wrap(err)
	}
	if err := m.freezeRows(ctx, s, e.Report, w); err != nil {
		return nil, err
	}
	if err := m.freezePeople(ctx, s, w); err != nil {
		return nil, wrap(err)
	}
	if err := m.freezeYear(ctx, s, w); err != nil {
		return nil, err
	}
	background, err := m.liveBackground(ctx, q)
	if err != nil {
		return nil, err
	}
	if background.Previous != nil {
		err = w.add(ctx, sectionPrevious, "", background.Previous)
	}
	for _, r := range background.History {
		if err == nil {
			err = w.add(ctx, sectionHistory, r.Month, r)
		}
	}
	if err != nil {
		return nil, wrap(err)
	}
	if e.partsHash, err = w.close(ctx); err != nil {
		return nil, wrap(err)
	}
	e.partsID = w.id
	if text, err = json.Marshal(e.Report); err != nil {
		return nil, wrap(err)
	}
	e.Hash = hashOf(append(text[:len(text):len(text)], e.partsHash...))
	e.ID = editionID(q, e.Number, e.Hash)
	return text, nil
}

// freezeRows stores the rows behind the figures of a report, which were read
// from the same state of the data: their numbers are the figures.
func (m *Metrics) freezeRows(ctx context.Context, s *snapshot, r *Report, w *partWriter) error {
	counted := map[DetailKind]int{}
	err := m.detailsFrom(ctx, s, func(d Detail) error {
		counted[d.Kind]++
		return w.add(ctx, sectionRows, string(d.Kind), d)
	})
	if err != nil {
		return err
	}
	for _, c := range []struct {
		kind   DetailKind
		figure int
	}{
		{DetailStory, r.Publication.Stories},
		{DetailArticle, r.Publication.Articles},
		{DetailObjection, r.PPID.Objections},
		{DetailEvent, r.Agenda.Events},
	} {
		if counted[c.kind] != c.figure {
			return userError(Changing, "data wilayah {1} sedang diperbarui selagi bulan {2} ditutup ({3} baris untuk {4} pada angka); ulangi tutup buku sebentar lagi", r.Region, r.Month, counted[c.kind], c.figure)
		}
	}
	return nil
}

// freezeYear stores the information requests of the months of the year before
// the one that is closed, as they stand on its as-of day: article 12 of UU
// 14/2008 asks for the year.
func (m *Metrics) freezeYear(ctx context.Context, s *snapshot, w *partWriter) error {
	for month := (calendar.Month{Year: s.query.Month.Year, Month: 1}); month.First() < s.query.Month.First(); month = month.Add(1) {
		q := s.query
		q = q.inMonth(month)
		q.AsOf, q.AsOfSet = s.asOf, true
		at, err := m.open(ctx, q)
		if err != nil {
			return err
		}
		at.basis = s.basis
		err = m.detailsFrom(ctx, at, func(d Detail) error { return w.add(ctx, sectionYear, month.String(), d) }, DetailRequest)
		if err != nil {
			return err
		}
	}
	return nil
}

package dashboard

import (
	"context"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// filterNotices says what a filter and a comparison do to the figures.
func filterNotices(r *metrics.Report, lang wording.Language) []string {
	var list []string
	f := r.Filters
	switch {
	case len(f.OPD) > 0 && f.PeerGroup != nil:
		list = append(list, lang.T("Hanya {1}; tempatnya adalah tempat di antara semua OPD kelompok {2}.", chosenNames(lang, f), *f.PeerGroup))
	case len(f.OPD) > 0:
		list = append(list, lang.T("Hanya {1}; tempatnya adalah tempat di antara semua OPD wilayah.", chosenNames(lang, f)))
	case f.PeerGroup != nil:
		list = append(list, lang.T("Tempat dihitung di antara OPD kelompok {1}; nilai tiap OPD sama dengan tanpa saringan.", *f.PeerGroup))
	}
	if f.Channel != nil {
		list = append(list, lang.T("Hanya artikel dan berita di saluran {1}; target, agenda, orang dan layanan tidak disaring menurut saluran.", lang.Channel(*f.Channel)))
	}
	if r.Compare.With == metrics.CompareYear {
		if p, err := r.Compare.Days(); err == nil {
			list = append(list, lang.T("Dibandingkan dengan {1}.", lang.Span(p)))
		}
	}
	return list
}

// chosenNames names the OPD of a filter, or says how many they are.
func chosenNames(lang wording.Language, f metrics.Filters) string {
	if len(f.OPD) == 1 {
		return f.OPD[0].Name
	}
	return lang.T("{1} OPD", len(f.OPD))
}

// editionBeside is the code of the newest edition of a closed month whose page
// asks for something that was not frozen: a filter, another comparison.
func (s *Server) editionBeside(ctx context.Context, sel *selection) (id string) {
	if _, whole := sel.Period.Month(); s.books == nil || !whole || sel.metricsQuery().Unfiltered() {
		return ""
	}
	s.part(ctx, "edition beside", func(ctx context.Context) error {
		list, err := s.books.Editions(ctx, sel.metricsQuery(), 1)
		if err == nil && len(list) > 0 {
			id = list[0].ID
		}
		return err
	})
	return id
}

// closedNotices says that the month is closed although its page measures anew.
func (m *monthly) closedNotices() []string {
	if m.edition == "" {
		return nil
	}
	return []string{m.sel.Lang.T("Bulan ini sudah tutup buku (edisi {1}); dengan saringan atau pembanding ini angkanya dihitung dari data hari ini.", m.edition)}
}

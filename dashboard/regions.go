package dashboard

import (
	"context"
	"fmt"
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse/region"
)

// regionsPage sets the kabupaten and kota of a province side by side.
var regionsPage = page{path: "/wilayah", name: "regions", nav: "Wilayah", several: true, view: (*Server).regionsCompared}

// regionsView is what templates/regions.html shows.
type regionsView struct {
	Province string
	Month    string
	Query    string
	Rows     []regionRow
	Ranked   []rankRow
	Unranked []unrankedRow
	Tables   []caseTable
	Alone    bool // nothing to compare with
}

// regionRow is what is not ranked of a region.
type regionRow struct {
	URL, Name, AsOf      string
	OPD, Failed          drill
	Stories, Published   drill
	Requests, Complaints drill
	Problem              string
}

// regionsCompared ranks the regions of the chosen region's province.
func (s *Server) regionsCompared(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if sel.NoData || !sel.hasMonth() {
		return s.emptyScreen(sel), nil
	}
	q := sel.metricsQuery()
	q.Region = s.province(lang, sel.Region)
	found, err := s.reports.RegionRanking(ctx, s.regions, q)
	if err != nil {
		return nil, fmt.Errorf("dashboard: regions of %s %s: %w", q.Region.Code, sel.Month, err)
	}
	v := &regionsView{
		Province: found.Name, Month: lang.Span(sel.Period), Query: sel.query(), Alone: len(found.Regions) < 2,
	}
	links := newRowLinks(ctx, sel)
	asOf := map[string]string{}
	for _, r := range found.Regions {
		asOf[r.Region] = r.AsOf
	}
	ranked := 0
	for _, o := range found.Publication {
		if o.Score != nil {
			ranked++
		}
	}
	for _, o := range found.Publication {
		if o.Score != nil {
			row := newRankRow(lang, o, ranked, "", "")
			row.URL = sel.regionURL(o.OPD)
			row.leadTo(sel, links, o.OPD, asOf[o.OPD], o)
			v.Ranked = append(v.Ranked, row)
		} else {
			v.Unranked = append(v.Unranked, newUnrankedRegion(sel, o))
		}
	}
	for _, t := range []struct {
		id, caption, kind string
		rows              []metrics.CaseOPD
	}{
		{"wilayah-ppid", lang.T("PPID: batas 10 hari kerja sejak berkas lengkap, 17 bila diperpanjang"), requestRows, found.PPID.OPD},
		{"wilayah-tanggapan", lang.T("Pengaduan, tanggapan pertama: batas 5 hari kerja sejak disposisi"), responseRows, found.FirstResponse.OPD},
		{"wilayah-selesai", lang.T("Pengaduan, penyelesaian: batas menurut jenisnya"), resolveRows, found.Resolve.OPD},
	} {
		table := newCaseTable(lang, t.id, t.caption, t.rows, lang.T("Tidak ada kasus pada periode ini."), "", "")
		table.Of, table.rows = lang.T("Wilayah"), t.kind
		table.regions = func(code string) rowLinks { return links.ofRegion(sel, code, asOf[code]) }
		for i := range table.Rows {
			table.Rows[i].URL = sel.regionURL(table.Rows[i].OPD)
		}
		v.Tables = append(v.Tables, table)
	}
	for _, r := range found.Regions {
		v.Rows = append(v.Rows, newRegionRow(r, sel, links.ofRegion(sel, r.Region, r.AsOf)))
	}
	return &screen{template: "regions", selection: sel, place: found.Name, body: v, title: lang.T("Wilayah {1} · {2}", v.Month, v.Province)}, nil
}

// province is the province of a region: the part of its code before the first
// point. A province that the table does not name goes by its code.
func (s *Server) province(lang wording.Language, r region.Region) region.Region {
	code, _, _ := strings.Cut(r.Code, ".")
	if p, err := s.regions.Find(code); err == nil && p.Zone != nil {
		return p
	}
	return region.Region{Code: code, Name: lang.T("Provinsi {1}", code), Zone: r.Zone}
}

// newUnrankedRegion says why a region has no place in the ranking of publication.
func newUnrankedRegion(sel *selection, o metrics.PublicationOPD) unrankedRow {
	lang := sel.Lang
	row := unrankedRow{OPD: o.OPD, URL: sel.regionURL(o.OPD), Name: o.Name, Status: lang.T("data kurang"), Class: string(wording.Scarce)}
	switch {
	case o.Status == metrics.StatusSourceFailed:
		row.Status, row.Class = lang.Status(o.Status), string(wording.Failed)
		row.Reason = lang.T("Sumber OPD-nya gagal, jadi diamnya tidak dapat dinilai.")
	case o.DaysSinceLast == nil:
		row.Reason = lang.T("Belum ada satu berita pun yang ditarik atau diimpor sampai akhir periode.")
	default:
		row.Reason = lang.T("Belum ada OPD yang dapat dinilai pada periode ini.")
	}
	return row
}

func newRegionRow(r metrics.RegionRow, sel *selection, links rowLinks) regionRow {
	lang := sel.Lang
	row := regionRow{
		URL: sel.regionURL(r.Region), Name: r.Name,
		AsOf: lang.ShortDay(r.AsOf), OPD: links.to(opdRows, allRows, "", r.OPD), Failed: links.to(failedSourceRows, allRows, "", r.FailedSources),
		Stories:    links.to(storyRows, allRows, "", r.Stories),
		Requests:   links.to(requestRows, receivedPart, "", r.PPIDReceived),
		Complaints: links.to(complaintRows, allRows, "", r.Complaints),
		Published:  drill{Cell: lang.Missing("tidak ada OPD yang dapat dinilai")}, Problem: sentence(r.Problem),
	}
	if r.PublishedShare != nil {
		row.Published = links.basis(opdRows, heardPart, "", r.PublishedOf, wording.Value(lang.Percent(*r.PublishedShare, r.OPD)))
	}
	return row
}

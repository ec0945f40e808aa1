package export

import (
	"github.com/xuri/excelize/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
)

func (b *book) rankingSheet(name string) error {
	p, err := b.table(name, ranking(b.report), "Belum ada OPD.")
	if err != nil {
		return err
	}
	looks := append(b.style.tiers("tier"), bar("stories", ""), bar("score", "1.2"), b.style.above("days_since_last", "14"))
	if err := b.conditions(p, looks...); err != nil {
		return err
	}
	month := ", " + figures.Period(wording.Indonesian, b.report)
	err = b.charts(
		p,
		chart{title: "Capaian disesuaikan per OPD" + month + " (100% = target)", kind: excelize.Bar, from: p, categories: "name", series: []series{{key: "score", colour: seriesGreen}}, percent: true},
		chart{title: "Berita dan artikel per OPD" + month, kind: excelize.Bar, from: p, categories: "name", series: []series{{key: "stories", colour: seriesBlue}, {key: "articles", colour: seriesSky}}, legend: true},
	)
	if err != nil {
		return err
	}
	return b.finish(p)
}

// caseLooks are the looks of a table of response times.
func (b *book) caseLooks() []condition {
	return append(b.style.tiers("tier"), bar("on_time_share", "1"), b.style.above("late", "0"), bar("n", ""))
}

// caseParts are the parts of the bar of an OPD's cases.
var caseParts = []series{
	{key: "on_time", colour: seriesBlue}, {key: "late", colour: seriesRed}, {key: "pending", colour: seriesSky}, {key: "excluded", colour: seriesGrey},
}

func (b *book) requestsSheet(name string) error {
	p, err := b.table(name, requests(b.report), "Tidak ada permohonan pada periode ini.")
	if err != nil {
		return err
	}
	if err := b.conditions(p, b.caseLooks()...); err != nil {
		return err
	}
	month := ", " + figures.Period(wording.Indonesian, b.report)
	err = b.charts(
		p,
		chart{title: "Permohonan informasi per OPD menurut keadaan" + month, kind: excelize.BarStacked, from: p, categories: "name", series: caseParts, legend: true},
		chart{title: "Rata-rata tunggu per OPD (hari kerja)" + month, kind: excelize.Bar, from: p, categories: "name", series: []series{{key: "rmst_wd", colour: seriesGreen}}},
	)
	if err != nil {
		return err
	}
	return b.finish(p)
}

func (b *book) complaintsSheet(name string) error {
	p, err := b.table(name, complaints(b.report), "Tidak ada pengaduan pada periode ini.")
	if err != nil {
		return err
	}
	if err := b.conditions(p, b.caseLooks()...); err != nil {
		return err
	}
	// Each clock has its own stretch of the table and its own charts.
	month := ", " + figures.Period(wording.Indonesian, b.report)
	responses := len(b.report.Complaints.FirstResponse.OPD)
	first, resolved := p.part(0, responses), p.part(responses, len(p.table.rows))
	err = b.charts(
		p,
		chart{title: "Tanggapan pertama per OPD menurut keadaan" + month, kind: excelize.BarStacked, from: first, categories: "name", series: caseParts, legend: true},
		chart{title: "Penyelesaian per OPD menurut keadaan" + month, kind: excelize.BarStacked, from: resolved, categories: "name", series: caseParts, legend: true},
		chart{title: "Rata-rata tunggu tanggapan pertama per OPD (hari kerja)" + month, kind: excelize.Bar, from: first, categories: "name", series: []series{{key: "rmst_wd", colour: seriesGreen}}},
	)
	if err != nil {
		return err
	}
	return b.finish(p)
}

// part is a stretch of a table: the rows from one up to another.
func (p *placed) part(from, to int) *placed {
	part := *p
	part.first, part.last = p.first+from, p.first+to-1
	return &part
}

func (b *book) peopleSheet(name string) error {
	t, empty := people(b.report), "Belum ada nama yang dikenal."
	if b.options.Private {
		t.rows, empty = nil, "Nama dan karya perorangan hanya ada pada buku kerja yang diunduh oleh yang berhak melihatnya."
	}
	p, err := b.table(name, t, empty)
	if err != nil {
		return err
	}
	if err := b.conditions(p, bar("as_author", ""), bar("as_editor", ""), bar("as_photographer", "")); err != nil {
		return err
	}
	err = b.charts(p, chart{
		title: "Karya menurut peran (tidak dijumlahkan), " + figures.Period(wording.Indonesian, b.report), kind: excelize.Bar, from: p, categories: "name", legend: true,
		series: []series{{key: "as_author", colour: seriesBlue}, {key: "as_editor", colour: seriesGreen}, {key: "as_photographer", colour: seriesSky}},
	})
	if err != nil {
		return err
	}
	return b.finish(p)
}

func (b *book) agendaSheet(name string) error {
	p, err := b.table(name, agenda(b.report), "Tidak ada agenda pada periode ini.")
	if err != nil {
		return err
	}
	if err := b.conditions(p, bar("share", "1")); err != nil {
		return err
	}
	err = b.charts(p, chart{
		title: "Agenda diumumkan dan menjadi berita per OPD, " + figures.Period(wording.Indonesian, b.report), kind: excelize.Bar, from: p, categories: "name", legend: true,
		series: []series{{key: "events", colour: seriesSky}, {key: "covered", colour: seriesBlue}},
	})
	if err != nil {
		return err
	}
	return b.finish(p)
}

func (b *book) regionsSheet(name string, t table) error {
	p, err := b.table(name, t, "")
	if err != nil {
		return err
	}
	if err := b.conditions(p, bar("stories", "")); err != nil {
		return err
	}
	if err := b.charts(p, chart{title: t.title, kind: excelize.Bar, from: p, categories: "name", series: []series{{key: "stories", colour: seriesBlue}}}); err != nil {
		return err
	}
	return b.finish(p)
}

package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gaung/ingest/table"
	"gaung/warehouse/region"
)

// importRun is the writing half of an import.
type importRun struct {
	*importJob
	writer    *writer
	merges    *mergePause
	rejects   *rejectLog
	tally     Tally
	pending   []fact
	bytes     int // of the rows that are pending
	unknown   unknownOPD
	stampless stamplessCount
	regions   map[string]region.Region // regions whose facts were written
	skipped   int                      // rows of a form that are no entries
	totals    []int                    // rows of a form that add up others
}

// run reads the rows again, writes them, books the run and rebuilds the
// rollups of every region it touched.
func (j *importJob) run(ctx context.Context) (*ImportResult, error) {
	r := &importRun{importJob: j, regions: map[string]region.Region{}}
	r.rejects = &rejectLog{in: j.in, kind: j.kind.name, listed: []Reject{}}
	var booked *run
	runID := ""
	if !j.req.DryRun {
		var err error
		if booked, err = j.in.startRun(ctx, j.region.Code, j.kind.name, j.name); err != nil {
			return nil, err
		}
		r.rejects.run, runID = booked, booked.id
	}
	r.writer = newWriter(j.in, j.kind, runID)
	r.writer.dryRun = j.req.DryRun

	rows := j.total
	if j.req.DryRun {
		rows = 0
	}
	r.merges = j.in.pauseMerges(ctx, j.kind, rows)
	defer r.merges.end()
	j.progress.Start(fmt.Sprintf("impor %s %s", j.kind.name, j.name), j.total)
	collectOften := j.in.collector.ease(rows)
	err := r.rows(ctx)
	collectOften()
	if booked != nil {
		err = errors.Join(err, booked.end(ctx, r.tally, err))
	}
	if err == nil && !j.req.DryRun {
		err = r.rebuild(ctx)
	}
	if err == nil {
		r.warnings, err = r.warn(ctx, r.warnings)
	}
	if err != nil {
		j.progress.Done(fmt.Sprintf("impor %s %s terhenti", j.kind.name, j.name))
		return nil, err
	}
	j.progress.Done(fmt.Sprintf("impor %s %s: %s", j.kind.name, j.name, r.tally.Summary()))
	return r.result(), nil
}

func (r *importRun) result() *ImportResult {
	warnings := append([]string{}, r.warnings...)
	if n := len(r.totals); n > 0 {
		warnings = append(warnings, fmt.Sprintf("%d baris jumlah dilewati (baris %s)", n, someNumbers(r.totals)))
	}
	if r.skipped > 0 {
		warnings = append(warnings, fmt.Sprintf("%d baris tanpa nomor dan tanggal dilewati (judul bulan, jumlah atau tanda tangan)", r.skipped))
	}
	return &ImportResult{
		Kind: r.kind.name, File: cmp.Or(r.req.Path, r.name), Tally: r.tally, Rejects: r.rejects.listed, Warnings: warnings, DryRun: r.req.DryRun,
	}
}

// parseAll parses rows on all processors, which take some at a time: one that
// has other work besides takes fewer.
func (r *importRun) parseAll(rows []*parsedRow) {
	const some = 50
	var workers sync.WaitGroup
	var taken atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(rows)/some+1) {
		workers.Go(func() {
			for {
				to := int(taken.Add(some))
				if to-some >= len(rows) {
					return
				}
				for _, p := range rows[to-some : min(to, len(rows))] {
					r.parse(p)
				}
			}
		})
	}
	workers.Wait()
}

// full reports whether enough is pending to be written.
func (r *importRun) full() bool {
	return len(r.pending) >= batchRows || len(r.rejects.pending) >= batchRows || r.bytes >= batchBytes
}

func (r *importRun) flush(ctx context.Context) error {
	written, err := r.store(ctx, r.packet())
	r.tally.add(written)
	return err
}

// packet is what is written at once.
type packet struct {
	facts   []fact
	rejects [][]any
}

// packet takes what is pending.
func (r *importRun) packet() packet {
	p := packet{facts: r.pending, rejects: r.rejects.pending}
	r.pending, r.rejects.pending, r.bytes = make([]fact, 0, len(p.facts)), nil, 0
	return p
}

// store writes a packet.
func (r *importRun) store(ctx context.Context, p packet) (Tally, error) {
	written, err := r.writer.write(ctx, p.facts)
	if err != nil {
		return Tally{}, err
	}
	r.merges.wrote()
	return written, r.rejects.store(ctx, p.rejects)
}

// parseRows is how many rows are parsed together: enough to keep the
// processors busy, few enough to hold in memory.
const parseRows = 2000

// parsedRow is a row on its way from the file to a fact or a reject.
type parsedRow struct {
	layout *layout
	row    table.Row
	rec    *record
	fact   fact
	// skip: no entry of a register form. total: a skipped row that adds up
	// others. extra: more cells than headers.
	skip, total, extra bool
}

// parse reads one row. It is called concurrently and touches nothing but p.
func (r *importRun) parse(p *parsedRow) {
	p.skip, p.total, p.extra = false, false, false
	p.rec = r.record(p.rec, p.layout, p.row)
	if p.layout.form != nil {
		p.total = isTotal(p.row.Cells)
		if p.skip = p.total || notAnEntry(p.layout, p.rec, p.row); p.skip {
			return
		}
	}
	if p.extra = r.extraCells(p.layout, p.row); p.extra {
		p.rec.problems = append(p.rec.problems, problem{reason: fmt.Sprintf("ada %d kolom, judulnya hanya %d; periksa pemisah kolom dan tanda kutip", len(p.row.Cells), len(p.layout.bind))})
		return
	}
	if r.findRegion(p.rec) {
		r.require(p.rec, p.layout)
		p.fact = r.kind.parse(p.rec)
		if len(p.rec.problems) == 0 {
			r.nameRegion(p)
			p.fact.seal()
		}
	}
}

// nameRegion gives the fact its region, which is part of its key.
func (r *importRun) nameRegion(p *parsedRow) {
	if !r.kind.anyRegion {
		p.fact.region = p.rec.region.Code
	}
}

// book counts a parsed row as pending or rejected.
func (r *importRun) book(p *parsedRow) error {
	switch {
	case p.total:
		r.totals = append(r.totals, p.row.Number)
		return nil
	case p.skip:
		r.skipped++
		return nil
	case len(p.rec.problems) > 0:
		r.tally.Rows++
		r.tally.Rejected++
		return r.reject(p)
	}
	if p.fact.region != "" {
		r.regions[p.fact.region] = p.rec.region
	}
	if r.kind.has("opd") {
		r.unknown.add(p.rec.region, p.rec.name("opd"))
	}
	r.stampless.add(p.rec.stampless)
	r.pending = append(r.pending, p.fact)
	for _, cell := range p.row.Cells {
		r.bytes += len(cell)
	}
	return nil
}

// record gives a row its canonical names, map-file values and defaults. It
// uses the memory of an earlier record, if there is one.
func (r *importRun) record(rec *record, l *layout, row table.Row) *record {
	if rec == nil {
		rec = &record{cells: make(map[string]string, len(l.bind))}
	}
	clear(rec.cells)
	*rec = record{
		region: r.importJob.region,
		now:    r.in.now().UTC(),
		source: r.name,
		layout: r.mapping.layout,
		form:   l.form != nil,
		cells:  rec.cells,
	}
	for i, name := range l.bind {
		if name == "" || i >= len(row.Cells) {
			continue
		}
		rec.cells[name] = r.mapping.translate(name, row.Cells[i])
	}
	for name, value := range r.mapping.Constants {
		if clean(rec.cells[name]) == "" {
			rec.cells[name] = value
		}
	}
	if r.kind.has("opd") && rec.empty("opd") {
		if opd := cmp.Or(r.req.OPD, l.opd); opd != "" {
			rec.cells["opd"] = opd
		}
	}
	return rec
}

// extraCells reports a row of a text file with text beyond the last header: a
// stray delimiter has shifted it, and no cell can be trusted.
func (r *importRun) extraCells(l *layout, row table.Row) bool {
	return !r.file.Workbook() && len(row.Cells) > len(l.bind) && !blank(row.Cells[len(l.bind):])
}

// findRegion puts the row's own region into the record.
func (r *importRun) findRegion(rec *record) bool {
	if r.kind.has("region") && !rec.empty("region") {
		reg, err := r.in.regions.Find(rec.text("region"))
		if err != nil {
			rec.reject("region", "bukan kode wilayah Kemendagri; tulis seperti 19 atau 19.71")
			return false
		}
		rec.region = reg
	}
	switch {
	case rec.region.Code == "" && !r.kind.anyRegion:
		rec.reject("region", "wilayah belum disebut; isi kolom region atau pakai --region")
		return false
	case rec.region.Zone == nil:
		rec.region.Zone = time.UTC
	}
	return true
}

// require rejects empty required cells.
func (r *importRun) require(rec *record, l *layout) {
	for _, c := range r.kind.columns {
		if !c.required || !rec.empty(c.name) {
			continue
		}
		if c.name == "opd" && l.form != nil {
			rec.reject(c.name, `register ini tidak menyebut OPD; tulis "OPD: Dinas …" di atas tabel atau ulangi dengan --opd`)
			continue
		}
		rec.reject(c.name, "kosong; kolom ini wajib diisi")
	}
}

// reject keeps the row. Where cells may have moved into another column of a
// file with identities, nothing of it is kept but its number and the reason.
func (r *importRun) reject(p *parsedRow) error {
	cells, source := p.rec.cells, r.name
	if p.extra || len(p.layout.identities) > 0 && !r.file.Workbook() && len(p.row.Cells) != len(p.layout.bind) {
		cells = nil
		for i := range p.rec.problems {
			p.rec.problems[i].value = ""
		}
	}
	sheet := ""
	if len(r.layouts) > 1 {
		sheet = p.layout.sheet
		source += "#" + sheet
	}
	return r.rejects.add(p.rec.region.Code, source, sheet, p.row.Number, p.rec.problems, cells)
}

// rebuild renews the rollups of the touched regions, and of any region in
// which an earlier run was broken off before it did.
func (r *importRun) rebuild(ctx context.Context) error {
	if !r.tally.changed() && r.importJob.region.Code != "" {
		r.regions[r.importJob.region.Code] = r.importJob.region
	}
	for _, code := range slices.Sorted(maps.Keys(r.regions)) {
		var changed []string
		if r.tally.changed() {
			changed = []string{r.kind.name}
		}
		if err := r.in.refresh(ctx, r.regions[code], changed); err != nil {
			return fmt.Errorf("ingest: rebuild %s: %w", code, err)
		}
	}
	return nil
}

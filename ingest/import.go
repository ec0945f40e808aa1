package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/table"
	"gaung/warehouse/region"
)

// ImportRequest says what to import.
type ImportRequest struct {
	// Kind is one of [Kinds].
	Kind string
	// Path is the file. When Reader is set it is read instead, and Path, if
	// given, only names it.
	Path   string
	Reader io.Reader
	// Region is the Kemendagri code of rows that do not name theirs. Empty is
	// allowed when every row does, and when the warehouse holds one region.
	Region string
	// OPD is the agency of rows that do not name one, as register forms do not.
	OPD string
	// MapFile is the path of a YAML map file, or empty.
	MapFile string
	// DryRun reads and counts, and writes nothing.
	DryRun bool

	// book, when set, is what is read, whatever Path and Reader say.
	book *table.Book
	// oneRegion keeps rows from naming another region than Region.
	oneRegion bool
}

// name is how messages and the books call the input.
func (r ImportRequest) name() string {
	switch {
	case r.Path != "" && r.Path != "-":
		return filepath.Base(r.Path)
	default:
		return "stdin"
	}
}

// Import reads a file into the warehouse and rebuilds what depends on it.
//
// The whole file is read once before anything is written, so a file that
// breaks off leaves nothing behind. Rows that cannot be used are kept as
// rejects and do not stop the others. The error is an [*Error]; with
// [Usage] nothing was written.
func (in *Ingester) Import(ctx context.Context, req ImportRequest) (*ImportResult, error) {
	job, err := in.prepare(ctx, req)
	if err != nil {
		return nil, in.forPeople(req.name(), err)
	}
	defer job.file.Close()
	if err := job.count(ctx); err != nil {
		return nil, in.forPeople(req.name(), err)
	}
	result, err := job.run(ctx)
	if err != nil {
		return nil, in.forPeople(req.name(), err)
	}
	return result, nil
}

// forPeople gives every failure of an import its line: what failed, why, and
// what to do. A failure nobody foresaw goes whole into the log, as information:
// the line for the person is said once, at the edge.
func (in *Ingester) forPeople(name string, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var file *table.Error
	if errors.As(err, &file) {
		return &Error{Kind: Usage, Words: file.Error(), Err: err}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &Error{Kind: Failed, Words: name + ": impor dihentikan sebelum selesai; jalankan lagi, baris yang sudah tersimpan tidak dihitung dua kali", Err: err}
	}
	in.log.Info("ingest: failed", "input", name, "error", err)
	return &Error{Kind: Failed, Words: fmt.Sprintf("%s: impor gagal, %s; jalankan lagi setelah diperbaiki, baris yang sudah tersimpan tidak dihitung dua kali", name, cause(err)), Err: err}
}

// importJob is one import from the opened file to the result.
type importJob struct {
	in       *Ingester
	req      ImportRequest
	kind     *kind
	name     string
	mapping  *mapping
	region   region.Region // zero when every row names its own
	file     *table.Book
	layouts  []*layout
	warnings []string
	total    int
	progress Progress
}

func (in *Ingester) prepare(ctx context.Context, req ImportRequest) (_ *importJob, err error) {
	job := &importJob{in: in, req: req, name: req.name(), progress: in.progress}
	if job.kind, err = kindNamed(req.Kind); err != nil {
		return nil, err
	}
	if job.mapping, err = readMapping(req.MapFile, job.kind); err != nil {
		return nil, err
	}
	if job.region, err = in.importRegion(ctx, req.Region, job.kind); err != nil {
		return nil, err
	}
	limits := table.Limits{Until: in.horizon()}
	switch {
	case req.book != nil:
		job.file = req.book
	case req.Reader != nil:
		job.file, err = table.OpenReader(req.Reader, job.name, limits)
	default:
		job.file, err = table.Open(req.Path, job.name, limits)
	}
	if err != nil {
		return nil, err
	}
	finder := layoutFinder{kind: job.kind, mapping: job.mapping, opd: req.OPD}
	if job.layouts, job.warnings, err = finder.layouts(job.file, job.name); err != nil {
		job.file.Close()
		return nil, err
	}
	job.warnings = append(job.warnings, job.file.Notes()...)
	for _, l := range job.layouts {
		if req.oneRegion {
			l.unbind("region")
		}
		job.warnings = append(job.warnings, l.warnings()...)
	}
	return job, nil
}

// warnings says which columns of a sheet were not read, and why.
func (l *layout) warnings() []string {
	var lines []string
	say := func(names []string, words string) {
		if len(names) > 0 {
			lines = append(lines, fmt.Sprintf("kolom %s %s", strings.Join(names, ", "), words))
		}
	}
	say(l.identities, "dibuang: identitas dan isi laporan warga tidak disimpan")
	say(l.unknown, "diabaikan: tidak dikenal")
	say(l.twice, "diabaikan: sudah ada kolom lain dengan arti yang sama")
	return lines
}

// importRegion finds the region of rows that do not name one. Kinds whose
// rows may name it, and holidays, can do without.
func (in *Ingester) importRegion(ctx context.Context, code string, k *kind) (region.Region, error) {
	if code == "" {
		codes, err := in.knownRegions(ctx)
		if err != nil {
			return region.Region{}, err
		}
		switch {
		case len(codes) == 1 && !k.anyRegion:
			code = codes[0]
		case k.has("region"):
			return region.Region{}, nil
		case len(codes) > 1:
			return region.Region{}, usagef("wilayah belum disebut, padahal gudang data berisi beberapa wilayah (%s); tambahkan --region", strings.Join(codes, ", "))
		default:
			return region.Region{}, usagef("wilayah belum disebut; tambahkan --region dengan kode Kemendagri, misalnya --region 19.71")
		}
	}
	reg, err := in.regions.Find(code)
	if err != nil {
		return region.Region{}, &Error{Kind: Usage, Words: err.Error(), Err: err}
	}
	return reg, nil
}

// count reads the file to its end, which finds broken files before anything
// is written, and gives the progress its total.
func (j *importJob) count(ctx context.Context) error {
	for _, l := range j.layouts {
		n, err := j.countRows(ctx, l)
		if err != nil {
			return err
		}
		j.total += n
	}
	return nil
}

func (j *importJob) countRows(ctx context.Context, l *layout) (n int, err error) {
	rows, err := j.file.Rows(l.sheet)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if counter, ok := rows.(table.Counter); ok {
		return counter.Count(l.after)
	}
	err = j.eachRow(ctx, l, func(table.Row) error {
		n++
		return nil
	})
	return n, err
}

// eachRow calls do for every row below the header that is not blank.
func (j *importJob) eachRow(ctx context.Context, l *layout, do func(table.Row) error) error {
	rows, err := j.file.Rows(l.sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 0; ; n++ {
		if n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if row.Number <= l.after || blank(row.Cells) {
			continue
		}
		if err := do(row); err != nil {
			return err
		}
	}
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return clean(cell) != "" })
}

// knownRegions lists the regions that hold data.
func (in *Ingester) knownRegions(ctx context.Context) ([]string, error) {
	var codes []string
	err := each(ctx, in.conn, "known_regions", nil, func(rows driver.Rows) error {
		var code string
		if err := rows.Scan(&code); err != nil {
			return err
		}
		codes = append(codes, code)
		return nil
	})
	return codes, err
}

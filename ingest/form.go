package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gaung/ingest/table"
)

// form is an official register layout with its own header texts, over up to
// three merged rows.
type form struct {
	columns []formColumn
	// must names the canonical columns without which it is not this form.
	must []string
	// unused are beginnings of headers that belong to the form and say
	// nothing we measure.
	unused []string
}

// formColumn binds a canonical column to the first header that one of the
// texts fits: "=tgl" is the whole header, "pemberitahuan tertulis" a part of
// it. Texts stand in order of preference.
type formColumn struct {
	name  string
	texts []string
}

// ppidForm is the register of requests with 20 columns (annex of Perki 1/2010,
// kept in practice under Perki 1/2021). Its "Status Informasi" says whether
// the office holds the information and is no progress status; of its two
// dates, the written notice stops the clock and the handing over does not.
var ppidForm = &form{
	columns: []formColumn{
		{"registration_no", []string{"no pendaftaran", "nomor pendaftaran", "no registrasi", "nomor registrasi", "no reg", "=no", "=nomor", "=no urut"}},
		{"received_at", []string{"=tgl", "=tanggal", "=hari tanggal", "=hari dan tanggal", "tanggal permohonan", "tgl permohonan", "tanggal diterima", "tgl diterima", "tanggal masuk", "tgl masuk"}},
		{"topic", []string{"informasi yang diminta", "informasi diminta", "informasi yang dimohon"}},
		{"decision", []string{"=keputusan", "keputusan"}},
		{"refusal_reason", []string{"alasan penolakan"}},
		{"notified_at", []string{"pemberitahuan tertulis"}},
		{"delivered_at", []string{"pemberian informasi"}},
		{"opd", []string{"=opd", "=skpd", "perangkat daerah", "=unit kerja", "=satuan kerja", "ppid pelaksana", "ppid pembantu"}},
	},
	must:   []string{"registration_no", "received_at", "topic", "notified_at"},
	unused: []string{"tujuan", "status informasi", "bentuk informasi", "jenis permohonan", "biaya", "cara", "no", "keterangan", "di bawah penguasaan"},
}

// objectionForm is the register of objections with 11 columns (UU 14/2008
// Pasal 35 and 36).
var objectionForm = &form{
	columns: []formColumn{
		{"objection_no", []string{"registrasi keberatan", "nomor keberatan", "no keberatan", "=no", "=nomor"}},
		{"received_at", []string{"tanggal diterima", "tgl diterima", "tanggal keberatan", "=tanggal", "=tgl"}},
		{"registration_no", []string{"pendaftaran permohonan", "registrasi permohonan", "nomor pendaftaran", "no pendaftaran"}},
		{"reason", []string{"alasan"}},
		{"decision", []string{"keputusan"}},
		{"answered_at", []string{"tanggal tanggapan", "tgl tanggapan", "tanggal pemberian tanggapan", "pemberian tanggapan"}},
	},
	must:   []string{"objection_no", "received_at", "registration_no", "answered_at"},
	unused: []string{"informasi", "tujuan", "nama posisi", "nama dan posisi", "no", "keterangan"},
}

const formDepth = 3

// find looks for the form's header among rows and returns its layout, or nil.
func (f *form) find(rows []table.Row) *layout {
	for i := range rows {
		for depth := 1; depth <= formDepth && i+depth <= len(rows); depth++ {
			l := f.bindHeaders(flatten(rows[i : i+depth]))
			if l == nil {
				continue
			}
			l.after = rows[i+depth-1].Number
			if i+depth < len(rows) && isNumbering(rows[i+depth].Cells) {
				l.after = rows[i+depth].Number
			}
			l.opd = opdInTitle(rows[:i])
			return l
		}
	}
	return nil
}

func (f *form) bindHeaders(headers []string) *layout {
	labels := make([]string, len(headers))
	for i, header := range headers {
		labels[i] = label(header)
	}
	l := &layout{bind: make([]string, len(headers)), form: f}
	for _, column := range f.columns {
		if i := column.find(labels, l.bind); i >= 0 {
			l.bind[i] = column.name
		}
	}
	for _, name := range f.must {
		if !slices.Contains(l.bind, name) {
			return nil
		}
	}
	for i, header := range headers {
		known := slices.ContainsFunc(f.unused, func(u string) bool { return strings.HasPrefix(labels[i]+" ", u+" ") })
		if l.bind[i] == "" && (isIdentity(header) || !known) {
			l.ignore(header)
		}
	}
	return l
}

func (c formColumn) find(labels, bound []string) int {
	for _, text := range c.texts {
		whole, exact := strings.CutPrefix(text, "=")
		for i, l := range labels {
			if bound[i] != "" {
				continue
			}
			if exact && l == whole || !exact && strings.Contains(" "+l+" ", " "+text+" ") {
				return i
			}
		}
	}
	return -1
}

// isNumbering knows the row under a form's header that numbers its columns:
// 1, 2, 3 … or (1), (2), (3) …
func isNumbering(cells []string) bool {
	n := 0
	for _, cell := range cells {
		text := strings.Trim(clean(cell), "().")
		if text == "" {
			continue
		}
		n++
		if number, err := strconv.Atoi(text); err != nil || number != n {
			return false
		}
	}
	return n >= 3
}

var (
	titlePPID   = regexp.MustCompile(`(?i)\bPPID\s+(?:pelaksana|pembantu)\s*[:\-–]?\s*(\S.*)`)
	titleOPD    = regexp.MustCompile(`(?i)^(?:OPD|SKPD|perangkat daerah|instansi|unit kerja|satuan kerja|nama OPD|nama instansi)\s*[:=]\s*(\S.*)`)
	titleAgency = regexp.MustCompile(`(?i)^(?:dinas|badan|kecamatan|sekretariat|inspektorat|satuan|rsud|rumah sakit|kantor|bagian)\s+\S.*`)
	titleYear   = regexp.MustCompile(`(?i)[\s,–-]*(?:bulan\s+\S+\s*)?(?:tahun|thn\.?)(?:\s+anggaran)?\s+\d{4}.*$`)
)

// opdInTitle finds the OPD in the title rows above a form's header: "PPID
// Pelaksana Dinas Kesehatan", "OPD: Dinas Kesehatan", or a line with the
// office's name alone.
func opdInTitle(rows []table.Row) string {
	var lines []string
	for _, row := range rows {
		var parts []string
		for _, cell := range row.Cells {
			if cell = clean(cell); cell != "" {
				parts = append(parts, cell)
			}
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	for _, pattern := range []*regexp.Regexp{titlePPID, titleOPD, titleAgency} {
		for _, line := range lines {
			m := pattern.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			name := clean(titleYear.ReplaceAllString(m[len(m)-1], ""))
			if name != "" && !strings.HasPrefix(strings.ToLower(name), "pemerintah") {
				return truncate(name, 200)
			}
		}
	}
	return ""
}

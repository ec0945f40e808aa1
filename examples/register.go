package examples

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// registerColumns is the header of the register of requests (annex of Perki
// 1/2010, kept in practice): 20 columns under 15 heads, over two rows.
var registerColumns = []struct {
	head string
	subs []string
}{
	{"No (pendaftaran)", nil},
	{"Tgl", nil},
	{"Nama", nil},
	{"Alamat", nil},
	{"Nomor Kontak", nil},
	{"Pekerjaan", nil},
	{"Informasi Yang Diminta", nil},
	{"Tujuan Penggunaan", nil},
	{"Status Informasi (di bawah penguasaan)", []string{"Ya", "Tidak"}},
	{"Bentuk Informasi Yang Dikuasai", []string{"Softcopy", "Hardcopy"}},
	{"Jenis Permohonan", []string{"Melihat/Mengetahui", "Meminta Salinan"}},
	{"Keputusan", nil},
	{"Alasan Penolakan", nil},
	{"Hari dan Tanggal", []string{"Pemberitahuan Tertulis", "Pemberian Informasi"}},
	{"Biaya & Cara Pembayaran", []string{"Biaya", "Cara"}},
}

const (
	registerSheet = "Register"
	// registerHead is the first of the two header rows; titles stand above.
	registerHead = 5
)

// register is the Dinas Kesehatan's own register as an Excel workbook.
func (r *Regency) register() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", registerSheet); err != nil {
		return nil, fmt.Errorf("examples: register: %w", err)
	}
	titles := []string{
		"REGISTER PERMOHONAN INFORMASI PUBLIK", "PPID Pelaksana Dinas Kesehatan",
		"DATA CONTOH: seluruh nama, nomor, dan isi adalah rekaan",
	}
	for i, title := range titles {
		if err := f.SetCellStr(registerSheet, "A"+strconv.Itoa(i+1), title); err != nil {
			return nil, fmt.Errorf("examples: register title: %w", err)
		}
	}
	if err := writeRegisterHead(f); err != nil {
		return nil, err
	}
	row := registerHead + 2
	for _, q := range r.requests {
		if q.office.short != dinkes {
			continue
		}
		cells := q.registerRow(row - registerHead - 1)
		if err := f.SetSheetRow(registerSheet, "A"+strconv.Itoa(row), &cells); err != nil {
			return nil, fmt.Errorf("examples: register row %d: %w", row, err)
		}
		row++
	}
	// Fixed stamps make the file the same every time.
	if err := f.SetDocProps(&excelize.DocProperties{
		Creator: "Data contoh", Created: "2026-11-05T01:00:00Z", Modified: "2026-11-05T01:00:00Z", Title: "Register permohonan (data contoh)",
	}); err != nil {
		return nil, fmt.Errorf("examples: register properties: %w", err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("examples: write register: %w", err)
	}
	return b.Bytes(), nil
}

func writeRegisterHead(f *excelize.File) error {
	column := 1
	for _, c := range registerColumns {
		width := max(1, len(c.subs))
		from, _ := excelize.CoordinatesToCellName(column, registerHead)
		to, _ := excelize.CoordinatesToCellName(column+width-1, registerHead)
		if len(c.subs) == 0 {
			to, _ = excelize.CoordinatesToCellName(column, registerHead+1)
		}
		if err := f.SetCellStr(registerSheet, from, c.head); err != nil {
			return fmt.Errorf("examples: register head: %w", err)
		}
		if err := f.MergeCell(registerSheet, from, to); err != nil {
			return fmt.Errorf("examples: merge register head: %w", err)
		}
		for i, sub := range c.subs {
			cell, _ := excelize.CoordinatesToCellName(column+i, registerHead+1)
			if err := f.SetCellStr(registerSheet, cell, sub); err != nil {
				return fmt.Errorf("examples: register head: %w", err)
			}
		}
		column += width
	}
	return nil
}

// registerRow is one request as the office writes it. The applicants are as
// invented as everything else, and there for the importer to drop: each has
// an address, a telephone and a NIK of the province 99 that does not exist.
func (q *request) registerRow(n int) []any {
	topic := q.topic
	if n%20 == 7 {
		topic += fmt.Sprintf(" (pemohon NIK %s)", fakeNIK(n)) // a NIK where none belongs
	}
	decision := q.decision
	if q.extended {
		decision = "Diperpanjang 7 hari kerja"
		if q.decision != "" {
			decision += "; " + q.decision
		}
	}
	tick := func(on bool) string {
		if on {
			return "V"
		}
		return ""
	}
	return []any{
		q.number, dayMonthYear(q.received), fmt.Sprintf("Pemohon Contoh %d, NIK %s", n, fakeNIK(n)),
		fmt.Sprintf("Jalan Contoh No. %d, Kota Contoh", n), fmt.Sprintf("0899-0000-%04d", n),
		[]string{"Mahasiswa", "Wartawan", "Karyawan swasta", "Wiraswasta"}[n%4],
		topic, q.purpose, tick(q.held), tick(!q.held), tick(q.softcopy), tick(!q.softcopy), tick(!q.wantsCopy), tick(q.wantsCopy),
		decision, q.refusal, dayAndDate(q.notified), dayAndDate(q.delivered), "-", "-",
	}
}

func fakeNIK(n int) string { return fmt.Sprintf("9901990000%06d", n) }

// dayMonthYear is "5/10/2026", empty for no date.
func dayMonthYear(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2/1/2006")
}

// dayAndDate is "Senin, 5 Oktober 2026", empty for no date.
func dayAndDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return longDay(t)
}

//go:build e2e

package export

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaung/metrics"
)

// LibreOffice opens the workbook without repair, prints every sheet, and the
// pages hold the figures, the headings and the page numbers.
func TestLibreOfficeReadsTheWorkbook(t *testing.T) {
	for _, program := range []string{"soffice", "pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is missing: run .ci/libreoffice", program)
		}
	}
	dir := t.TempDir()
	book := filepath.Join(dir, "laporan.xlsx")
	file, err := os.Create(book)
	if err != nil {
		t.Fatal(err)
	}
	r := big("2026-10")
	for i := range 60 {
		r.Publication.OPD = append(r.Publication.OPD, metrics.PublicationOPD{OPD: fmt.Sprint("9.", i), Name: fmt.Sprint("Kecamatan ", i), Status: metrics.StatusOK, Stories: i, Weeks: 5, TargetPerWeek: 2})
	}
	r.Closed = &metrics.Closed{ID: "9901-202610-1-K7Q4ZD2M"}
	if err := Workbook(file, r, full(t)); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	convert := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, book)
	convert.WaitDelay = 10 * time.Second
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	pdf := filepath.Join(dir, "laporan.pdf")
	if keep := os.Getenv("GAUNG_KEEP_PDF"); keep != "" {
		content, err := os.ReadFile(pdf)
		if err == nil {
			err = os.WriteFile(keep, content, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	info, err := exec.CommandContext(ctx, "pdfinfo", pdf).Output()
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`Pages:\s+(\d+)`).FindSubmatch(info)
	if match == nil {
		t.Fatalf("pdfinfo: %s", info)
	}
	pages, _ := strconv.Atoi(string(match[1]))
	// Eleven sheets, and pages of charts.
	if pages < 15 || pages > 40 {
		t.Errorf("%d pages", pages)
	}
	if !regexp.MustCompile(`Page size:\s+841\.\d+ x 595\.\d+ pts`).Match(info) {
		t.Errorf("not A4 landscape:\n%s", info)
	}
	text, err := exec.CommandContext(ctx, "pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, page := range strings.Split(strings.TrimSuffix(string(text), "\f"), "\f") {
		for _, want := range []string{fmt.Sprintf("Halaman %d dari %d", i+1, pages), "9901-202610-1-K7Q4ZD2M"} {
			if !strings.Contains(page, want) {
				t.Errorf("page %d lacks %q:\n%s", i+1, want, page)
			}
		}
	}
	for _, want := range []string{
		"Pemerintah Kabupaten Contoh", "Kepala Dinas", "1.234", "91,5%", "Capaian disesuaikan per OPD", "Tren bulanan", "Rincian: baris di balik angka",
		"001234567890123456", "14 Okt 2026", "=HYPERLINK(", "Definisi", "Kendali: baris rincian berita", "Tanggapan pertama per OPD",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the pages lack %q", want)
		}
	}
	// The titles of a long table stand on its second page, too.
	if n := strings.Count(string(text), "Minggu terpenuhi"); n < 2 {
		if n = strings.Count(string(text), "terpenuhi"); n < 2 {
			t.Errorf("titles are repeated on %d pages", n)
		}
	}
}

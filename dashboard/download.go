package dashboard

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/export"
	"gaung/metrics"
)

// mimeWorkbook is the media type of an .xlsx file.
const mimeWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// WriteWorkbook writes a report as the monthly Excel workbook: the one that
// "Unduh Excel" gives, so that `gaung report --format xlsx` writes the same.
func WriteWorkbook(w io.Writer, r *metrics.Report) error { return export.Workbook(w, r) }

// WriteCSV writes the publication ranking of a report as CSV, the same as
// "Unduh CSV" gives.
func WriteCSV(w io.Writer, r *metrics.Report) error { return export.CSV(w, r, "publikasi") }

// downloadWorkbook sends the workbook of the chosen month. The file is
// complete on disk before the first byte leaves: a half workbook is worse than
// an error page.
func (s *Server) downloadWorkbook(c *fiber.Ctx) error {
	r, _, err := s.chosenReport(c)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp("", "gaung-*.xlsx")
	if err != nil {
		return fmt.Errorf("dashboard: workbook: %w", err)
	}
	// The name goes at once; the open file lives until it is sent.
	defer func() { _ = os.Remove(file.Name()) }()
	size, err := writeAndRewind(file, r)
	if err != nil {
		_ = file.Close()
		return fmt.Errorf("dashboard: workbook: %w", err)
	}
	c.Set(fiber.HeaderContentType, mimeWorkbook)
	attach(c, export.FileName(r, "laporan", "xlsx"))
	// Fiber closes the file when it is sent.
	return c.SendStream(file, size)
}

// writeAndRewind writes the workbook and makes the file ready to be read.
func writeAndRewind(file *os.File, r *metrics.Report) (size int, err error) {
	if err := WriteWorkbook(file, r); err != nil {
		return 0, err
	}
	end, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return int(end), err
}

// downloadCSV sends one table of the chosen month.
func (s *Server) downloadCSV(c *fiber.Ctx) error {
	metric := c.Query("metric", "publikasi")
	if !slices.Contains(export.Metrics(), metric) {
		return badValue(fmt.Sprintf("Tabel %q tidak ada; pilih salah satu: %s.", shorten(metric), strings.Join(export.Metrics(), ", ")), nil)
	}
	r, _, err := s.chosenReport(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := export.CSV(&b, r, metric); err != nil {
		return fmt.Errorf("dashboard: CSV: %w", err)
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	attach(c, export.FileName(r, metric, "csv"))
	return c.Send(b.Bytes())
}

// attach makes the answer a file. The name holds only letters, digits, dots,
// dashes and underscores.
func attach(c *fiber.Ctx, name string) {
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
}

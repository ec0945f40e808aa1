package dashboard

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/export"
	"gaung/dashboard/pack"
	"gaung/metrics"
)

// mimeWorkbook is the media type of an .xlsx file.
const mimeWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// WriteCSV writes the publication ranking of a report as CSV, the same as
// "Unduh CSV" gives.
func WriteCSV(w io.Writer, r *metrics.Report) error { return export.CSV(w, r, "publikasi") }

// downloadWorkbook sends the workbook of the chosen month, all of it.
func (s *Server) downloadWorkbook(c *fiber.Ctx) error {
	if s.books == nil {
		r, _, err := s.chosenReport(c)
		if err != nil {
			return err
		}
		o := export.Options{Letterhead: s.letterhead, Example: s.example, Private: !s.may(c, exportPersons)}
		return sendFile(c, mimeWorkbook, export.FileName(r, "laporan", "xlsx"), func(w io.Writer) error { return export.Workbook(w, r, o) })
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), packTimeout)
	defer cancel()
	source, err := s.source(ctx, c)
	if err != nil {
		return err
	}
	return sendFile(c, mimeWorkbook, export.FileName(source.Report, "laporan", "xlsx"), func(w io.Writer) error { return pack.Workbook(w, source) })
}

// downloadCSV sends one table of the chosen month.
func (s *Server) downloadCSV(c *fiber.Ctx) error {
	metric := c.Query("metric", "publikasi")
	if !slices.Contains(export.Metrics(), metric) {
		return badValue("Tabel {1} tidak ada; pilih salah satu: {2}.", nil, strconv.Quote(shorten(metric)), strings.Join(export.Metrics(), ", "))
	}
	r, _, err := s.chosenReport(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := export.CSV(&b, forVisitor(visitorOf(c.UserContext()), r).Report, metric); err != nil {
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

package dashboard

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"gaung/metrics"
)

// apiError is how the API says that it cannot answer.
type apiError struct {
	Error apiErrorBody `json:"error"`
}

// apiErrorBody has a code for programs and an Indonesian message for people.
type apiErrorBody struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// apiReport answers with the report document (contract, section 4). Without a
// period it is about the newest month that has ended, without a region about
// that of the pages.
func (s *Server) apiReport(c *fiber.Ctx) error {
	r, _, err := s.chosenReport(c)
	if err != nil {
		return err
	}
	return c.JSON(forVisitor(visitorOf(c.UserContext()), r))
}

// chosenReport measures what the address asks for. A warehouse without data
// and without a region to speak of is an error here: there is no report.
func (s *Server) chosenReport(c *fiber.Ctx) (*metrics.Report, *selection, error) {
	ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
	defer cancel()
	sel, err := s.chooseWith(ctx, addressOf(c), openMonth)
	if err != nil {
		return nil, nil, err
	}
	if sel.Region.Code == "" {
		return nil, nil, noRegion()
	}
	r, err := s.reports.Report(ctx, sel.metricsQuery())
	if err != nil {
		return nil, nil, fmt.Errorf("dashboard: report of %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	return r, sel, nil
}

// noRegion is the answer while there is no region to speak of.
func noRegion() *failure {
	return &failure{
		Status: fiber.StatusNotFound, Code: "no_data", Title: "Belum ada data",
		Words: "Gudang data masih kosong; isi dengan gaung ingest atau gaung import, atau sebut wilayahnya dengan region=.",
	}
}

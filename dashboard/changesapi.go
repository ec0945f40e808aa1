package dashboard

import (
	"bytes"
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/export"
	"gaung/metrics"
)

// changesAnswer is the answer of /api/v1/changes: the charts of stories, and
// those of waits under each clock.
type changesAnswer struct {
	Stories *metrics.Changes     `json:"stories"`
	Waits   *metrics.CaseChanges `json:"waits"`
}

// chosenChanges charts the months up to the one that the address asks for.
func (s *Server) chosenChanges(c *fiber.Ctx) (*changesAnswer, error) {
	ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
	defer cancel()
	sel, err := s.choose(ctx, addressOf(c))
	if err != nil {
		return nil, err
	}
	if sel.Region.Code == "" {
		return nil, noRegion()
	}
	var a changesAnswer
	if a.Stories, err = s.reports.Changes(ctx, sel.metricsQuery()); err == nil {
		a.Waits, err = s.reports.CaseChanges(ctx, sel.metricsQuery())
	}
	if err != nil {
		return nil, fmt.Errorf("dashboard: changes of %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	return &a, nil
}

// apiChanges answers with the charts of /tren/opd.
func (s *Server) apiChanges(c *fiber.Ctx) error {
	a, err := s.chosenChanges(c)
	if err != nil {
		return err
	}
	return c.JSON(a)
}

// downloadChanges sends the points of those charts as CSV.
func (s *Server) downloadChanges(c *fiber.Ctx) error {
	a, err := s.chosenChanges(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := export.ChangesCSV(&b, a.Stories, a.Waits); err != nil {
		return fmt.Errorf("dashboard: CSV: %w", err)
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	attach(c, "gaung_perubahan_"+a.Stories.Region+"_"+a.Stories.Month+"_"+a.Stories.AsOf+".csv")
	return c.Send(b.Bytes())
}

package dashboard

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
)

// healthTimeout bounds the question to the warehouse behind /healthz.
const healthTimeout = 3 * time.Second

// health says whether the dashboard can reach its warehouse.
func (s *Server) health(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), healthTimeout)
	defer cancel()
	c.Set(fiber.HeaderCacheControl, "no-store")
	if _, err := s.reports.Regions(ctx); err != nil {
		return &failure{
			Status: fiber.StatusServiceUnavailable, Code: "warehouse_unreachable",
			Title: "Gudang data tidak terbaca", Words: "Gudang data tidak menjawab.", Err: err,
		}
	}
	return c.JSON(fiber.Map{"status": "ok", "version": s.version})
}

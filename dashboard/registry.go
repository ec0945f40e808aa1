package dashboard

import (
	"github.com/gofiber/fiber/v2"

	"gaung/metrics"
)

// metricList is the registry of metrics as the API gives it: what every figure
// of the report is called, counted in and means when it is missing.
type metricList struct {
	DefinitionsVersion int              `json:"definitions_version"`
	Metrics            []metricDocument `json:"metrics"`
}

// metricDocument is one metric; Paths says where in the report it stands.
type metricDocument struct {
	metrics.Metric
	Paths []string `json:"paths"`
}

// apiMetrics answers with the registry. It is the same for every region and
// month, and for every language, whose names stand side by side.
func (s *Server) apiMetrics(c *fiber.Ctx) error {
	list := metricList{DefinitionsVersion: metrics.DefinitionsVersion}
	for _, m := range metrics.Registry() {
		list.Metrics = append(list.Metrics, metricDocument{Metric: m, Paths: m.Paths()})
	}
	return c.JSON(list)
}

package dashboard

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
)

const (
	// readTimeout bounds the sending of a request, and with it how long an
	// idle keep-alive connection can hold up a shutdown.
	readTimeout = 15 * time.Second
	// writeTimeout lies above the longest answer: a workbook is built within
	// reportTimeout and then sent.
	writeTimeout = 2 * time.Minute
	idleTimeout  = time.Minute
	// reportTimeout bounds the questions behind one page or file. A visitor who
	// leaves cancels nothing in Fiber, so every request carries its own limit.
	reportTimeout = 30 * time.Second
	// headerLimit is also the limit of one request's headers: addresses with
	// many filters pass, floods do not.
	headerLimit = 16 << 10
)

// newApp sets Fiber up; it is the only place that does.
func (s *Server) newApp() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName: "gaung",
		// Without Immutable, strings taken from a request are overwritten by
		// the next one: https://github.com/gofiber/fiber/issues/1236.
		Immutable:      true,
		Network:        fiber.NetworkTCP, // IPv6 as well; the default is IPv4 only
		ReadTimeout:    readTimeout,
		WriteTimeout:   writeTimeout,
		IdleTimeout:    idleTimeout,
		ReadBufferSize: headerLimit,
		// Bodies are read while they arrive, and only by takeIn, which has a limit
		// of its own; this one is what is held in memory before that.
		StreamRequestBody:     true,
		BodyLimit:             headerLimit,
		DisableStartupMessage: true,
		ErrorHandler:          s.fail,
		// Prefork stays off: several processes would open one warehouse.
	})

	// Order matters: observe wraps everything so that refused requests are
	// logged too; the host is checked before anything is answered.
	app.Use(compress.New(compress.Config{Level: compress.LevelDefault, Next: isIncompressible}))
	app.Use(s.observe)
	app.Use(s.speak)
	app.Use(s.checkHost)
	app.Use(s.admitKiosk)
	app.Use(s.admit)

	// Whom a route is for stands in access_routes.go.
	app.Get("/healthz", s.health)
	app.Get(assetPrefix+"*", s.serveAsset)
	app.Get("/progress", s.serveProgress)
	app.Get(loginPath, s.showLogin)
	app.Post(loginPath, s.login)
	app.Post(logoutPath, s.logout)
	app.Get("/api/v1/report", s.apiReport)
	app.Get("/api/v1/metrics", s.apiMetrics)
	app.Get("/api/v1/health/sources", s.apiSources)
	app.Post("/api/v1/ingest/:kind", s.takeIn)
	app.Get("/report.xlsx", s.downloadWorkbook)
	app.Get("/report.csv", s.downloadCSV)
	app.Get("/api/v1/changes", s.apiChanges)
	app.Get("/perubahan.csv", s.downloadChanges)
	app.Get(rowsFilePath, s.downloadRows)
	s.booksRoutes(app)
	for _, p := range pages() {
		app.Get(p.path, s.show(p))
	}
	app.Use(unanswered)
	return app
}

// unanswered is the end of every request that no route took: the address is
// unknown, or asked in a way it does not answer. Fiber does not say the latter
// by itself, as the handlers before the routes match every method.
func unanswered(c *fiber.Ctx) error {
	methods := methodsOf(c.Path())
	if len(methods) == 0 || slices.Contains(methods, c.Method()) {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderAllow, strings.Join(methods, ", "))
	return fiber.ErrMethodNotAllowed
}

// isIncompressible names the answers that compression would only delay:
// assets are compressed once at start, and a workbook is a zip file already.
func isIncompressible(c *fiber.Ctx) bool {
	path := c.Path()
	return path == "/report.xlsx" || strings.HasPrefix(path, "/paket/") || strings.HasPrefix(path, "/kartu/") && strings.HasSuffix(path, ".png") || len(path) > len(assetPrefix) && path[:len(assetPrefix)] == assetPrefix
}

// Package dashboard is what people see: the pages, the charts, the API and
// the Excel workbook of a monthly report. It renders [metrics.Report] and
// computes nothing that the report does not hold, so that a figure is the same
// on a page, in the API, in a CSV file and in a workbook.
//
// A page is one file: a value of type page (see page.go) beside its template
// in templates/, plus one line in the list of pages.
package dashboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/export"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse/region"
)

// Reports answers the questions that the pages ask. [metrics.Metrics] is the
// implementation; every method must be safe for concurrent use.
type Reports interface {
	// Report measures one month of one region. An error that a person caused
	// (an unknown region, a month in the future) is a [metrics.UserError].
	Report(ctx context.Context, q metrics.Query) (*metrics.Report, error)
	// Series measures the month of q and those before it, without rankings.
	Series(ctx context.Context, q metrics.Query, months int) (*metrics.Series, error)
	// Regions lists the codes of the regions that have data.
	Regions(ctx context.Context) ([]string, error)
	// DataThrough says which months of the region have data, and how fresh it is.
	DataThrough(ctx context.Context, r region.Region) (metrics.DataThrough, error)
	// Choices lists what a report can be restricted to.
	Choices(ctx context.Context, q metrics.Query) (*metrics.Choices, error)
	// DueList lists the open cases that are due soon or overdue.
	DueList(ctx context.Context, q metrics.Query) (*metrics.DueList, error)
	// HeatMap counts the stories of every OPD by week.
	HeatMap(ctx context.Context, q metrics.Query) (*metrics.HeatMap, error)
	// Health tells how the sources of the region are doing, the worst first.
	Health(ctx context.Context, r region.Region, now time.Time) ([]metrics.SourceHealth, error)
	// DataProblems lists what could not be used; page counts from 1.
	DataProblems(ctx context.Context, r region.Region, page, perPage int) (*metrics.DataProblems, error)
	// OPDDetail gathers the rows behind the figures of one OPD.
	OPDDetail(ctx context.Context, q metrics.Query, code string) (*metrics.OPDDetail, error)
	// Details hands every row of the kinds that the figures count to emit.
	Details(ctx context.Context, q metrics.Query, emit func(metrics.Detail) error, kinds ...metrics.DetailKind) error
	// PersonDetails hands the rows behind the figures of one person to emit.
	PersonDetails(ctx context.Context, q metrics.Query, person string, emit func(metrics.Detail) error, kinds ...metrics.DetailKind) error
	// DataDoubts hands the rows behind a figure of data quality to emit.
	DataDoubts(ctx context.Context, q metrics.Query, kind metrics.DoubtKind, emit func(metrics.Doubt) error) error
	// NameUses hands the rows in which an unresolved name stands to emit.
	NameUses(ctx context.Context, q metrics.Query, kind, text string, emit func(metrics.NameUse) error) error
	// RejectedRows hands the rows to emit that could not be used.
	RejectedRows(ctx context.Context, r region.Region, emit func(metrics.RejectedRow) error) error
	// HealthPolls hands the polls to emit that the health of a source counts,
	// FailedPolls those that a failed source of a report does.
	HealthPolls(ctx context.Context, r region.Region, source string, now time.Time, emit func(metrics.Poll) error) error
	FailedPolls(ctx context.Context, q metrics.Query, source, opd string, emit func(metrics.Poll) error) error
	// NewArticles hands the articles to emit that a run was the first to bring.
	NewArticles(ctx context.Context, r region.Region, run string, emit func(metrics.NewArticle) error) error
	// Changes charts the stories of every OPD over the months.
	Changes(ctx context.Context, q metrics.Query) (*metrics.Changes, error)
	// CaseChanges charts the waits of every OPD over the months.
	CaseChanges(ctx context.Context, q metrics.Query) (*metrics.CaseChanges, error)
	// Case looks up one case with the ledger of its clocks.
	Case(ctx context.Context, q metrics.CaseQuery) (*metrics.CaseDetail, error)
	// PersonWorksList lists a person's works of a month.
	PersonWorksList(ctx context.Context, person string, q metrics.Query) (*metrics.PersonWorksList, error)
	// RegionRanking compares the kabupaten and kota of a province.
	RegionRanking(ctx context.Context, table *region.Table, q metrics.Query) (*metrics.RegionRanking, error)
	// Search looks for OPD and people.
	Search(ctx context.Context, q metrics.Query, text string) (*metrics.Found, error)
	// ReviewQueue lists the printed names that wait for a decision.
	ReviewQueue(ctx context.Context, r region.Region) ([]metrics.ReviewItem, error)
}

var _ Reports = (*metrics.Metrics)(nil)

// Options are the parts a [Server] is made of. Reports and Regions are required.
type Options struct {
	Reports Reports
	Regions *region.Table
	// DefaultRegion is the code of the region shown when the address names
	// none; empty means the first region that has data.
	DefaultRegion string
	// Books closes months and gives what files are made of; nil offers pages
	// only. Letterhead stands on workbooks; nil for none.
	Books      Books
	Letterhead *export.Letterhead
	// Deliveries says what was sent and what did not arrive; nil where nothing
	// is sent.
	Deliveries Deliveries
	// Progress says how far a running pull is; nil when nothing is ever pulled
	// by this process. It is called for every page and must not block.
	Progress func() Progress
	// Intake takes in what other programs push; nil offers no such route.
	Intake Intake
	// Gate says who may see what. The zero value is that of a machine without
	// users.
	Gate Gate
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// Logger receives one line per request and the whole story of every
	// error; nil means [slog.Default].
	Logger *slog.Logger
	// Version is the program's version, shown at the foot of every page.
	Version string
	// Example marks every page with "data contoh": the figures are invented.
	Example bool
	// Listening is told the address once it is bound; nil tells nobody.
	Listening func(addr string)
}

// Server serves the dashboard.
type Server struct {
	reports       Reports
	regions       *region.Table
	defaultRegion string
	progress      func() Progress
	intake        Intake
	now           func() time.Time
	log           *slog.Logger
	version       string
	example       bool
	listening     func(addr string)
	gate          *gatekeeper
	// several says whether the last page with a region had others beside it; a
	// page without a region keeps the navigation as it was.
	several atomic.Bool

	books      Books
	notes      revisionNotes
	letterhead *export.Letterhead
	deliveries Deliveries

	assets    *assets
	templates map[string]*templates // by the code of the language
	english   wording.Language
	app       *fiber.App
}

// New makes a server. It fails when a required option is missing or when a
// template does not parse; nothing listens yet.
func New(o Options) (*Server, error) { return newServer(o, wording.English(), nil) }

// newServer is New with the English to use, and a hook that hears the name of
// every template that is executed; tests find with them texts that are missing
// and templates that nothing renders.
func newServer(o Options, english wording.Language, executed func(template string)) (*Server, error) {
	if o.Reports == nil || o.Regions == nil {
		return nil, errors.New("dashboard: Options.Reports and Options.Regions are required")
	}
	s := &Server{
		reports:       o.Reports,
		regions:       o.Regions,
		defaultRegion: o.DefaultRegion,
		progress:      o.Progress,
		intake:        o.Intake,
		now:           o.Now,
		log:           o.Logger,
		version:       o.Version,
		example:       o.Example,
		listening:     o.Listening,
		books:         o.Books,
		letterhead:    o.Letterhead,
		deliveries:    o.Deliveries,
		english:       english,
		templates:     map[string]*templates{},
		gate:          &gatekeeper{Gate: o.Gate, limits: newAttempts()},
	}
	if s.progress == nil {
		s.progress = func() Progress { return Progress{} }
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("dashboard: load assets: %w", err)
	}
	for _, lang := range []wording.Language{wording.Indonesian, english} {
		if s.templates[lang.Code()], err = parseTemplates(s.assets, lang, executed); err != nil {
			return nil, fmt.Errorf("dashboard: parse templates: %w", err)
		}
	}
	s.app = s.newApp()
	return s, nil
}

// App returns the Fiber application, for tests.
func (s *Server) App() *fiber.App { return s.app }

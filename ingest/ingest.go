// Package ingest brings the world into rows: it imports spreadsheets, pulls
// configured sources, keeps what cannot be used with its reason, and rebuilds
// the rollups that the metrics read.
//
// Facts are append-only versions under a natural key. A row that says what is
// already known is counted as unchanged and not written again, so the same
// input twice changes no number. Names of OPD and persons are kept as they
// came; what they resolve to is decided anew at every rebuild, so a corrected
// alias corrects the past.
//
// Names, NIK, addresses and occupations of applicants and reporters, and the
// text of a complaint, are dropped while reading and never stored.
package ingest

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gaung/ingest/source"
	"gaung/warehouse"
	"gaung/warehouse/region"
)

// Options configure an [Ingester].
type Options struct {
	// Warehouse receives the rows; it must be migrated.
	Warehouse *warehouse.Warehouse
	// Regions knows names and zones; nil means the built-in table.
	Regions *region.Table
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Logger receives the technical story; nil means slog.Default.
	Logger *slog.Logger
	// Progress shows how far a run is; nil shows nothing.
	Progress Progress
	// Fetcher reads the sources of pulls; nil means one for each pull, with
	// the contact of the configuration.
	Fetcher *source.Fetcher
}

// Ingester writes facts and rollups into one warehouse. It is safe for
// concurrent use.
type Ingester struct {
	warehouse *warehouse.Warehouse
	conn      *store
	regions   *region.Table
	now       func() time.Time
	log       *slog.Logger
	progress  Progress
	fetcher   *source.Fetcher

	rebuilding  sync.Mutex
	pushes      pushLocks
	lastVersion atomic.Uint64
	collector   collector
}

// New returns an Ingester over o.Warehouse.
func New(o Options) *Ingester {
	in := &Ingester{
		warehouse: o.Warehouse,
		conn:      &store{Conn: o.Warehouse.Conn()},
		regions:   o.Regions,
		now:       o.Now,
		log:       o.Logger,
		progress:  o.Progress,
		fetcher:   o.Fetcher,
	}
	if in.regions == nil {
		in.regions = region.Builtin()
	}
	if in.now == nil {
		in.now = time.Now
	}
	if in.log == nil {
		in.log = slog.Default()
	}
	if in.progress == nil {
		in.progress = quiet{}
	}
	return in
}

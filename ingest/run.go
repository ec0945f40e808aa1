package ingest

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// run is one import or pull in the books: a row when it starts and again when
// it ends, so that a run that died is seen as still running.
type run struct {
	in      *Ingester
	id      string
	region  string
	kind    string
	source  string
	started time.Time
	version uint64
	begun   bool
}

var insertRun = insertInto("ingest_runs", "region", "run_id", "kind", "source", "started_at", "finished_at", "status",
	"row_count", "accepted", "unchanged", "updated", "rejected", "message", "version")

// newRun is a run that is not in the books yet.
func (in *Ingester) newRun(region, kind, source string) *run {
	return &run{
		in: in, id: uuid.NewString(), region: region, kind: kind, source: source,
		started: in.now().UTC(), version: uint64(in.now().UnixMicro()),
	}
}

func (in *Ingester) startRun(ctx context.Context, region, kind, source string) (*run, error) {
	r := in.newRun(region, kind, source)
	return r, r.begin(ctx)
}

// begin books the run before it writes anything, once.
func (r *run) begin(ctx context.Context) error {
	if r.begun {
		return nil
	}
	r.begun = true
	return insert(ctx, r.in.conn, insertRun, r.row("running", nil, Tally{}, ""))
}

// end books how the run ended. It works on when ctx is done: an interrupted
// run must be seen as failed.
func (r *run) end(ctx context.Context, tally Tally, failure error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	return insert(ctx, r.in.conn, insertRun, r.ended(tally, failure))
}

// lastWords is how long a run that was called off may take to book that.
const lastWords = 30 * time.Second

// ended is the row of a run that has ended.
func (r *run) ended(tally Tally, failure error) []any {
	status, message := "done", ""
	if failure != nil {
		status, message = "failed", truncate(failure.Error(), 1000)
	}
	finished := r.in.now().UTC()
	return r.row(status, &finished, tally, message)
}

func (r *run) row(status string, finished *time.Time, t Tally, message string) []any {
	r.version = max(r.version+1, uint64(r.in.now().UnixMicro()))
	return []any{
		r.region, r.id, r.kind, r.source, r.started, finished, status,
		uint64(t.Rows), uint64(t.Accepted), uint64(t.Unchanged), uint64(t.Updated), uint64(t.Rejected), message, r.version,
	}
}

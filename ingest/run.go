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
}

var insertRun = insertInto("ingest_runs", "region", "run_id", "kind", "source", "started_at", "finished_at", "status",
	"row_count", "accepted", "unchanged", "updated", "rejected", "message", "version")

func (in *Ingester) startRun(ctx context.Context, region, kind, source string) (*run, error) {
	r := &run{
		in: in, id: uuid.NewString(), region: region, kind: kind, source: source,
		started: in.now().UTC(), version: uint64(in.now().UnixMicro()),
	}
	return r, r.write(ctx, "running", nil, Tally{}, "")
}

// end books how the run ended. It works on when ctx is done: an interrupted
// run must be seen as failed.
func (r *run) end(ctx context.Context, tally Tally, failure error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	status, message := "done", ""
	if failure != nil {
		status, message = "failed", truncate(failure.Error(), 1000)
	}
	finished := r.in.now().UTC()
	return r.write(ctx, status, &finished, tally, message)
}

func (r *run) write(ctx context.Context, status string, finished *time.Time, t Tally, message string) error {
	r.version = max(r.version+1, uint64(r.in.now().UnixMicro()))
	return insert(ctx, r.in.conn, insertRun, []any{
		r.region, r.id, r.kind, r.source, r.started, finished, status,
		uint64(t.Rows), uint64(t.Accepted), uint64(t.Unchanged), uint64(t.Updated), uint64(t.Rejected), message, r.version,
	})
}

package ingest_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
	"gaung/warehouse/region"
)

// stopAt is a progress that cancels a run in the middle.
type stopAt struct {
	n      int
	cancel context.CancelFunc
}

func (s *stopAt) Start(string, int) {}
func (s *stopAt) Done(string)       {}

func (s *stopAt) Add(n int) {
	if s.n -= n; s.n == 0 {
		s.cancel()
	}
}

// TestInterruptedImport breaks an import off after its first batch: nothing
// is counted, the run is booked as failed, and importing again completes it.
func TestInterruptedImport(t *testing.T) {
	b := newBench(t)
	var file strings.Builder
	file.WriteString("registration_no,received_at,opd\n")
	for i := range 45_000 {
		fmt.Fprintf(&file, "%d/PPID,2026-01-05,Dinkes\n", i)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in := ingest.New(ingest.Options{
		Warehouse: b.w, Regions: region.Builtin().With(b.reg), Now: b.clock.Now,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Progress: &stopAt{n: 30_000, cancel: cancel},
	})
	if _, err := in.Import(ctx, ingest.ImportRequest{Kind: "ppid", Path: "besar.csv", Region: contoh, Reader: strings.NewReader(file.String())}); err == nil {
		t.Fatal("a cancelled import ended well")
	}
	// Writing goes on beside reading: the first batch is stored or not.
	broken := b.rows("SELECT toString(status), (SELECT toString(count()) FROM ppid_cases) FROM ingest_runs_current")
	if diff := cmp.Diff([]string{"failed|0"}, broken); diff != "" {
		t.Errorf("the broken run (-want +got):\n%s", diff)
	}
	var stored int
	if _, err := fmt.Sscan(b.rows("SELECT toString(count()) FROM ppid")[0], &stored); err != nil || stored%2000 != 0 || stored > 30_000 {
		t.Errorf("%d rows stored: %v", stored, err)
	}
	b.want(b.request(ingest.ImportRequest{Kind: "ppid", Path: "besar.csv", Region: contoh, Reader: strings.NewReader(file.String())}), 45_000-stored, 0, stored, 0)
	if n := len(b.current("ppid_cases", "ppid", "registration_no", "registration_no")); n != 45_000 {
		t.Errorf("%d cases, want 45000", n)
	}
}

// TestSameKeyTwiceInAFile makes the later row a new version of the earlier.
func TestSameKeyTwiceInAFile(t *testing.T) {
	b := newBench(t)
	b.want(b.give("ppid", "registration_no,received_at,opd,topic\n1,2026-01-05,Dinkes,lama\n1,2026-01-05,DINKES,baru\n1,2026-01-05,DINKES,baru\n"), 1, 1, 1, 0)
	if diff := cmp.Diff([]string{"1|baru"}, b.current("ppid_cases", "ppid", "registration_no, topic", "topic")); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
}

// TestImportsAtOnce runs imports of several kinds and the same file side by
// side.
func TestImportsAtOnce(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	files := map[string]string{
		"ppid":       "registration_no,received_at,opd\n1,2026-01-05,Dinkes\n2,2026-01-05,Dinsos\n",
		"complaints": "tracking_id,submitted_at,kind,opd\n1,2026-01-05,aspirasi,Dinkes\n",
		"agenda":     "agenda_id,date,opd,title\n1,2026-01-05,Dinkes,Rapat\n",
	}
	var all sync.WaitGroup
	for kind, text := range files {
		for range 3 {
			all.Go(func() {
				if _, err := b.in.Import(t.Context(), ingest.ImportRequest{Kind: kind, Region: contoh, Reader: strings.NewReader(text)}); err != nil {
					t.Errorf("%s: %v", kind, err)
				}
			})
		}
	}
	all.Wait()
	if diff := cmp.Diff([]string{"1|1.02", "2|1.06"}, b.current("ppid_cases", "ppid", "registration_no, opd", "registration_no")); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1|1.02"}, b.current("complaint_cases", "complaints", "tracking_id, opd", "tracking_id")); diff != "" {
		t.Errorf("complaints (-want +got):\n%s", diff)
	}
}

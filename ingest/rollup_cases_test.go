package ingest_test

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
	"gaung/warehouse/region"
)

// A second import of a complaint with another OPD and a later assignment is a
// hand-over; the list of complaints still has it once.
func TestHandOverOpensASpell(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	const header = "tracking_id,submitted_at,kind,opd,assigned_at,first_response_at,misrouted_at,officer\n"
	b.give("complaints", header+"1,2026-03-02,pengaduan,Dinkes,2026-03-03,,,x\n2,2026-03-02,pengaduan,Dinkes,2026-03-03,,,\n")
	b.give("complaints", header+"1,2026-03-02,pengaduan,Dinsos,2026-03-09 23:30,2026-03-10 00:30,2026-03-06,y\n2,2026-03-02,pengaduan,Dinsos,2026-03-03,,,\n")
	columns := "tracking_id, spell, opd, assigned_day, first_response_day, left_day, next_day, officer_raw"
	want := []string{
		"1|1|1.02|2026-03-03||2026-03-06|2026-03-09|x",
		"1|2|1.06|2026-03-09|2026-03-10|||y",
		"2|1|1.06|2026-03-03||||", // the same assignment: a correction
	}
	if diff := cmp.Diff(want, b.current("complaint_spells", "complaints", columns, "tracking_id, spell")); diff != "" {
		t.Errorf("spells (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1|1.06", "2|1.06"}, b.current("complaint_cases", "complaints", "tracking_id, opd", "tracking_id")); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
}

// Stories are matched with the agenda by OPD, day and title, whichever of the
// two came first.
func TestCoverage(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	b.give("people", "person_id,name\np1,Rina Sari\n")
	b.give("articles", "url,title,published_at,opd,author,event_date\n"+
		"https://a.go.id/1,Warga Antusias Ikuti Senam Bersama,2026-03-03 08:00,Dinkes,Rina Sari,\n"+
		"https://a.go.id/2,Senam Bersama Warga Meriah,2026-03-03 09:00,Dinsos,,\n"+ // another OPD
		"https://a.go.id/3,Rapat anggaran selesai,2026-03-20 09:00,Dinkes,,2026-03-12\n"+
		"https://a.go.id/4,Kunjungan kerja,2026-03-21 09:00,Dinkes,,2026-03-19\n"+ // no event of the agenda
		"https://a.go.id/5,Undangan pameran,2026-03-21 09:00,Dinkes,,2026-03-29\n") // announced, not told
	if got := b.current("story_events", "coverage", "url, agenda_id, story_day, event_day, authors", "url"); len(got) != 2 {
		t.Errorf("before the agenda: %v", got)
	}
	b.give("agenda", "agenda_id,date,opd,title,venue\nS,2026-03-02,Dinkes,Senam Bersama di Alun-Alun,Alun-Alun\nR,2026-03-12,Dinas Kesehatan,Rapat Anggaran,\n")
	want := []string{
		"https://a.go.id/1|S|2026-03-03|2026-03-02|['p1']",
		"https://a.go.id/3|R|2026-03-20|2026-03-12|[]",
		"https://a.go.id/4||2026-03-21|2026-03-19|[]",
	}
	if diff := cmp.Diff(want, b.current("story_events", "coverage", "url, agenda_id, story_day, event_day, authors", "url")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The days of drafts and false news, half an hour before and after midnight on
// the edge of a month, in each zone.
func TestCaseDaysAreLocal(t *testing.T) {
	for _, zone := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} {
		t.Run(zone, func(t *testing.T) {
			b := newBench(t)
			b.reg.Zone = mustZone(zone)
			b.regions(b.reg)
			b.give("submissions", "submission_id,opd,submitted_at,decided_at,decision\n1,x,2028-02-29 23:30,2028-03-01 00:30,terbit\n")
			b.give("clarifications", "clarification_id,spotted_at,answered_at\n1,2026-10-31 23:30,2026-11-01 00:30\n")
			b.give("articles", "url,title,published_at,author\nhttps://a.go.id/1,Satu,2026-10-31 23:30,Rina\nhttps://a.go.id/2,Dua,2026-11-01 00:30,Rina\n")
			b.give("people", "person_id,name\np1,Rina\n")
			got := append(b.current("submission_cases", "submissions", "submitted_day, decided_day, decision", "submission_id"),
				b.current("clarification_cases", "clarifications", "spotted_day, answered_day", "clarification_id")...)
			got = append(got, b.current("person_days", "articles", "day, person_id, as_author, as_editor, works", "day")...)
			want := []string{"2028-02-29|2028-03-01|published", "2026-10-31|2026-11-01", "2026-10-31|p1|1|0|1", "2026-11-01|p1|1|0|1"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// regions gives the bench a region in another zone.
func (b *bench) regions(reg ...region.Region) {
	b.clock.now = time.Date(2028, 4, 1, 0, 0, 0, 0, time.UTC)
	b.in = ingest.New(ingest.Options{
		Warehouse: b.w, Regions: region.Builtin().With(reg...), Now: b.clock.Now, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

// A story names a person once however many roles: the works are counted apart.
func TestPersonDays(t *testing.T) {
	b := newBench(t)
	b.give("people", "person_id,name\np1,Rina\np2,Padli\n")
	b.give("articles", "url,title,published_at,author,editor,photographer\n"+
		"https://a.go.id/1,Satu,2026-10-05,Rina,Padli,Rina\nhttps://a.go.id/2,Dua,2026-10-05,Rina,,\nhttps://a.go.id/3,Tiga,2026-10-06,Padli,,\n")
	want := []string{"2026-10-05|p1|2|0|1|2", "2026-10-05|p2|0|1|0|1", "2026-10-06|p2|1|0|0|1"}
	if diff := cmp.Diff(want, b.current("person_days", "articles", "day, person_id, as_author, as_editor, as_photographer, works", "day, person_id")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Names in complaints mean whom they meant on the local day of the complaint:
// an agency that was merged, a person who came later, at half past eleven at
// night and half an hour after midnight.
func TestComplaintNamesByDay(t *testing.T) {
	b := newBench(t)
	b.give("opd", "code,name,aliases,valid_from,valid_to\nA,Dinas Kominfo,Kominfo,,2026-03-31\nB,Dinas Kominfo dan Statistik,Kominfo,2026-04-01,\n")
	b.give("people", "person_id,name,valid_from\np1,Rina Sari,2026-04-01\n")
	b.give("complaints", "tracking_id,submitted_at,kind,opd,officer\n"+
		"1,2026-03-31 23:30,pengaduan,Kominfo,Rina Sari\n"+
		"2,2026-04-01 00:30,pengaduan,Kominfo,Rina Sari\n"+
		"3,2026-04-02,pengaduan,Antah Berantah,Entah Siapa\n"+
		"4,2026-04-03,pengaduan,,\n"+
		"5,2026-03-30,pengaduan,Kominfo,\n")
	// A correction, not a hand-over.
	b.give("complaints", "tracking_id,submitted_at,kind,opd,officer\n3,2026-03-02,pengaduan,Kominfo,Entah Siapa\n")
	want := []string{"1|A|2026-03-31||Rina Sari", "2|B|2026-04-01|p1|Rina Sari", "3|A|2026-03-02||Entah Siapa", "4||2026-04-03||", "5|A|2026-03-30||"}
	const columns = "tracking_id, opd, submitted_day, officer, officer_raw"
	for _, table := range []string{"complaint_cases", "complaint_spells"} {
		if diff := cmp.Diff(want, b.current(table, "complaints", columns, "tracking_id")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", table, diff)
		}
	}
}

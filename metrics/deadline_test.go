package metrics

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/go-cmp/cmp"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

func ruleRow(t *testing.T, conn driver.Conn, region, rule, kind string, limit uint16, extended *uint16, unit, from string, to *time.Time) {
	t.Helper()
	insert(t, conn, "rules (region, rule, case_kind, limit_days, extended_limit_days, unit, law, article, valid_from, valid_to, version)", 1, func(int) []any {
		return []any{region, rule, kind, limit, extended, unit, "Perda 1", "Pasal 2", mustDay(t, from).Time(time.UTC), to, uint64(2)}
	})
}

func TestDeadlines(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	insert(t, conn, "holidays (region, date, name, kind, key_hash, version)", 1, func(int) []any {
		return []any{"19.71", mustDay(t, "2025-08-20").Time(time.UTC), "Hari jadi", calendar.Regional, uint64(1), uint64(1)}
	})
	ruleRow(t, conn, "19.06", "objection", "", 20, nil, "working day", "2024-01-01", ref(mustDay(t, "2025-12-31").Time(time.UTC)))
	ruleRow(t, conn, "", "objection", "", 25, nil, "working day", "2027-01-01", nil)
	ruleRow(t, conn, "19.05", "ppid", "", 10, nil, "calendar day", "2024-01-01", nil)
	m := New(conn)
	for _, tt := range []struct {
		name, rule, kind, from, region string
		extended                       bool
		limit                          int
		due                            string
		err                            ErrorKind
	}{
		{"PPID", "ppid", "", "2023-04-13", "", false, 10, "2023-05-05", ""},
		{"PPID extended", "ppid", "", "2023-04-13", "", true, 17, "2023-05-16", ""},
		{"verify", "complaint-verify", "", "2025-08-15", "", false, 3, "2025-08-21", ""},
		{"verify, with a regional day", "complaint-verify", "", "2025-08-15", "19.71", false, 3, "2025-08-22", ""},
		{"verify, another region's day", "complaint-verify", "", "2025-08-15", "19.06", false, 3, "2025-08-21", ""},
		{"first response", "complaint-first-response", "", "2026-03-13", "", false, 5, "2026-03-27", ""},
		{"resolve by kind", "complaint-resolve", "complaint", "2026-03-13", "", false, 14, "2026-04-10", ""},
		{"resolve by dash", "complaint-resolve-information", "", "2026-03-13", "", false, 5, "2026-03-27", ""},
		{"resolve by colon", "complaint-resolve:aspiration", "", "2026-03-13", "", false, 5, "2026-03-27", ""},
		{"resolve supervision", "complaint-resolve-supervision", "", "2026-03-13", "", false, 60, "2026-06-24", ""},
		{"over the year", "ppid", "", "2026-12-18", "", false, 10, "2027-01-07", ""},
		{"national", "objection", "", "2026-10-01", "19.06", false, 30, "2026-11-12", ""},
		{"region overrides", "objection", "", "2025-10-01", "19.06", false, 20, "2025-10-29", ""},
		{"later row", "objection", "", "2027-04-01", "", false, 25, "2027-05-07", ""},
		{"unknown year", "ppid", "", "2027-12-24", "", false, 0, "", NoCalendar},
		{"before the rule", "complaint-verify", "", "2017-12-20", "", false, 0, "", BadRule},
		{"unknown rule", "ppid-cepat", "", "2026-01-05", "", false, 0, "", BadRule},
		{"no kind", "complaint-resolve", "", "2026-01-05", "", false, 0, "", BadRule},
		{"bad kind", "complaint-resolve-gossip", "", "2026-01-05", "", false, 0, "", BadRule},
		{"two kinds", "complaint-resolve-complaint", "aspiration", "2026-01-05", "", false, 0, "", BadRule},
		{"no extension", "objection", "", "2026-01-05", "", true, 0, "", BadValue},
		{"other unit", "ppid", "", "2026-01-05", "19.05", false, 0, "", BadRule},
		{"out of range", "ppid", "", "9999-01-05", "", false, 0, "", BadValue},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := m.Deadline(t.Context(), DeadlineQuery{Rule: tt.rule, Kind: tt.kind, From: mustDay(t, tt.from), Extended: tt.extended, Region: region.Region{Code: tt.region}})
			if tt.err != "" {
				var user *UserError
				if !errors.As(err, &user) || user.Kind != tt.err || strings.Contains(user.Words, "\n") || user.Words == "" {
					t.Errorf("error %v, want %s", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d.Limit != tt.limit || d.Due != tt.due || d.Rule != tt.rule || d.From != tt.from || d.Law == "" {
				t.Errorf("%+v", d)
			}
			counted := 0
			for i, e := range d.Ledger {
				if want := mustDay(t, tt.from).Add(i + 1).String(); e.Date != want {
					t.Errorf("line %d is %s, want %s", i, e.Date, want)
				}
				if e.Counted {
					counted++
				}
			}
			if last := d.Ledger[len(d.Ledger)-1]; counted != tt.limit || last.Date != tt.due || !last.Counted {
				t.Errorf("%d days counted, the last line is %+v", counted, last)
			}
		})
	}
}

func TestUnknownYearNamesTheYear(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	_, err := New(conn).Deadline(t.Context(), DeadlineQuery{Rule: "ppid", From: mustDay(t, "2027-12-24")})
	var unknown *calendar.YearUnknownError
	if !errors.As(err, &unknown) || unknown.Year != 2028 || !strings.Contains(err.Error(), "2028") || !strings.Contains(err.Error(), "impor") {
		t.Errorf("error %v", err)
	}
}

func TestLedger(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	m := New(conn)
	d, err := m.Deadline(t.Context(), DeadlineQuery{Rule: "complaint-verify", From: mustDay(t, "2025-08-15"), AsOf: mustDay(t, "2025-08-22"), AsOfSet: true})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"rule":"complaint-verify","from":"2025-08-15","limit":3,"due":"2025-08-21","ledger":[` +
		`{"date":"2025-08-16","counted":false,"kind":"weekend","why":"akhir pekan (Sabtu)"},` +
		`{"date":"2025-08-17","counted":false,"kind":"holiday","why":"akhir pekan (Minggu); libur nasional: Proklamasi Kemerdekaan RI"},` +
		`{"date":"2025-08-18","counted":false,"kind":"holiday","why":"cuti bersama: Cuti Bersama Proklamasi Kemerdekaan RI"},` +
		`{"date":"2025-08-19","counted":true,"kind":"counted","why":"hari kerja"},` +
		`{"date":"2025-08-20","counted":true,"kind":"counted","why":"hari kerja"},` +
		`{"date":"2025-08-21","counted":true,"kind":"counted","why":"hari kerja"},` +
		`{"date":"2025-08-22","counted":true,"kind":"overdue","why":"hari kerja (lewat tenggat)"}],` +
		`"extended":false,"law":"PermenPANRB 62/2018 Bab VI","as_of":"2025-08-22","state":"late","days_used":4}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	d, err = m.Deadline(t.Context(), DeadlineQuery{Rule: "ppid", From: mustDay(t, "2026-10-01"), Extended: true, AsOf: mustDay(t, "2026-10-15"), AsOfSet: true})
	if err != nil {
		t.Fatal(err)
	}
	extended := 0
	for _, e := range d.Ledger {
		if e.Why == "hari kerja (perpanjangan)" {
			extended++
		}
	}
	if extended != 7 || *d.State != "pending" || *d.DaysUsed != 10 || d.Due != "2026-10-26" {
		t.Errorf("%d extended days, %s after %d, due %s", extended, *d.State, *d.DaysUsed, d.Due)
	}
	if _, err := m.Deadline(t.Context(), DeadlineQuery{Rule: "ppid", From: mustDay(t, "2026-10-01"), AsOf: mustDay(t, "2026-09-30"), AsOfSet: true}); err == nil {
		t.Error("judged before it began")
	}
}

package examples

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// defaultSites is the address of the example sites in the committed
// gaung.yaml, and closedSite one at which nobody listens.
const (
	defaultSites = "http://127.0.0.1:8099"
	closedSite   = "http://127.0.0.1:9"
)

// file is one generated file.
type file struct {
	name string
	data []byte
}

// files makes every file of the folder but README.md.
func (r *Regency) files() ([]file, error) {
	register, err := r.register()
	if err != nil {
		return nil, err
	}
	config, err := Config(defaultSites, closedSite)
	if err != nil {
		return nil, err
	}
	return []file{
		{"gaung.yaml", config},
		{"holidays.csv", table(',', holidayRows())},
		{"opd.csv", table(',', r.officeRows())},
		{"people.csv", table(',', r.peopleRows())},
		{"ppid.csv", table(',', r.requestRows())},
		{"ppid-register-dinkes.xlsx", register},
		{"objections.csv", table(',', r.objectionRows())},
		// What an Indonesian Excel saves: byte order mark, semicolons, CRLF.
		{"complaints.csv", append([]byte("\ufeff"), crlf(table(';', r.complaintRows()))...)},
		{"agenda.csv", table(',', r.eventRows())},
		{"submissions.csv", table(',', r.draftRows())},
		{"clarifications.csv", table(',', r.rumourRows())},
	}, nil
}

// Write writes the generated files into a directory.
func (r *Regency) Write(dir string) error {
	files, err := r.files()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o644); err != nil {
			return fmt.Errorf("examples: write %s: %w", f.name, err)
		}
	}
	return nil
}

// table is rows as CSV. Writing to memory cannot fail.
func table(comma rune, rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	w.WriteAll(rows)
	return b.Bytes()
}

func crlf(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")) }

// stamp is an instant as registers print it, empty for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// excelStamp is an instant as an Indonesian Excel prints it.
func excelStamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("02/01/2006 15.04")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return isoDay(t)
}

func yesNo(yes bool) string {
	if yes {
		return "ya"
	}
	return "tidak"
}

func holidayRows() [][]string {
	return [][]string{
		{"date", "name", "kind", "region", "decree"},
		{anniversary.day, anniversary.name, "libur daerah", RegionCode, anniversary.decree},
	}
}

func (r *Regency) officeRows() [][]string {
	rows := [][]string{{"code", "name", "region", "short_name", "aliases", "peer_group", "target_per_week", "has_source", "valid_from", "valid_to"}}
	for _, o := range r.offices {
		rows = append(rows, []string{
			o.code, o.name, RegionCode, o.short, strings.Join(o.aliases, "|"), o.peers, o.target, yesNo(o.site != siteNone), day(o.from), day(o.to),
		})
	}
	return rows
}

func (r *Regency) peopleRows() [][]string {
	rows := [][]string{{"person_id", "name", "group", "jenjang", "opd", "aliases", "valid_from", "valid_to"}}
	for _, p := range r.people {
		rows = append(rows, []string{p.id, p.name, p.group, p.jenjang, p.office.code, strings.Join(p.aliases, "|"), "", ""})
	}
	return rows
}

func (r *Regency) requestRows() [][]string {
	rows := [][]string{{
		"registration_no", "received_at", "opd", "completed_at", "category", "topic", "channel", "status", "extended", "notified_at",
		"delivered_at", "decision", "refusal_reason", "withdrawn_at", "officer",
	}}
	for _, q := range r.requests {
		if q.office.short == dinkes {
			continue
		}
		rows = append(rows, []string{
			q.no, stamp(q.received), q.office.name, stamp(q.completed), q.category, q.topic, q.channel, q.status, yesNo(q.extended),
			stamp(q.notified), stamp(q.delivered), q.decision, q.refusal, stamp(q.withdrawn), q.officer,
		})
	}
	return rows
}

func (r *Regency) objectionRows() [][]string {
	rows := [][]string{{"objection_no", "registration_no", "received_at", "reason", "answered_at", "decision"}}
	for _, o := range r.objections {
		rows = append(rows, []string{o.no, o.request.no, stamp(o.received), o.reason, stamp(o.answered), o.decision})
	}
	return rows
}

func (r *Regency) complaintRows() [][]string {
	rows := [][]string{{
		"tracking_id", "submitted_at", "kind", "opd", "verified_at", "assigned_at", "first_response_at", "resolved_at", "status",
		"category", "channel", "rating", "officer", "misrouted_at",
	}}
	for _, k := range r.complaints {
		rows = append(rows, []string{
			k.id, excelStamp(k.submitted), k.kind.name, k.office.short, excelStamp(k.verified), excelStamp(k.assigned), excelStamp(k.responded),
			excelStamp(k.resolved), k.status, k.category, k.channel, k.rating, k.officer, excelStamp(k.misrouted),
		})
	}
	return rows
}

func (r *Regency) eventRows() [][]string {
	rows := [][]string{{"agenda_id", "date", "opd", "title", "venue"}}
	for _, e := range r.events {
		rows = append(rows, []string{e.id, day(e.day), e.office.short, e.title, e.venue})
	}
	return rows
}

func (r *Regency) draftRows() [][]string {
	rows := [][]string{{"submission_id", "opd", "submitted_at", "title", "author", "editor", "decided_at", "decision", "url"}}
	for _, d := range r.drafts {
		rows = append(rows, []string{d.id, d.office.code, stamp(d.submitted), d.title, d.author, d.editor, stamp(d.decided), d.decision, ""})
	}
	return rows
}

func (r *Regency) rumourRows() [][]string {
	rows := [][]string{{"clarification_id", "spotted_at", "topic", "opd", "answered_at", "url"}}
	for _, m := range r.rumours {
		rows = append(rows, []string{m.id, stamp(m.spotted), m.topic, m.office.name, stamp(m.answered), ""})
	}
	return rows
}

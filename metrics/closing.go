package metrics

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// The kinds of mistake when closing a month.
const (
	MonthRunning  ErrorKind = "month_running"
	AlreadyClosed ErrorKind = "already_closed"
	NotClosed     ErrorKind = "not_closed"
)

// Edition is a closed month: the report as it was frozen. Nothing that comes
// in later changes it.
type Edition struct {
	// ID is the code printed on everything made from the edition, such as
	// "1971-202610-1-K7Q4ZD2M"; its last part is taken from Hash.
	ID string
	// Number counts the editions of the month from 1; those after the first
	// are revisions.
	Number int
	// Hash is the SHA-256, in hexadecimal, of the stored report and of the hash
	// over what was frozen with it (rows, comparisons, rules).
	Hash     string
	ClosedAt time.Time // UTC
	// Reason says why a revision was issued; empty for the first edition.
	Reason string
	// Report is the frozen report; its Closed names this edition.
	Report *Report

	region, month      string
	partsID, partsHash string // empty for editions that froze no rows
}

// CloseMonth freezes the month of q as it stands at the as-of day (tutup
// buku). With a reason it issues a revision beside the editions there are;
// without one, a month that is closed already is a *UserError, as is a month
// that has not ended by the as-of day.
func (m *Metrics) CloseMonth(ctx context.Context, q Query, reason string) (*Edition, error) {
	if !q.Unfiltered() {
		return nil, userError(BadValue, "tutup buku mengenal bulan utuh tanpa saringan; hapus rentang, pembanding dan saringannya")
	}
	asOf, err := q.asOf()
	if err != nil {
		return nil, err
	}
	if today := calendar.DayOf(q.Now, q.Region.Zone); today <= q.Month.Last() || asOf < q.Month.Last() {
		return nil, userError(MonthRunning, "bulan {1} belum selesai pada {2}; tutup buku sesudah {3}", q.Month, min(asOf, today), q.Month.Last())
	}
	// One closing at a time in this process; two clicks are one closing.
	m.closing.Lock()
	defer m.closing.Unlock()
	present, err := m.Editions(ctx, q, 1)
	if err != nil {
		return nil, err
	}
	number := 1
	switch {
	case len(present) > 0 && strings.TrimSpace(reason) == "":
		return nil, alreadyClosed(q, &present[0])
	case len(present) > 0:
		number = present[0].Number + 1
	case strings.TrimSpace(reason) != "":
		return nil, userError(NotClosed, "bulan {1} belum ditutup, jadi belum ada yang direvisi; tutup dulu tanpa alasan revisi", q.Month)
	}
	e := &Edition{Number: number, ClosedAt: q.Now.UTC().Truncate(time.Millisecond), Reason: strings.TrimSpace(reason), region: q.Region.Code, month: q.Month.String()}
	text, err := m.freeze(ctx, q, e)
	if err != nil {
		return nil, err
	}
	// Freezing takes a while: somebody may have closed the month meanwhile.
	if again, err := m.Editions(ctx, q, 1); err != nil {
		return nil, err
	} else if len(again) > 0 && again[0].Number >= number {
		return nil, alreadyClosed(q, &again[0])
	}
	if err := m.store(ctx, q, e, asOf, text); err != nil {
		return nil, err
	}
	e.Report.Closed = &Closed{ID: e.ID, ClosedAt: e.ClosedAt}
	return e, nil
}

func alreadyClosed(q Query, e *Edition) error {
	return userError(AlreadyClosed, "bulan {1} sudah ditutup pada {2} (edisi {3}); untuk menerbitkan revisi sebutkan alasannya", q.Month, calendar.DayOf(e.ClosedAt, q.Region.Zone), e.ID)
}

func (m *Metrics) store(ctx context.Context, q Query, e *Edition, asOf calendar.Day, text []byte) error {
	batch, err := m.conn.PrepareBatch(ctx, "INSERT INTO editions (region, month, edition, id, hash, as_of, closed_at, reason, definitions_version, report, parts_id, parts_hash)")
	if err != nil {
		return fmt.Errorf("metrics: store edition %s: %w", e.ID, err)
	}
	err = batch.Append(q.Region.Code, q.Month.String(), uint32(e.Number), e.ID, e.Hash, asOf.Time(time.UTC), e.ClosedAt, e.Reason,
		uint16(DefinitionsVersion), string(text), e.partsID, e.partsHash)
	if err == nil {
		err = batch.Send()
	}
	if err != nil {
		return fmt.Errorf("metrics: store edition %s: %w", e.ID, err)
	}
	return nil
}

// Editions lists the frozen editions of a month, newest first, at most most.
// An edition whose stored report no longer has its hash is an error: somebody
// changed the table by hand.
func (m *Metrics) Editions(ctx context.Context, q Query, most int) ([]Edition, error) {
	return m.readEditions(ctx, "editions", named("region", q.Region.Code), named("month", q.Month.String()), named("most", uint32(most)))
}

// EditionByID finds the edition with the code printed on a card, in any
// spelling of case and spaces; nil when there is none.
func (m *Metrics) EditionByID(ctx context.Context, id string) (*Edition, error) {
	list, err := m.readEditions(ctx, "editionByID", named("id", strings.ToUpper(strings.Join(strings.Fields(id), ""))))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (m *Metrics) readEditions(ctx context.Context, statement string, params ...any) ([]Edition, error) {
	var list []Edition
	err := each(ctx, m.conn, statement, func(rows driver.Rows) error {
		var e Edition
		var number uint32
		var text string
		if err := rows.Scan(&e.region, &e.month, &number, &e.ID, &e.Hash, &e.ClosedAt, &e.Reason, &text, &e.partsID, &e.partsHash); err != nil {
			return err
		}
		if hashOf([]byte(text+e.partsHash)) != e.Hash {
			return fmt.Errorf("edition %s does not have its hash any more: the stored report was changed", e.ID)
		}
		e.Number, e.Report = int(number), &Report{}
		if err := json.NewDecoder(bytes.NewReader([]byte(text))).Decode(e.Report); err != nil {
			return fmt.Errorf("edition %s: %w", e.ID, err)
		}
		e.Report.Closed = &Closed{ID: e.ID, ClosedAt: e.ClosedAt.UTC()}
		if err := e.Report.settle(); err != nil {
			return fmt.Errorf("edition %s: %w", e.ID, err)
		}
		list = append(list, e)
		return nil
	}, params...)
	return list, err
}

// closed is the newest edition that answers a query; nil when the month is
// open, when the query names an as-of day of its own, and when it asks for
// anything but the whole month: another period, a filter, another comparison.
func (m *Metrics) closed(ctx context.Context, q Query) (*Edition, error) {
	if q.AsOfSet || !q.Unfiltered() {
		return nil, nil
	}
	list, err := m.Editions(ctx, q, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// code writes hash bytes without the letters that are mistaken for digits.
var code = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

func editionID(q Query, number int, hash string) string {
	raw, err := hex.DecodeString(hash[:10])
	if err != nil {
		panic(fmt.Sprintf("metrics: %q is not a hash", hash)) // hashOf made it
	}
	return fmt.Sprintf("%s-%s-%d-%s", strings.ReplaceAll(q.Region.Code, ".", ""), strings.ReplaceAll(q.Month.String(), "-", ""), number, code.EncodeToString(raw))
}

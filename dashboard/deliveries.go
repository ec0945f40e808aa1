package dashboard

import (
	"context"
	"fmt"
	"time"

	"gaung/dashboard/delivery"
	"gaung/dashboard/wording"
)

// Deliveries says what was sent. [delivery.Service] is the implementation.
type Deliveries interface {
	// Status lists the deliveries touched since some time, newest first.
	Status(ctx context.Context, since time.Time) ([]delivery.Delivery, error)
}

var _ Deliveries = (*delivery.Service)(nil)

const (
	deliveriesPath = "/pengiriman"
	// deliveriesAge is how far back the page looks, deliveriesMost how many of
	// those that arrived it lists.
	deliveriesAge  = 60 * 24 * time.Hour
	deliveriesMost = 100
)

// deliveriesPage is what was sent and what did not arrive: what, when, why,
// and when it is tried again.
var deliveriesPage = page{path: deliveriesPath, name: "deliveries", view: (*Server).deliveriesView}

// deliveriesBody is what templates/deliveries.html shows.
type deliveriesBody struct {
	Off    bool // nothing is ever sent by this process
	Failed []deliveryRow
	Sent   []deliveryRow
	More   int
}

type deliveryRow struct {
	ID, What, Channel, To, State, Class, At, Why, Next string
	Tries                                              int
}

var deliveryKinds = map[delivery.ScheduleKind]string{
	delivery.Monthly: "laporan bulanan", delivery.Weekly: "ringkasan mingguan", delivery.Alerts: "peringatan",
}

var deliveryStates = map[delivery.Status]struct{ words, class string }{
	delivery.StatusOpen:    {"belum dikirim", "waiting"},
	delivery.StatusPending: {"sedang dikirim", "waiting"},
	delivery.StatusSent:    {"terkirim", "ok"},
	delivery.StatusFailed:  {"gagal, dicoba lagi", "failing"},
	delivery.StatusGivenUp: {"gagal, tidak dicoba lagi", "failing"},
	delivery.StatusUnknown: {"tidak diketahui sampai atau tidak", "failing"},
}

func (s *Server) deliveriesView(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	body := &deliveriesBody{Off: s.deliveries == nil}
	sc := &screen{template: "deliveries", title: lang.T("Pengiriman"), body: body, timeless: true}
	if body.Off {
		return sc, nil
	}
	sel, err := s.choose(ctx, a)
	if err != nil {
		return nil, err
	}
	if len(sel.Regions) > 0 {
		sc.selection = sel
	}
	zone := sel.Region.Zone
	if zone == nil {
		zone = time.UTC
	}
	list, err := s.deliveries.Status(ctx, s.now().Add(-deliveriesAge))
	if err != nil {
		return nil, fmt.Errorf("dashboard: deliveries: %w", err)
	}
	for _, d := range list {
		row := newDeliveryRow(lang, d, zone)
		switch {
		case d.Failed():
			body.Failed = append(body.Failed, row)
		case len(body.Sent) < deliveriesMost:
			body.Sent = append(body.Sent, row)
		default:
			body.More++
		}
	}
	return sc, nil
}

func newDeliveryRow(lang wording.Language, d delivery.Delivery, zone *time.Location) deliveryRow {
	kind := lang.T(deliveryKinds[d.Kind])
	if kind == "" {
		kind = string(d.Kind)
	}
	state := deliveryStates[d.Status]
	row := deliveryRow{
		ID: d.ID, What: kind + " “" + d.Schedule + "”, " + d.Period, Channel: d.Channel, To: d.To, State: lang.T(state.words), Class: state.class,
		At: lang.Instant(d.At, zone), Why: d.Error, Tries: d.Tries,
	}
	if row.To == "" {
		row.To = wording.Unknown
	}
	switch {
	case !d.NextAt.IsZero():
		row.Next = lang.Instant(d.NextAt, zone)
	case d.Status == delivery.StatusUnknown:
		row.Next = lang.T("tidak diulang sendiri: tanyakan penerima, lalu gaung deliver retry {1}", d.ID)
	case d.Status == delivery.StatusGivenUp:
		row.Next = lang.T("tidak diulang: perbaiki sebabnya, lalu gaung deliver retry {1}", d.ID)
	}
	return row
}

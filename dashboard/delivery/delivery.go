// Package delivery brings reports, digests and alerts to people: by e-mail,
// Telegram, webhook and into a folder, on schedules in the region's own time
// zone.
//
// Every delivery is a row of the table deliveries under a natural key
// (schedule, period, channel, recipient). It is claimed there before anything
// is sent, so that no two processes send it; a message whose fate is not known
// is never sent again by itself ([StatusUnknown]). What a message says comes
// from a [Content].
package delivery

import (
	"context"
	"io"
	"time"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// Message is what a person receives. Channels that know no HTML send Text.
type Message struct {
	// Subject is one line.
	Subject     string
	Text        string
	HTML        string
	Attachments []Attachment
}

// Attachment is a file of a message. Write may be called more than once and
// writes the same bytes every time.
type Attachment struct {
	// Name is a file name without a directory.
	Name string
	// Type is the media type.
	Type  string
	Write func(io.Writer) error
}

// Alert is one thing that wants attention now.
type Alert struct {
	// Cause and Period are the natural key: the same cause is told once in a
	// period. Both are plain words without a person's name.
	Cause, Period string
	Kind          AlertKind
	// Words is one line for a person.
	Words string
}

// AlertKind sorts alerts.
type AlertKind string

// The kinds of alert, in the order of a message.
const (
	AlertDue       AlertKind = "due"       // a case is due within n working days
	AlertSource    AlertKind = "source"    // a source does not answer
	AlertSilent    AlertKind = "silent"    // an OPD has published nothing for n days
	AlertThreshold AlertKind = "threshold" // a figure crossed its threshold
)

// Content writes the messages. An error that a person can put right carries
// words for that person.
type Content interface {
	// Monthly is the report of a month, as it stands at now, with some files.
	Monthly(ctx context.Context, r region.Region, month calendar.Month, files []File, now time.Time) (Message, error)
	// Digest is the summary of a week, Monday to Sunday.
	Digest(ctx context.Context, r region.Region, week calendar.Week, now time.Time) (Message, error)
	// Alerts lists everything the rules find at now, told before or not.
	Alerts(ctx context.Context, r region.Region, rules AlertRules, now time.Time) ([]Alert, error)
	// Alarm is the message that tells of some alerts.
	Alarm(r region.Region, alerts []Alert, now time.Time) (Message, error)
}

package delivery

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// parcel is a message on its way to one recipient.
type parcel struct {
	Message
	// ID is the same for every attempt at the same content, so that the other
	// side can recognise a repetition.
	ID string
	// To is the address, empty for the unnamed recipient.
	To       string
	Region   string
	Schedule string
	Kind     ScheduleKind
	Period   string
	At       time.Time
}

// sender sends parcels over one channel. Every error is a *Failure.
type sender interface {
	send(ctx context.Context, p parcel) error
	// repeatable says that sending the same parcel twice does no harm.
	repeatable() bool
}

// sender makes the sender of a channel.
func (c *Channel) sender(transport http.RoundTripper) sender {
	client := &http.Client{
		Transport: transport,
		// A message goes where it was told to go, or nowhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	switch c.Kind {
	case Telegram:
		return &telegramSender{channel: c, client: client}
	case Webhook:
		return &webhookSender{channel: c, client: client}
	case Folder:
		return &folderSender{path: c.Path}
	}
	return &emailSender{channel: c}
}

// Outcome is what is known of a sending that failed.
type Outcome int

const (
	// NotSent: it did not arrive; trying again may help.
	NotSent Outcome = iota
	// Refused: it did not arrive, and the same again will not either.
	Refused
	// Unsure: it may have arrived.
	Unsure
)

// Failure is a sending that failed.
type Failure struct {
	Outcome Outcome
	// Words is one line in Indonesian, without an address or a secret.
	Words string
	// RetryAfter is the wait the other side asked for, 0 for none.
	RetryAfter time.Duration
	// Err is the cause, for the log; it holds no secret.
	Err error
}

// Error is the words for the person at the edge.
func (f *Failure) Error() string { return f.Words }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

// failure makes a failure out of any error.
func failure(err error) *Failure {
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return &Failure{Outcome: NotSent, Words: oneLine(err.Error(), 300), Err: err}
}

func failuref(o Outcome, err error, format string, args ...any) *Failure {
	return &Failure{Outcome: o, Words: fmt.Sprintf(format, args...), Err: err}
}

// fullDisk says that a write failed for want of room: no space, quota, or a
// limit on the size of files.
func fullDisk(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// maxAttachment bounds an attachment that has to be held in memory: mail
// servers and Telegram take no more.
const maxAttachment = 45 << 20

// contents writes an attachment into memory.
func (a Attachment) contents() ([]byte, error) {
	var b bytes.Buffer
	if err := a.Write(&limited{w: &b, left: maxAttachment}); err != nil {
		if errors.Is(err, errTooLarge) {
			return nil, failuref(Refused, err, "lampiran %s lebih besar dari %d MB; kirim ke folder saja", a.Name, maxAttachment>>20)
		}
		return nil, failuref(NotSent, err, "lampiran %s tidak dapat dibuat", a.Name)
	}
	return b.Bytes(), nil
}

var errTooLarge = errors.New("delivery: attachment too large")

type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		return 0, errTooLarge
	}
	l.left -= len(p)
	return l.w.Write(p)
}

// without takes secrets and addresses out of an error before it is logged.
func without(err error, secrets ...string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "***")
		}
	}
	return errors.New(oneLine(text, 400))
}

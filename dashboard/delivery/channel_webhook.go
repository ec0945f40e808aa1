package delivery

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// webhookSender posts messages as JSON, for gateways to WhatsApp and the like.
type webhookSender struct {
	channel *Channel
	client  *http.Client
}

func (*webhookSender) repeatable() bool { return false }

// webhookBody is what a gateway receives. Region codes are Kemendagri's, at is
// UTC.
type webhookBody struct {
	ID       string        `json:"id"`
	Region   string        `json:"region"`
	Schedule string        `json:"schedule"`
	Kind     ScheduleKind  `json:"kind"`
	Period   string        `json:"period"`
	At       time.Time     `json:"at"`
	To       string        `json:"to"`
	Subject  string        `json:"subject"`
	Text     string        `json:"text"`
	HTML     string        `json:"html"`
	Files    []webhookFile `json:"files"`
}

// webhookFile is an attachment; Content is base64 in JSON.
type webhookFile struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	SHA256  string `json:"sha256"`
	Content []byte `json:"content"`
}

// The headers of a webhook. The signature is the HMAC-SHA256 of the timestamp
// (seconds since 1970), a full stop and the body: a receiver that refuses old
// timestamps cannot be fed an old message again.
const (
	headerSignature = "X-Gaung-Signature"
	headerTimestamp = "X-Gaung-Timestamp"
	headerDelivery  = "X-Gaung-Delivery"
)

// Signature is the value of the signature header of a webhook.
func Signature(secret, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func (s *webhookSender) send(ctx context.Context, p parcel) error {
	who := "webhook " + s.channel.Name
	secret, err := readSecret(s.channel.Secret)
	if err != nil {
		return failuref(NotSent, err, "%v", err)
	}
	body, err := s.body(p)
	if err != nil {
		return err
	}
	timestamp := strconv.FormatInt(p.At.Unix(), 10)
	header := http.Header{
		"Content-Type":    {"application/json"},
		"Idempotency-Key": {p.ID},
		headerDelivery:    {p.ID},
		headerTimestamp:   {timestamp},
		headerSignature:   {Signature(secret, timestamp, body)},
	}
	var authorization string
	if s.channel.Authorization != "" {
		if authorization, err = readSecret(s.channel.Authorization); err != nil {
			return failuref(NotSent, err, "%v", err)
		}
		header.Set("Authorization", authorization)
	}
	a, err := post(ctx, s.client, who, s.channel.URL, header, bytes.NewReader(body), secret, authorization, p.To)
	if err != nil {
		return err
	}
	if f := a.judge(who); f != nil {
		return f
	}
	return nil
}

func (s *webhookSender) body(p parcel) ([]byte, error) {
	out := webhookBody{
		ID: p.ID, Region: p.Region, Schedule: p.Schedule, Kind: p.Kind, Period: p.Period, At: p.At.UTC(),
		To: p.To, Subject: p.Subject, Text: p.Text, HTML: p.HTML, Files: []webhookFile{},
	}
	if s.channel.Files {
		for _, a := range p.Attachments {
			data, err := a.contents()
			if err != nil {
				return nil, err
			}
			sum := sha256.Sum256(data)
			out.Files = append(out.Files, webhookFile{a.Name, a.Type, hex.EncodeToString(sum[:]), data})
		}
	}
	body, err := json.Marshal(out)
	if err != nil {
		return nil, failuref(Refused, err, "pesan webhook tidak dapat disusun")
	}
	return body, nil
}

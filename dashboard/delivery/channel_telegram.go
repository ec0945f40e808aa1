package delivery

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"time"
	"unicode/utf16"
)

// The limits of the Bot API, in UTF-16 units.
const (
	telegramText    = 4096
	telegramCaption = 1024
)

// telegramSender sends through a Telegram bot. Texts go without a parse mode,
// so that nothing in them is markup.
type telegramSender struct {
	channel *Channel
	client  *http.Client
}

func (*telegramSender) repeatable() bool { return false }

const telegramName = "Telegram"

func (s *telegramSender) send(ctx context.Context, p parcel) error {
	token, err := readSecret(s.channel.Token)
	if err != nil {
		return failuref(NotSent, err, "%v", err)
	}
	files := make([][]byte, len(p.Attachments))
	for i, a := range p.Attachments {
		if files[i], err = a.contents(); err != nil {
			return err
		}
	}
	text := p.Subject + "\n\n" + p.Text
	caption := ""
	if len(files) > 0 && units(text) <= telegramCaption {
		caption = text // one request instead of two: nothing can arrive by halves
	} else if err := s.text(ctx, token, p.To, text); err != nil {
		return err
	}
	for i, a := range p.Attachments {
		if err := s.document(ctx, token, p.To, caption, a, files[i]); err != nil {
			f := failure(err)
			if i > 0 || caption == "" {
				// Trying all of it again would repeat what has arrived.
				return &Failure{Outcome: Unsure, Words: "teks sudah terkirim ke Telegram, tetapi lampiran " + a.Name + " gagal: " + f.Words, Err: f.Err}
			}
			return f
		}
		caption = ""
	}
	return nil
}

func (s *telegramSender) text(ctx context.Context, token, chat, text string) error {
	body, err := json.Marshal(map[string]any{
		"chat_id": chat, "text": cut(text, telegramText), "link_preview_options": map[string]bool{"is_disabled": true},
	})
	if err != nil {
		return failuref(Refused, err, "pesan Telegram tidak dapat disusun")
	}
	return s.call(ctx, token, chat, "sendMessage", "application/json", bytes.NewReader(body))
}

func (s *telegramSender) document(ctx context.Context, token, chat, caption string, a Attachment, data []byte) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	write := func() error {
		if err := form.WriteField("chat_id", chat); err != nil {
			return err
		}
		if caption != "" {
			if err := form.WriteField("caption", caption); err != nil {
				return err
			}
		}
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", multipart.FileContentDisposition("document", oneLine(a.Name, 120)))
		header.Set("Content-Type", a.Type)
		part, err := form.CreatePart(header)
		if err != nil {
			return err
		}
		if _, err := part.Write(data); err != nil {
			return err
		}
		return form.Close()
	}
	if err := write(); err != nil {
		return failuref(Refused, err, "lampiran Telegram tidak dapat disusun")
	}
	return s.call(ctx, token, chat, "sendDocument", form.FormDataContentType(), &body)
}

func (s *telegramSender) call(ctx context.Context, token, chat, method, kind string, body io.Reader) error {
	header := http.Header{"Content-Type": {kind}}
	a, err := post(ctx, s.client, telegramName, s.channel.URL+"/bot"+token+"/"+method, header, body, token, chat)
	if err != nil {
		return err
	}
	var said struct {
		OK          bool   `json:"ok"`
		Description string `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	readable := json.Unmarshal(a.body, &said) == nil
	if f := a.judge(telegramName); f != nil {
		f.Err = without(errors.New(said.Description), token, chat)
		f.RetryAfter = max(f.RetryAfter, time.Duration(said.Parameters.RetryAfter)*time.Second)
		switch a.status {
		case http.StatusUnauthorized, http.StatusNotFound:
			f.Words = "Telegram tidak mengenal bot ini; periksa rahasia " + s.channel.Token
		case http.StatusForbidden:
			f.Words = "bot Telegram belum diizinkan di obrolan tujuan; masukkan bot ke grup atau mulai obrolan"
		}
		return f
	}
	if !readable || !said.OK {
		return failuref(Unsure, without(errors.New(said.Description), token, chat), "jawaban Telegram tidak dapat dibaca; periksa url pada saluran %s", s.channel.Name)
	}
	return nil
}

// units counts UTF-16 units, in which Telegram measures.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// cut shortens a text to a number of UTF-16 units and says so.
func cut(s string, limit int) string {
	const rest = "\n… (selebihnya di dasbor)"
	if units(s) <= limit {
		return s
	}
	left := limit - units(rest)
	var b strings.Builder
	for _, r := range s {
		if left -= utf16.RuneLen(r); left < 0 {
			break
		}
		b.WriteRune(r)
	}
	return b.String() + rest
}

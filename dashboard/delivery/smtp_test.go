package delivery

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// postOffice is a mail server after RFC 5321 that keeps what it is given.
type postOffice struct {
	listener net.Listener
	tls      *tls.Config // offers STARTTLS when set
	implicit bool        // TLS from the first byte
	auth     string      // user NUL password that AUTH PLAIN must give; empty offers none

	// rcpt and data are the answers to RCPT and to the end of the data; empty
	// accepts.
	rcpt, data string
	// drop hangs up: "greeting", "data" (before the data), "end" (after the
	// data, without an answer).
	drop string

	mu       sync.Mutex
	messages []received
	tlsUsed  bool
}

type received struct {
	from string
	to   []string
	data string
}

func (o *postOffice) open(t *testing.T) *postOffice {
	t.Helper()
	var err error
	if o.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if o.implicit {
		o.listener = tls.NewListener(o.listener, o.tls)
	}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := o.listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { o.serve(conn) })
		}
	})
	t.Cleanup(func() {
		o.listener.Close()
		open.Wait()
	})
	return o
}

func (o *postOffice) port() int { return o.listener.Addr().(*net.TCPAddr).Port }

func (o *postOffice) kept() []received {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.messages)
}

func (o *postOffice) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	if o.drop == "greeting" {
		return
	}
	text := textproto.NewConn(conn)
	say := func(line string) { _ = text.PrintfLine("%s", line) }
	say("220 contoh.example ESMTP")
	var m received
	encrypted, known := o.implicit, o.auth == ""
	for {
		line, err := text.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			list := []string{"contoh.example", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"}
			if o.tls != nil && !encrypted {
				list = append(list, "STARTTLS")
			}
			if o.auth != "" {
				list = append(list, "AUTH PLAIN")
			}
			for i, l := range list {
				mark := "-"
				if i == len(list)-1 {
					mark = " "
				}
				say("250" + mark + l)
			}
		case "STARTTLS":
			say("220 2.0.0 go")
			secure := tls.Server(conn, o.tls)
			if secure.Handshake() != nil {
				return
			}
			conn, text, encrypted = secure, textproto.NewConn(secure), true
			o.mu.Lock()
			o.tlsUsed = true
			o.mu.Unlock()
		case "AUTH":
			raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if string(raw) != "\x00"+o.auth {
				say("535 5.7.8 no")
				continue
			}
			known = true
			say("235 2.7.0 ok")
		case "MAIL":
			if !known {
				say("530 5.7.0 authenticate")
				continue
			}
			m = received{from: rest}
			say("250 2.1.0 ok")
		case "RCPT":
			if o.rcpt != "" {
				say(o.rcpt)
				continue
			}
			m.to = append(m.to, rest)
			say("250 2.1.5 ok")
		case "DATA":
			if o.drop == "data" {
				return
			}
			say("354 go on")
			data, err := text.ReadDotBytes()
			if err != nil || o.drop == "end" {
				return
			}
			if o.data != "" {
				say(o.data)
				continue
			}
			m.data = string(data)
			o.mu.Lock()
			o.messages = append(o.messages, m)
			o.mu.Unlock()
			say("250 2.0.0 kept")
		case "RSET", "NOOP":
			say("250 2.0.0 ok")
		case "QUIT":
			say("221 2.0.0 bye")
			return
		default:
			say("502 5.5.2 what")
		}
	}
}

// certificate is a fresh certificate for 127.0.0.1 and the file of its CA.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "contoh"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, path
}

func (o *postOffice) channel() *Channel {
	return &Channel{Name: "surel", Kind: Email, Host: "127.0.0.1", Port: o.port(), Security: NoTLS, From: "Gaung Dinas Kominfo <gaung@contoh.example>"}
}

func mailParcel() parcel {
	return parcel{
		Message: testMessage, ID: "ABC123", To: "Bupati Contoh <bupati@contoh.example>", Schedule: "bulanan", Kind: Monthly,
		At: time.Date(2026, 11, 6, 1, 0, 0, 0, time.UTC),
	}
}

// parts reads a mail as a mail program does: the leaves by media type.
func parts(t *testing.T, data string) (mail.Header, map[string]string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	var walk func(h textproto.MIMEHeader, body io.Reader)
	walk = func(h textproto.MIMEHeader, body io.Reader) {
		kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
		if err != nil {
			t.Fatalf("%v: %q", err, h.Get("Content-Type"))
		}
		if strings.HasPrefix(kind, "multipart/") {
			r := multipart.NewReader(body, params["boundary"])
			for {
				part, err := r.NextRawPart()
				if err != nil {
					return
				}
				walk(part.Header, part)
			}
		}
		switch h.Get("Content-Transfer-Encoding") {
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		}
		all, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		found[kind] = strings.ReplaceAll(string(all), "\r\n", "\n")
		if _, p, err := mime.ParseMediaType(h.Get("Content-Disposition")); err == nil && p["filename"] != "" {
			found["file"] = p["filename"]
		}
	}
	walk(textproto.MIMEHeader(m.Header), m.Body)
	return m.Header, found
}

func TestEmail(t *testing.T) {
	office := (&postOffice{}).open(t)
	s := &emailSender{office.channel()}
	p := mailParcel()
	p.Subject = "Laporan Kabupaten Contoh — Oktober 2026: naik 5 %"
	if err := s.send(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	kept := office.kept()
	if len(kept) != 1 || !strings.HasPrefix(kept[0].from, "FROM:<gaung@contoh.example>") || len(kept[0].to) != 1 || !strings.HasPrefix(kept[0].to[0], "TO:<bupati@contoh.example>") {
		t.Fatalf("kept %+v", kept)
	}
	header, found := parts(t, kept[0].data)
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || subject != p.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	date, err := header.Date()
	if err != nil || !date.Equal(p.At) {
		t.Errorf("date %v, %v", date, err)
	}
	if header.Get("Message-Id") != "<gaung-ABC123@contoh.example>" || header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("header %v", header)
	}
	want := map[string]string{
		"text/plain": p.Text, "text/html": p.HTML, "application/octet-stream": "buku kerja", "file": "laporan.xlsx",
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

func TestEmailHeadersCannotBeInjected(t *testing.T) {
	office := (&postOffice{}).open(t)
	p := mailParcel()
	p.Subject = "Peringatan\r\nBcc: semua@contoh.example\r\n\r\n<script>alert(1)</script>\u202e\x00"
	p.Attachments = slices.Clone(p.Attachments)
	p.Attachments[0].Name = "a\"\r\nX-Evil: 1\r\n.xlsx"
	if err := (&emailSender{office.channel()}).send(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	kept := office.kept()
	header, _ := parts(t, kept[0].data)
	if len(kept[0].to) != 1 || header.Get("Bcc") != "" || strings.Contains(kept[0].data, "\nX-Evil") {
		t.Errorf("injected: %+v", kept[0])
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || subject != "Peringatan Bcc: semua@contoh.example <script>alert(1)</script>" {
		t.Errorf("subject %q, %v", subject, err)
	}
}

func TestEmailSecurity(t *testing.T) {
	config, ca := certificate(t)
	t.Setenv("GAUNG_SECRET_SMTP", "rahasia")
	for _, c := range []struct {
		name     string
		office   *postOffice
		security Security
		ca, user string
		want     Outcome // -1 for sent
		words    string
	}{
		{"starttls", &postOffice{tls: config, auth: "gaung\x00rahasia"}, StartTLS, ca, "gaung", -1, ""},
		{"tls", &postOffice{tls: config, implicit: true, auth: "gaung\x00rahasia"}, TLS, ca, "gaung", -1, ""},
		{"none with a password on this machine", &postOffice{auth: "gaung\x00rahasia"}, NoTLS, "", "gaung", -1, ""},
		{"an unknown certificate", &postOffice{tls: config}, StartTLS, "", "", NotSent, "tidak dipercaya"},
		{"no STARTTLS offered", &postOffice{}, StartTLS, ca, "", Refused, "tidak menawarkan STARTTLS"},
		{"a wrong password", &postOffice{tls: config, auth: "gaung\x00lain"}, StartTLS, ca, "gaung", Refused, "kode 535"},
		{"no password where one is needed", &postOffice{auth: "gaung\x00lain"}, NoTLS, "", "", Refused, "kode 530"},
		{"a CA that is no certificate", &postOffice{tls: config}, StartTLS, os.Args[0], "", NotSent, "ca_file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			channel := c.office.open(t).channel()
			channel.Security, channel.CAFile, channel.Username = c.security, c.ca, c.user
			if c.user != "" {
				channel.Password = "GAUNG_SECRET_SMTP"
			}
			err := (&emailSender{channel}).send(t.Context(), mailParcel())
			if c.want < 0 {
				if err != nil || len(c.office.kept()) != 1 {
					t.Fatalf("%v, %d kept", err, len(c.office.kept()))
				}
				if c.security == StartTLS && !c.office.tlsUsed {
					t.Error("sent without encryption")
				}
				return
			}
			f := mustOutcome(t, err, c.want)
			if !strings.Contains(f.Words, c.words) || strings.Contains(f.Words, "rahasia\"") || (f.Err != nil && strings.Contains(f.Err.Error(), "rahasia")) {
				t.Errorf("words %q, cause %v", f.Words, f.Err)
			}
			if len(c.office.kept()) != 0 {
				t.Error("sent all the same")
			}
		})
	}
}

func TestEmailThatFails(t *testing.T) {
	for _, c := range []struct {
		name   string
		office *postOffice
		want   Outcome
		words  string
	}{
		{"refused for good", &postOffice{rcpt: "550 5.1.1 <bupati@contoh.example> no such user"}, Refused, "kode 550"},
		{"refused for now", &postOffice{rcpt: "451 4.7.1 greylisted"}, NotSent, "kode 451"},
		{"refused after the data", &postOffice{data: "552 5.3.4 too big"}, Refused, "kode 552"},
		{"busy after the data", &postOffice{data: "452 4.3.1 full"}, NotSent, "kode 452"},
		{"hangs up after the data", &postOffice{drop: "end"}, Unsure, "tidak diketahui"},
		{"hangs up before the data", &postOffice{drop: "data"}, Unsure, "tidak diketahui"},
		{"hangs up at once", &postOffice{drop: "greeting"}, NotSent, "sebelum surel dikirim"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := mustOutcome(t, (&emailSender{c.office.open(t).channel()}).send(t.Context(), mailParcel()), c.want)
			if !strings.Contains(f.Words, c.words) {
				t.Errorf("words %q", f.Words)
			}
			if strings.Contains(f.Words, "bupati") || strings.Contains(f.Err.Error(), "bupati") {
				t.Errorf("an address in %q or %v", f.Words, f.Err)
			}
		})
	}
	t.Run("unreachable", func(t *testing.T) {
		office := (&postOffice{}).open(t)
		channel := office.channel()
		office.listener.Close()
		f := mustOutcome(t, (&emailSender{channel}).send(t.Context(), mailParcel()), NotSent)
		if !strings.Contains(f.Words, "tidak dapat dihubungi") {
			t.Errorf("words %q", f.Words)
		}
	})
	t.Run("without its secret", func(t *testing.T) {
		channel := (&postOffice{}).open(t).channel()
		channel.Username, channel.Password = "gaung", "GAUNG_SECRET_TIDAK_ADA"
		f := mustOutcome(t, (&emailSender{channel}).send(t.Context(), mailParcel()), NotSent)
		if !strings.Contains(f.Words, "GAUNG_SECRET_TIDAK_ADA_FILE") {
			t.Errorf("words %q", f.Words)
		}
	})
	t.Run("a huge attachment", func(t *testing.T) {
		p := mailParcel()
		p.Attachments = []Attachment{{Name: "besar.xlsx", Write: func(w io.Writer) error {
			block := bytes.Repeat([]byte("x"), 1<<20)
			for {
				if _, err := w.Write(block); err != nil {
					return err
				}
			}
		}}}
		mustOutcome(t, (&emailSender{(&postOffice{}).open(t).channel()}).send(t.Context(), p), Refused)
	})
}

// TestServiceOverSMTP goes the whole way, from the clock to the mail server.
func TestServiceOverSMTP(t *testing.T) {
	office := (&postOffice{rcpt: "451 4.7.1 later"}).open(t)
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	d := newDesk(t, newConn(t), scheduleConfig, c, nil)
	d.senders["surel"] = &emailSender{office.channel()}
	d.Once(t.Context())
	if got := d.only(t); got.Status != StatusFailed {
		t.Fatalf("delivery %+v", got)
	}
	office.rcpt = ""
	c.add(time.Minute)
	for range 3 {
		d.Once(t.Context())
		c.add(time.Hour)
	}
	if got := d.only(t); got.Status != StatusSent || len(office.kept()) != 1 {
		t.Errorf("delivery %+v, %d kept", got, len(office.kept()))
	}
}

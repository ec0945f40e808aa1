package delivery

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	netmail "net/mail"
	"net/textproto"
	"os"
	"strings"
	"sync"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// emailSender sends by SMTP, one message per recipient.
type emailSender struct{ channel *Channel }

func (*emailSender) repeatable() bool { return false }

func (s *emailSender) send(ctx context.Context, p parcel) error {
	message, err := s.message(p)
	if err != nil {
		return err
	}
	line := &smtpLine{}
	client, secret, err := s.client(line)
	if err != nil {
		return err
	}
	// The library heeds the context while it dials only, and leaves the
	// connection open when the greeting or the login fails.
	hangUp := context.AfterFunc(ctx, line.close)
	err = client.DialAndSendWithContext(ctx, message)
	hangUp()
	line.close()
	if err == nil || message.IsDelivered() {
		return nil // what went wrong after the server's 250 is no matter
	}
	return s.judge(err, secret, p.To)
}

// message writes the mail: plain text first, HTML beside it, then the files.
func (s *emailSender) message(p parcel) (*mail.Msg, error) {
	from, err := netmail.ParseAddress(s.channel.From)
	if err != nil {
		return nil, failuref(Refused, err, "alamat pengirim salah tulis; perbaiki from pada saluran %s", s.channel.Name)
	}
	to, err := netmail.ParseAddress(p.To)
	if err != nil {
		return nil, failuref(Refused, errors.New("bad recipient"), "alamat penerima salah tulis; perbaiki recipients pada jadwal %s", p.Schedule)
	}
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	m.FromMailAddress(from)
	m.ToMailAddress(to)
	m.Subject(oneLine(p.Subject, 200))
	m.SetDateWithValue(p.At)
	_, domain, _ := strings.Cut(from.Address, "@")
	m.SetMessageIDWithValue("gaung-" + p.ID + "@" + domain)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies, please
	m.SetBodyString(mail.TypeTextPlain, p.Text)
	if p.HTML != "" {
		m.AddAlternativeString(mail.TypeTextHTML, p.HTML)
	}
	for _, a := range p.Attachments {
		data, err := a.contents()
		if err != nil {
			return nil, err
		}
		m.AttachReadSeeker(oneLine(a.Name, 120), bytes.NewReader(data), mail.WithFileContentType(mail.ContentType(a.Type)))
	}
	return m, nil
}

// client makes a connection's settings; nothing is dialled yet. It also gives
// the password, to keep it out of the log.
func (s *emailSender) client(line *smtpLine) (*mail.Client, string, error) {
	c := s.channel
	config := &tls.Config{ServerName: c.Host, MinVersion: tls.VersionTLS12}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		config.RootCAs = x509.NewCertPool()
		if err != nil || !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, "", failuref(NotSent, err, "sertifikat ca_file saluran %s tidak dapat dibaca", c.Name)
		}
	}
	options := []mail.Option{
		mail.WithPort(c.Port), mail.WithTimeout(sendTimeout), mail.WithTLSConfig(config), mail.WithDialContextFunc(line.dial),
	}
	switch c.Security {
	case TLS:
		// The line is encrypted from the first byte; that is also what the
		// library finds when it asks whether a password may be sent.
		line.tls = config
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	case StartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	var secret string
	if c.Username != "" {
		var err error
		if secret, err = readSecret(c.Password); err != nil {
			return nil, "", failuref(NotSent, err, "%v", err)
		}
		auth := mail.SMTPAuthAutoDiscover
		if c.Security == NoTLS { // this machine or the office's own network only, see complete
			auth = mail.SMTPAuthPlainNoEnc
		}
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(c.Username), mail.WithPassword(secret))
	}
	client, err := mail.NewClient(c.Host, options...)
	if err != nil {
		return nil, "", failuref(NotSent, without(err, secret), "setelan SMTP saluran %s tidak dapat dipakai", c.Name)
	}
	return client, secret, nil
}

// smtpLine is the one connection of a sending.
type smtpLine struct {
	tls *tls.Config // TLS from the first byte

	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

func (l *smtpLine) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var conn net.Conn
	var err error
	if l.tls != nil {
		conn, err = (&tls.Dialer{Config: l.tls}).DialContext(ctx, network, address)
	} else {
		conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
	}
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn = conn; l.closed {
		conn.Close()
	}
	return conn, nil
}

func (l *smtpLine) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.conn != nil {
		l.conn.Close()
	}
}

// judge says what an SMTP error means. Only while the content was on its way
// without an answer is it uncertain whether the mail was taken.
func (s *emailSender) judge(err error, secret, to string) *Failure {
	cause := without(err, secret, to, bare(to))
	var sent *mail.SendError
	if errors.As(err, &sent) {
		code := sent.ErrorCode()
		switch {
		case code >= 500:
			return failuref(Refused, cause, "server SMTP menolak surel ini (kode %d)", code)
		case code >= 400:
			return failuref(NotSent, cause, "server SMTP belum mau menerima (kode %d)", code)
		case sent.Reason == mail.ErrSMTPDataClose || sent.Reason == mail.ErrWriteContent || sent.Reason == mail.ErrSMTPData:
			return failuref(Unsure, cause, "sambungan SMTP putus sebelum server menjawab; tidak diketahui apakah surel diterima")
		}
		return failuref(NotSent, cause, "sambungan SMTP putus sebelum surel dikirim")
	}
	var unknown *tls.CertificateVerificationError
	var dns *net.DNSError
	var network *net.OpError
	var said *textproto.Error
	code := 0
	if errors.As(err, &said) {
		code = said.Code
	}
	switch {
	case code >= 500:
		return failuref(Refused, cause, "server SMTP menolak masuk (kode %d); periksa username dan rahasia %s", code, s.channel.Password)
	case code >= 400:
		return failuref(NotSent, cause, "server SMTP belum siap (kode %d)", code)
	case errors.As(err, &unknown):
		return failuref(NotSent, cause, "sertifikat server SMTP tidak dipercaya; periksa host atau isi ca_file")
	case errors.As(err, &dns):
		return failuref(NotSent, cause, "server SMTP %s tidak ditemukan di DNS", s.channel.Host)
	case errors.As(err, &network) && network.Op == "dial":
		return failuref(NotSent, cause, "server SMTP %s port %d tidak dapat dihubungi", s.channel.Host, s.channel.Port)
	case strings.Contains(err.Error(), "STARTTLS"):
		return failuref(Refused, cause, "server SMTP tidak menawarkan STARTTLS; periksa port dan security pada saluran %s", s.channel.Name)
	case errors.Is(err, mail.ErrNoSupportedAuthDiscovered), errors.Is(err, mail.ErrPlainAuthNotSupported), errors.Is(err, smtp.ErrUnencrypted):
		return failuref(Refused, cause, "server SMTP tidak menawarkan cara masuk yang aman; periksa port dan security pada saluran %s", s.channel.Name)
	}
	return failuref(NotSent, cause, "percakapan dengan server SMTP gagal sebelum surel dikirim")
}

// bare is the address without a name.
func bare(to string) string {
	if a, err := netmail.ParseAddress(to); err == nil {
		return a.Address
	}
	return to
}

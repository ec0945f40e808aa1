package delivery

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxAnswer bounds what is read of an answer.
const maxAnswer = 64 << 10

// answer is what an HTTP server said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// post sends a request once. who names the other side in words; secrets are
// kept out of the error. Without an answer the message may have arrived,
// unless the connection was never made.
func post(ctx context.Context, client *http.Client, who, address string, header http.Header, body io.Reader, secrets ...string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, body)
	if err != nil {
		return answer{}, failuref(Refused, without(err, secrets...), "alamat %s salah tulis", who)
	}
	request.Header = header
	request.Header.Set("User-Agent", "Gaung")
	response, err := client.Do(request)
	if err != nil {
		return answer{}, unanswered(err, who, secrets)
	}
	defer response.Body.Close()
	// The status is the answer; a body cut short is judged by its reader.
	text, _ := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	return answer{response.StatusCode, response.Header, text}, nil
}

// unanswered judges a request without an answer.
func unanswered(err error, who string, secrets []string) *Failure {
	// The address, which may hold a token, is part of url.Error's text.
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	cause := without(err, secrets...)
	var dns *net.DNSError
	var network *net.OpError
	switch {
	case errors.As(err, &dns):
		return failuref(NotSent, cause, "alamat %s tidak ditemukan di DNS", who)
	case errors.As(err, &network) && network.Op == "dial":
		return failuref(NotSent, cause, "%s tidak dapat dihubungi", who)
	case strings.Contains(err.Error(), "tls: "), strings.Contains(err.Error(), "x509: "):
		return failuref(NotSent, cause, "sertifikat %s tidak dipercaya", who)
	case errors.Is(err, context.DeadlineExceeded):
		return failuref(Unsure, cause, "%s tidak menjawab sampai batas waktu; tidak diketahui apakah pesan sampai", who)
	}
	return failuref(Unsure, cause, "sambungan ke %s putus sebelum dijawab; tidak diketahui apakah pesan sampai", who)
}

// judge says what a status means; nil for success.
func (a answer) judge(who string) *Failure {
	switch {
	case a.status >= 200 && a.status < 300:
		return nil
	case a.status == http.StatusTooManyRequests:
		f := failuref(NotSent, nil, "%s membatasi jumlah pesan (429)", who)
		f.RetryAfter = retryAfter(a.header)
		return f
	case a.status >= 500 || a.status == http.StatusRequestTimeout || a.status == http.StatusTooEarly:
		f := failuref(NotSent, nil, "%s sedang bermasalah (%d)", who, a.status)
		f.RetryAfter = retryAfter(a.header)
		return f
	case a.status >= 300 && a.status < 400:
		return failuref(Refused, nil, "%s mengalihkan ke alamat lain (%d); tulis alamat akhirnya di konfigurasi", who, a.status)
	}
	return failuref(Refused, nil, "%s menolak pesan ini (%d)", who, a.status)
}

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3). A date is
// measured from the server's own Date. What cannot be read is 0.
func retryAfter(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.Atoi(text); err == nil {
		return time.Duration(min(max(seconds, 0), 7*24*3600)) * time.Second
	}
	at, err := http.ParseTime(text)
	date, derr := http.ParseTime(h.Get("Date"))
	if err != nil || derr != nil {
		return 0
	}
	return max(at.Sub(date), 0)
}

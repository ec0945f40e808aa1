package source

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// classifyNetwork turns an error of the transport into a Failure. host is
// only used for the words. A context that the caller cancelled is no fault of
// the source and must be sorted out before.
func classifyNetwork(err error, host string, timeout time.Duration) *Failure {
	var (
		private *privateAddressError
		dns     *net.DNSError
		netErr  net.Error
	)
	switch {
	case errors.As(err, &private):
		return &Failure{Reason: ReasonPrivateAddress, Err: err, Words: private.words()}
	case errors.As(err, &dns):
		if dns.IsNotFound {
			return &Failure{Reason: ReasonDNS, Err: err, Words: fmt.Sprintf("nama situs %s tidak ditemukan (DNS); periksa ejaan alamat atau tanyakan apakah domainnya masih aktif", host)}
		}
		return &Failure{Reason: ReasonDNS, Err: err, Words: fmt.Sprintf("nama situs %s tidak dapat dicari (server DNS tidak menjawab); periksa jaringan komputer ini", host)}
	case isTLS(err):
		return &Failure{Reason: ReasonTLS, Err: err, Words: tlsWords(err, host)}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		return &Failure{Reason: ReasonTimeout, Err: err, Words: fmt.Sprintf("situs %s tidak selesai menjawab dalam %d detik; dicoba lagi pada giliran berikutnya", host, int(timeout.Seconds()))}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &Failure{Reason: ReasonRefused, Err: err, Words: fmt.Sprintf("situs %s menolak sambungan; server webnya mati atau portnya salah", host)}
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return &Failure{Reason: ReasonUnreachable, Err: err, Words: fmt.Sprintf("situs %s tidak terjangkau dari jaringan ini; periksa jaringan atau VPN", host)}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return &Failure{Reason: ReasonConnection, Err: err, Words: fmt.Sprintf("sambungan ke %s terputus sebelum jawaban lengkap; dicoba lagi pada giliran berikutnya", host)}
	}
	return &Failure{Reason: ReasonConnection, Err: err, Words: fmt.Sprintf("sambungan ke %s gagal; lihat log untuk rinciannya", host)}
}

func isTLS(err error) bool {
	var (
		verify  *tls.CertificateVerificationError
		record  tls.RecordHeaderError
		alert   tls.AlertError
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		name    x509.HostnameError
	)
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &unknown) || errors.As(err, &invalid) || errors.As(err, &name)
}

func tlsWords(err error, host string) string {
	var (
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		name    x509.HostnameError
		record  tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &unknown):
		return fmt.Sprintf("sertifikat HTTPS %s diterbitkan pihak yang tidak dikenal; minta pengelola situs memasang sertifikat resmi lengkap dengan rantainya", host)
	case errors.As(err, &name):
		return fmt.Sprintf("sertifikat HTTPS %s bukan untuk nama itu; periksa alamat (dengan atau tanpa www) atau minta pengelola situs memperbaikinya", host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Sprintf("sertifikat HTTPS %s kedaluwarsa; minta pengelola situs memperbaruinya", host)
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Sprintf("%s tidak berbicara HTTPS pada port itu; coba alamat http:// atau periksa portnya", host)
	}
	return fmt.Sprintf("sambungan aman (HTTPS) ke %s gagal; minta pengelola situs memeriksa sertifikat dan versi TLS-nya", host)
}

// statusFailure turns an HTTP status that is neither 2xx nor an expected 304
// into a Failure.
func statusFailure(status int, address string) *Failure {
	f := &Failure{HTTPStatus: status, Reason: fmt.Sprintf("http_%d", status)}
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		f.Words = fmt.Sprintf("%s menolak pembacaan (%d); minta pengelola situs mengizinkan Gaung pada firewall atau plugin keamanannya", address, status)
	case status == http.StatusNotFound, status == http.StatusGone:
		f.Words = fmt.Sprintf("%s tidak ada (%d); periksa alamat sumber di gaung.yaml", address, status)
	case status == http.StatusTooManyRequests:
		f.Words = fmt.Sprintf("%s meminta jeda (429, terlalu sering dibaca); perbesar `every` atau perkecil `rate_per_second` sumber ini", address)
	case status >= 500:
		f.Reason = "http_5xx"
		f.Words = fmt.Sprintf("%s sedang rusak (kesalahan server %d); dicoba lagi pada giliran berikutnya", address, status)
	default:
		f.Words = fmt.Sprintf("%s menjawab dengan kode %d yang tidak dapat dipakai; periksa alamat sumber di gaung.yaml", address, status)
	}
	return f
}

// temporary says whether trying again within the same poll can help.
func (f *Failure) temporary() bool {
	switch f.Reason {
	case ReasonTimeout, ReasonRefused, ReasonConnection, ReasonUnreachable, "http_5xx":
		return true
	case ReasonDNS:
		var dns *net.DNSError
		return errors.As(f.Err, &dns) && !dns.IsNotFound
	}
	switch f.HTTPStatus {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return false
}

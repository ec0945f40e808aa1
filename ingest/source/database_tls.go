package source

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
)

// The values of sslmode in a DSN, as PostgreSQL has them; MySQL and MariaDB
// are configured by the same words.
const (
	sslDisable    = "disable"
	sslAllow      = "allow"
	sslPrefer     = "prefer"
	sslRequire    = "require"
	sslVerifyCA   = "verify-ca"
	sslVerifyFull = "verify-full"
)

// sslModes are the modes that a DSN may name. "allow" is PostgreSQL's own and
// means no more than "prefer".
var sslModes = []string{sslDisable, sslAllow, sslPrefer, sslRequire, sslVerifyCA, sslVerifyFull}

// sslKeys are the parameters of a DSN that are about TLS: the mode, the file
// (PEM) of the authority that signed the server's certificate, and the
// client's own certificate and key.
var sslKeys = []string{"sslmode", "sslrootcert", "sslcert", "sslkey"}

// databaseTLS is what a DSN says about TLS.
type databaseTLS struct {
	mode              string
	root, cert, key   string
	authorities       *x509.CertPool
	clientCertificate *tls.Certificate
}

// readTLS checks the TLS parameters of a DSN of the form scheme://…; files are
// read now, so that a wrong name is told before the first poll. The Failure
// repeats no more of the DSN than these parameters.
func readTLS(query url.Values) (databaseTLS, *Failure) {
	bad := func(format string, args ...any) (databaseTLS, *Failure) {
		return databaseTLS{}, &Failure{Reason: ReasonBadURL, Words: "alamat basis data: " + fmt.Sprintf(format, args...)}
	}
	t := databaseTLS{mode: query.Get("sslmode"), root: query.Get("sslrootcert"), cert: query.Get("sslcert"), key: query.Get("sslkey")}
	if t.mode != "" && !slices.Contains(sslModes, t.mode) {
		return bad("sslmode=%s tidak dikenal; yang boleh: %s", cleanLine(t.mode, 40), strings.Join(sslModes, ", "))
	}
	verifies := t.mode == sslVerifyCA || t.mode == sslVerifyFull
	if t.root != "" && !verifies {
		return bad("sslrootcert hanya diperiksa dengan sslmode=%s atau %s", sslVerifyCA, sslVerifyFull)
	}
	if (t.cert == "") != (t.key == "") {
		return bad("sslcert dan sslkey ditulis keduanya atau tidak sama sekali")
	}
	if t.root != "" {
		pem, err := os.ReadFile(t.root)
		if err != nil {
			return bad("berkas sslrootcert %s tidak dapat dibaca; periksa nama dan izinnya", cleanLine(t.root, 200))
		}
		t.authorities = x509.NewCertPool()
		if !t.authorities.AppendCertsFromPEM(pem) {
			return bad("berkas sslrootcert %s tidak memuat sertifikat PEM", cleanLine(t.root, 200))
		}
	}
	if t.cert != "" {
		pair, err := tls.LoadX509KeyPair(t.cert, t.key)
		if err != nil {
			return bad("sslcert %s dan sslkey %s tidak dapat dibaca atau bukan pasangan", cleanLine(t.cert, 200), cleanLine(t.key, 200))
		}
		t.clientCertificate = &pair
	}
	return t, nil
}

// config is the TLS of a connection to a host, nil for none.
func (t databaseTLS) config(host string) *tls.Config {
	if t.mode == "" || t.mode == sslDisable {
		return nil
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: host, RootCAs: t.authorities}
	if t.clientCertificate != nil {
		c.Certificates = []tls.Certificate{*t.clientCertificate}
	}
	switch t.mode {
	case sslVerifyFull:
	case sslVerifyCA:
		// The name is not compared, the chain is.
		c.InsecureSkipVerify = true
		c.VerifyConnection = func(state tls.ConnectionState) error { return verifyChain(state, t.authorities) }
	default:
		c.InsecureSkipVerify = true // encrypted, but the server is not known
	}
	return c
}

// optional says that a server without TLS is taken too.
func (t databaseTLS) optional() bool { return t.mode == sslPrefer || t.mode == sslAllow }

func verifyChain(state tls.ConnectionState, authorities *x509.CertPool) error {
	if len(state.PeerCertificates) == 0 {
		return errors.New("source: the server sent no certificate")
	}
	options := x509.VerifyOptions{Roots: authorities, Intermediates: x509.NewCertPool()}
	for _, c := range state.PeerCertificates[1:] {
		options.Intermediates.AddCert(c)
	}
	if _, err := state.PeerCertificates[0].Verify(options); err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: state.PeerCertificates, Err: err}
	}
	return nil
}

// splitTLS takes the TLS parameters off a DSN of the form scheme://….
func splitTLS(dsn string) (rest string, t databaseTLS, failure *Failure) {
	u, err := url.Parse(dsn)
	if err != nil || !strings.Contains(dsn, "://") {
		return dsn, databaseTLS{}, nil
	}
	query := u.Query()
	if t, failure = readTLS(query); failure != nil {
		return "", databaseTLS{}, failure
	}
	for _, key := range sslKeys {
		query.Del(key)
	}
	u.RawQuery = query.Encode()
	return u.String(), t, nil
}

// CheckDSN says what is wrong with the address of a database server before it
// is first asked: a secret that is missing, an address or TLS setting that
// cannot be read. It connects to nothing; nil is fine.
func (s Source) CheckDSN() *Failure {
	if s.Kind != kindDatabase || s.Database == nil || s.Database.Driver == driverSQLite {
		return nil
	}
	dsn, failure := s.Database.secretDSN()
	if failure != nil {
		return failure
	}
	_, _, failure = s.Database.dialect().open(dsn, nil)
	return failure
}

// hostName is the host of an address of the form host:port.
func hostName(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return address
}

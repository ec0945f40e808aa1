package databasetest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// The files of a server that speaks TLS, in its directory.
const (
	authorityFile   = "authority.pem"
	certificateFile = "server.pem"
	keyFile         = "server.key"
)

// Authority is the file of the authority that signed the server's certificate,
// which is for 127.0.0.1 only.
func (s *Server) Authority() string { return filepath.Join(s.dir, authorityFile) }

// certify makes an authority and a certificate of the server signed by it.
func (s *Server) certify() error {
	from, to := time.Now().Add(-time.Hour), time.Now().Add(24*time.Hour)
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Otoritas uji"}, NotBefore: from, NotAfter: to,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	server := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Basis data uji"}, NotBefore: from, NotAfter: to,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signed, err := x509.CreateCertificate(rand.Reader, authority, authority, &authorityKey.PublicKey, authorityKey)
	if err != nil {
		return err
	}
	certificate, err := x509.CreateCertificate(rand.Reader, server, authority, &key.PublicKey, authorityKey)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name, kind string
		der        []byte
		mode       os.FileMode
	}{
		{authorityFile, "CERTIFICATE", signed, 0o644},
		{certificateFile, "CERTIFICATE", certificate, 0o644},
		{keyFile, "PRIVATE KEY", private, 0o600},
	} {
		path := filepath.Join(s.dir, f.name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: f.kind, Bytes: f.der}), f.mode); err != nil {
			return err
		}
		if s.account != nil {
			if err := os.Chown(path, s.account.uid, s.account.gid); err != nil {
				return err
			}
		}
	}
	return nil
}

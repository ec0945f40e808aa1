package source

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Reasons of a Failure that only databases and registers have.
const (
	// ReasonAuth: user, password, database name or rights are refused.
	ReasonAuth = "auth"
	// ReasonQuery: the database refuses the query.
	ReasonQuery = "query"
	// ReasonFile: a file or folder cannot be read.
	ReasonFile = "file"
)

// databaseFailure turns an error of a driver into a Failure. target names the
// database; the DSN and its password are taken out of the error's text.
func databaseFailure(err error, target, dsn string) *Failure {
	var own *Failure
	if errors.As(err, &own) {
		return own
	}
	f := classifyDatabase(err, target)
	f.Err = redact(err, dsn)
	return f
}

func classifyDatabase(err error, target string) *Failure {
	var (
		postgres *pgconn.PgError
		my       *mysql.MySQLError
		lite     *sqlite.Error
	)
	switch {
	case errors.As(err, &postgres):
		return postgresFailure(postgres, target)
	case errors.As(err, &my):
		return mysqlFailure(my, target)
	case errors.As(err, &lite):
		return sqliteFailure(lite, target)
	}
	return databaseNetworkFailure(err, target)
}

// databaseWords are the causes that all databases share.
func databaseWords(reason, target, detail string) *Failure {
	f := &Failure{Reason: reason}
	detail = cleanLine(detail, 200)
	switch reason {
	case ReasonAuth:
		f.Words = fmt.Sprintf("basis data %s menolak pengguna atau kata sandi; periksa isi rahasia dsn dan hak SELECT penggunanya", target)
	case ReasonQuery:
		f.Words = fmt.Sprintf("basis data %s menolak query: %s; periksa nama tabel dan kolom di gaung.yaml", target, detail)
	case ReasonTimeout:
		f.Words = fmt.Sprintf("basis data %s tidak selesai menjawab dalam %d detik; beri indeks pada kolom mark atau kecilkan query", target, int(statementTimeout.Seconds()))
	case ReasonRefused:
		f.Words = fmt.Sprintf("basis data %s menolak sambungan; servernya mati, sedang menyala, atau portnya salah", target)
	case ReasonDNS:
		f.Words = fmt.Sprintf("nama server basis data %s tidak ditemukan; periksa isi rahasia dsn", target)
	case ReasonUnreachable:
		f.Words = fmt.Sprintf("server basis data %s tidak terjangkau dari jaringan ini; periksa jaringan, VPN atau firewall", target)
	case ReasonTLS:
		f.Words = fmt.Sprintf("sambungan aman (TLS) ke basis data %s gagal; periksa sertifikat server atau setelan TLS di dsn", target)
	case ReasonFile:
		f.Words = fmt.Sprintf("berkas basis data %s tidak dapat dibaca (%s); periksa nama, izin, dan apakah memang berkas SQLite", target, detail)
	default:
		f.Words = fmt.Sprintf("sambungan ke basis data %s terputus saat dibaca; dilanjutkan dari baris terakhir yang tersimpan pada giliran berikutnya", target)
	}
	return f
}

// dataException is the class of PostgreSQL's errors about a value. Their text
// repeats the value, which may belong to a citizen.
const dataException = "22"

// postgresFailure reads the error codes of PostgreSQL (manual, appendix A).
func postgresFailure(e *pgconn.PgError, target string) *Failure {
	switch {
	case e.Code == "57014":
		return databaseWords(ReasonTimeout, target, "")
	case e.Code == "57P03", e.Code == "53300":
		return databaseWords(ReasonRefused, target, "")
	case strings.HasPrefix(e.Code, "57P"), strings.HasPrefix(e.Code, "08"):
		return databaseWords(ReasonConnection, target, "")
	case strings.HasPrefix(e.Code, "28"), e.Code == "3D000", e.Code == "42501":
		return databaseWords(ReasonAuth, target, "")
	case strings.HasPrefix(e.Code, dataException):
		return databaseWords(ReasonQuery, target, "ada nilai yang tidak dapat diubah jenisnya ("+e.Code+")")
	}
	return databaseWords(ReasonQuery, target, fmt.Sprintf("%s (%s)", e.Message, e.Code))
}

// mysqlFailure reads the error numbers of MySQL and MariaDB.
func mysqlFailure(e *mysql.MySQLError, target string) *Failure {
	switch e.Number {
	case 1044, 1045, 1049, 1130, 1142, 1143, 1227, 1698:
		return databaseWords(ReasonAuth, target, "")
	case 3024, 1969, 1205:
		return databaseWords(ReasonTimeout, target, "")
	case 1040, 1203:
		return databaseWords(ReasonRefused, target, "")
	case 1053, 1077, 1079, 1317, 1927:
		return databaseWords(ReasonConnection, target, "")
	}
	return databaseWords(ReasonQuery, target, fmt.Sprintf("%s (%d)", e.Message, e.Number))
}

func sqliteFailure(e *sqlite.Error, target string) *Failure {
	switch e.Code() & 0xFF {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return &Failure{Reason: ReasonTimeout, Words: fmt.Sprintf("berkas basis data %s sedang dikunci aplikasinya; dicoba lagi pada giliran berikutnya", target)}
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY:
		return databaseWords(ReasonFile, target, e.Error())
	case sqlite3.SQLITE_INTERRUPT:
		return databaseWords(ReasonTimeout, target, "")
	}
	return databaseWords(ReasonQuery, target, e.Error())
}

func databaseNetworkFailure(err error, target string) *Failure {
	var (
		dns    *net.DNSError
		netErr net.Error
	)
	switch {
	case errors.As(err, &dns):
		return databaseWords(ReasonDNS, target, "")
	case isTLS(err), errors.Is(err, mysql.ErrNoTLS), strings.Contains(err.Error(), "server refused TLS connection"):
		// PostgreSQL's driver has no type for that.
		return databaseWords(ReasonTLS, target, "")
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		// ENOENT is a local socket that is not there.
		return databaseWords(ReasonRefused, target, "")
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return databaseWords(ReasonUnreachable, target, "")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, driver.ErrBadConn), errors.Is(err, mysql.ErrInvalidConn),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return databaseWords(ReasonConnection, target, "")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		return databaseWords(ReasonTimeout, target, "")
	}
	return databaseWords(ReasonConnection, target, "")
}

// redacted is an error whose text holds no part of a DSN that may be secret.
type redacted struct {
	text string
	err  error
}

func (r *redacted) Error() string { return r.text }

// Unwrap lets errors.Is and errors.As see the cause; its own text is never
// printed.
func (r *redacted) Unwrap() error { return r.err }

func redact(err error, dsn string) error {
	text := err.Error()
	var postgres *pgconn.PgError
	if errors.As(err, &postgres) && strings.HasPrefix(postgres.Code, dataException) {
		text = "SQLSTATE " + postgres.Code
	}
	for _, secret := range secretParts(dsn) {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return &redacted{text: text, err: err}
}

// secretParts are the texts of a DSN that must not be printed: the whole, and
// its password however it is written.
func secretParts(dsn string) []string {
	parts := []string{dsn}
	if config, err := mysql.ParseDSN(dsn); err == nil && config.Passwd != "" {
		parts = append(parts, config.Passwd)
	}
	if converted, ok := mysqlURL(dsn); ok {
		parts = append(parts, secretParts(converted)...)
	}
	if config, err := pgconn.ParseConfig(dsn); err == nil && config.Password != "" {
		parts = append(parts, config.Password)
	}
	return parts
}

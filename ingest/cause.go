package ingest

import (
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"syscall"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// maxCause is how much of a cause a person is shown, in runes; the log has all
// of it.
const maxCause = 300

// causesByCode says what the answers of the engine that a person can do
// something about mean, by their numbers (ErrorCodes.cpp of ClickHouse).
var causesByCode = map[int32]string{
	16:  schemaCause, // NO_SUCH_COLUMN_IN_TABLE
	47:  schemaCause, // UNKNOWN_IDENTIFIER
	60:  schemaCause, // UNKNOWN_TABLE
	81:  "basis data gudang data tidak ada; periksa alamatnya",
	159: "gudang data tidak selesai dalam batas waktu",
	160: "gudang data tidak selesai dalam batas waktu",
	164: "gudang data hanya boleh dibaca",
	209: "gudang data tidak menjawab dalam batas waktu",
	210: connectionCause, // NETWORK_ERROR
	241: "memori gudang data tidak cukup",
	242: "tabel gudang data hanya boleh dibaca",
	243: diskCause, // NOT_ENOUGH_SPACE
	252: "gudang data sedang menggabungkan terlalu banyak bagian; tunggu sebentar",
	497: "pengguna gudang data tidak berhak melakukannya",
	516: "gudang data menolak pengguna atau sandinya",
}

const (
	schemaCause     = "skema gudang data tidak cocok dengan program ini; jalankan gaung migrate"
	connectionCause = "sambungan ke gudang data terputus"
	diskCause       = "ruang disk gudang data habis"
)

// statementTail is where an answer of the engine begins to repeat the
// statement or to name its version, which tells a person nothing.
var statementTail = regexp.MustCompile(`(?is)(: while (executing|processing|parsing)|[.:]? in scope | \(version |: \(while |[.]? stack trace).*$`)

// cause is the reason of a failure in one line for a person: in Indonesian
// where the reason is a known one, with the technical words behind it, and
// never with the text of a statement.
func cause(err error) string {
	var exception *clickhouse.Exception
	if errors.As(err, &exception) {
		technical := statementTail.ReplaceAllString(oneLine(exception.Message), "")
		if known, ok := causesByCode[exception.Code]; ok {
			return truncate(fmt.Sprintf("%s (kode %d: %s", known, exception.Code, technical), maxCause) + ")"
		}
		if strings.Contains(technical, syscall.ENOSPC.Error()) {
			return truncate(fmt.Sprintf("%s (kode %d: %s", diskCause, exception.Code, technical), maxCause) + ")"
		}
		return truncate(fmt.Sprintf("gudang data menjawab kode %d: %s", exception.Code, technical), maxCause)
	}
	inner := innermost(err)
	var network net.Error
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Sprintf("%s (%s)", diskCause, truncate(oneLine(inner.Error()), maxCause))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &network):
		return fmt.Sprintf("%s (%s)", connectionCause, truncate(oneLine(inner.Error()), maxCause))
	}
	return truncate(oneLine(inner.Error()), maxCause)
}

// innermost is the error at the end of the chain, the first of several.
func innermost(err error) error {
	for {
		switch of := err.(type) {
		case interface{ Unwrap() error }:
			inner := of.Unwrap()
			if inner == nil {
				return err
			}
			err = inner
		case interface{ Unwrap() []error }:
			list := of.Unwrap()
			if len(list) == 0 {
				return err
			}
			err = list[0]
		default:
			return err
		}
	}
}

// oneLine makes one line of a text.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

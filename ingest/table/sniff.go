package table

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
)

// content is what the first bytes of a file say it is.
type content int

const (
	contentText content = iota
	contentZip
	contentCalendar
	contentEmpty
	contentOLE     // .xls of before 2007, or a workbook locked by a password
	contentHTML    // "Excel" exports of web programs are often HTML tables
	contentODS     // LibreOffice's own format
	contentBinary  // PDF, pictures, anything else
	contentNotXLSX // named .xlsx, but no zip archive
)

func (c content) words() string {
	const save = "buka di Excel atau LibreOffice lalu simpan sebagai .xlsx atau CSV"
	switch c {
	case contentEmpty:
		return "berkas kosong; tidak ada baris yang dapat dibaca"
	case contentOLE:
		return "ini berkas .xls lama atau buku kerja yang dikunci sandi; " + save + " tanpa sandi"
	case contentHTML:
		return "isinya halaman HTML, bukan tabel; " + save
	case contentODS:
		return "ini berkas ODS; simpan sebagai .xlsx atau CSV"
	case contentNotXLSX:
		return "bukan berkas XLSX walau namanya begitu; " + save
	default:
		return "bukan berkas CSV, TSV atau XLSX; " + save
	}
}

const sampleBytes = 64 << 10

func readSample(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sample := make([]byte, sampleBytes)
	n, err := io.ReadFull(f, sample)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return sample[:n], nil
}

func sniff(name string, sample []byte) content {
	text := bytes.TrimSpace(bytes.TrimPrefix(sample, []byte(utf8BOM)))
	lower := strings.ToLower(name)
	switch {
	case len(text) == 0:
		return contentEmpty
	case bytes.HasPrefix(sample, []byte("PK\x03\x04")):
		if bytes.Contains(sample[:min(len(sample), 200)], []byte("application/vnd.oasis.opendocument")) {
			return contentODS
		}
		return contentZip
	case bytes.HasPrefix(sample, []byte("\xD0\xCF\x11\xE0")):
		return contentOLE
	case strings.HasSuffix(lower, ".xlsx"), strings.HasSuffix(lower, ".xlsm"):
		return contentNotXLSX
	case looksCalendar(sample):
		return contentCalendar
	case looksHTML(text):
		return contentHTML
	case detectUTF16(sample) == utf16None && looksBinary(sample):
		return contentBinary
	}
	return contentText
}

func looksCalendar(sample []byte) bool {
	head, _ := io.ReadAll(io.LimitReader(decodeText(sample, bytes.NewReader(sample)), 512))
	const begin = "BEGIN:VCALENDAR"
	head = bytes.TrimSpace(head)
	return len(head) >= len(begin) && strings.EqualFold(string(head[:len(begin)]), begin)
}

func looksHTML(text []byte) bool {
	head := bytes.ToLower(text[:min(len(text), 512)])
	for _, tag := range []string{"<!doctype html", "<html", "<table", "<head", "<?xml"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	return false
}

// looksBinary reports control bytes that no text file has. Single stray ones
// occur in database exports and are let through.
func looksBinary(sample []byte) bool {
	if bytes.HasPrefix(sample, []byte("%PDF-")) {
		return true
	}
	control := 0
	for _, b := range sample {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' {
			control++
		}
	}
	return control*50 > len(sample)
}

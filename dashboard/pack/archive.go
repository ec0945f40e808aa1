package pack

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// hashList is the name of the list of hashes, the last file of every pack. It
// has the form that sha256sum -c reads.
const hashList = "SHA256SUMS"

// archive is a zip file being written, with the hash of everything in it.
type archive struct {
	ctx  context.Context
	zip  *zip.Writer
	at   time.Time
	sums strings.Builder
}

func newArchive(ctx context.Context, w io.Writer, at time.Time) *archive {
	return &archive{ctx: ctx, zip: zip.NewWriter(w), at: at.UTC().Truncate(time.Second)}
}

// add writes one file. Nothing more is started when the context has ended.
func (a *archive) add(name string, write func(io.Writer) error) error {
	if err := a.ctx.Err(); err != nil {
		return fmt.Errorf("pack: %s: %w", name, err)
	}
	entry, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: a.at})
	if err != nil {
		return fmt.Errorf("pack: %s: %w", name, err)
	}
	hash := sha256.New()
	if err := write(io.MultiWriter(entry, hash)); err != nil {
		return fmt.Errorf("pack: %s: %w", name, err)
	}
	a.sums.WriteString(hex.EncodeToString(hash.Sum(nil)) + "  " + name + "\n")
	return nil
}

// text writes a file of lines.
func (a *archive) text(name string, lines ...string) error {
	return a.add(name, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(lines, "\r\n")+"\r\n")
		return err
	})
}

// close writes the list of hashes and ends the file.
func (a *archive) close() error {
	entry, err := a.zip.CreateHeader(&zip.FileHeader{Name: hashList, Method: zip.Deflate, Modified: a.at})
	if err == nil {
		_, err = io.WriteString(entry, a.sums.String())
	}
	if err == nil {
		err = a.zip.Close()
	}
	if err != nil {
		return fmt.Errorf("pack: %s: %w", hashList, err)
	}
	return nil
}

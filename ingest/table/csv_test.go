package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// readAll reads a text to its end or first error.
func readAll(in io.Reader) (rows []Row, err error) {
	c := newCSVReader(in, nil, "uji.csv", ',', DefaultLimits)
	for {
		row, err := c.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
}

// TestCSVInPieces gives the same rows however the file arrives, and the same
// cells as the standard library where the file is well-formed.
func TestCSVInPieces(t *testing.T) {
	piece := rapid.SampledFrom([]string{`"`, `""`, ",", "\n", "\r\n", "\r", "a", "kata kata", "é", " ", ""})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "text"), "")
		whole, err := readAll(strings.NewReader(text))
		slow, slowErr := readAll(iotest.OneByteReader(strings.NewReader(text)))
		if diff := cmp.Diff(whole, slow); diff != "" || (err == nil) != (slowErr == nil) {
			t.Fatalf("%q: %v, byte by byte %v (-whole +pieces):\n%s", text, err, slowErr, diff)
		}
		if err == nil {
			c := newCSVReader(strings.NewReader(text), nil, "uji.csv", ',', DefaultLimits)
			filled := 0
			for _, row := range whole {
				if strings.ContainsFunc(strings.Join(row.Cells, ""), func(r rune) bool { return r > ' ' }) {
					filled++
				}
			}
			if n, err := c.Count(0); n != filled || err != nil {
				t.Fatalf("%q: counted %d rows, %v; want %d", text, n, err, filled)
			}
		}
		cells := rapid.SliceOfN(rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("ab ,\"\n;é")), 0, 12, -1), 2, 4), 1, 5).Draw(t, "cells")
		var out bytes.Buffer
		if err := csv.NewWriter(&out).WriteAll(cells); err != nil {
			t.Fatal(err)
		}
		got, err := readAll(&out)
		if err != nil || len(got) != len(cells) {
			t.Fatalf("%d rows of %d: %v", len(got), len(cells), err)
		}
		for i, row := range got {
			if diff := cmp.Diff(cells[i], row.Cells); diff != "" {
				t.Fatalf("row %d (-want +got):\n%s", i, diff)
			}
		}
	})
}

// BenchmarkCSV reads quoted bodies of a kilobyte.
func BenchmarkCSV(b *testing.B) {
	text := strings.Repeat("https://a.contoh.go.id/1,Judul berita,2026-01-05 08:00:00,\""+strings.Repeat("kata kata ", 100)+"\nPenulis: Rina\"\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if rows, err := readAll(strings.NewReader(text)); err != nil || len(rows) != 1000 {
			b.Fatal(len(rows), err)
		}
	}
}

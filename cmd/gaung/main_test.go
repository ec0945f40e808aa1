package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// office is a directory of a test in which the program is run as a person
// would run it.
type office struct {
	t   *testing.T
	dir string
	now time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, dir: t.TempDir(), now: time.Date(2026, 7, 15, 3, 0, 0, 0, time.UTC)}
	t.Setenv("GAUNG_ENGINE", engineOfTests(t))
	t.Chdir(o.dir)
	return o
}

// engineOfTests is the engine's library: the tests leave the repository's
// directory, where the program would find it by itself.
func engineOfTests(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("GAUNG_ENGINE"); path != "" {
		return path
	}
	found, err := filepath.Glob("../../node_modules/@chdb/*/libchdb.*")
	if err != nil || len(found) == 0 {
		t.Fatal("the engine is not installed: make engine")
	}
	path, err := filepath.Abs(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// file writes a file into the office.
func (o *office) file(name, content string) string {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, name), []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return name
}

type outcome struct {
	code           int
	stdout, stderr string
}

// gaung runs the program.
func (o *office) gaung(args ...string) outcome {
	o.t.Helper()
	return o.gaungWith(o.t.Context(), strings.NewReader(""), args...)
}

func (o *office) gaungWith(ctx context.Context, stdin *strings.Reader, args ...string) outcome {
	o.t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(ctx, environment{args: args, stdin: stdin, stdout: &stdout, stderr: &stderr, now: func() time.Time { return o.now }})
	return outcome{code, stdout.String(), stderr.String()}
}

// must runs the program and fails the test unless it ends with the code.
func (o *office) must(code int, args ...string) outcome {
	o.t.Helper()
	out := o.gaung(args...)
	if out.code != code {
		o.t.Fatalf("gaung %s: exit code %d, want %d\nstdout: %s\nstderr: %s", strings.Join(args, " "), out.code, code, out.stdout, out.stderr)
	}
	return out
}

// document decodes JSON into plain maps, as another program would see it.
func document(t *testing.T, text string) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return doc
}

// at walks into a document: keys are names, numbers are positions.
func at(t *testing.T, doc any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := doc.(map[string]any)
			if !ok {
				t.Fatalf("%v: no object at %q", path, step)
			}
			value, ok := m[step]
			if !ok {
				t.Fatalf("%v: no key %q", path, step)
			}
			doc = value
		case int:
			list, ok := doc.([]any)
			if !ok || step >= len(list) {
				t.Fatalf("%v: no element %d", path, step)
			}
			doc = list[step]
		}
	}
	return doc
}

func quietLogger() *slog.Logger { return slog.New(slog.DiscardHandler) }

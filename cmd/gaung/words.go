package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"gaung/dashboard"
	"gaung/ingest"
	"gaung/ingest/source"
	"gaung/metrics"
	"gaung/warehouse"
	"gaung/warehouse/account"
)

// wrongUse is a mistake on the command line or in a value: exit code 2.
type wrongUse struct {
	words string
	err   error
}

func (e *wrongUse) Error() string { return e.words }
func (e *wrongUse) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return &wrongUse{words: fmt.Sprintf(format, args...)}
}

// report prints the one line of a failure and returns the exit code.
func report(env environment, err error) int {
	fmt.Fprintf(env.stderr, "gaung: %s\n", oneLine(words(err)))
	if isUsage(err) {
		return exitUsage
	}
	return exitFailed
}

// words finds what was written for a person in the error; an error nobody
// foresaw is shown as it is.
func words(err error) string {
	var (
		usage   *wrongUse
		store   *warehouse.Error
		user    *account.Error
		load    *ingest.Error
		measure *metrics.UserError
		listen  *dashboard.AddressError
		config  *source.ConfigError
	)
	switch {
	case errors.As(err, &usage):
		return usage.words
	case errors.As(err, &load):
		return load.Words
	case errors.As(err, &measure):
		return measure.Words
	case errors.As(err, &listen):
		return listen.Words
	case errors.As(err, &config):
		return config.Error()
	case errors.As(err, &user):
		return user.Words
	case errors.As(err, &store):
		return store.Words
	case errors.Is(err, context.Canceled):
		return "dihentikan"
	}
	return err.Error()
}

func isUsage(err error) bool {
	var (
		usage   *wrongUse
		load    *ingest.Error
		measure *metrics.UserError
		listen  *dashboard.AddressError
		config  *source.ConfigError
		user    *account.Error
	)
	switch {
	case errors.As(err, &usage), errors.As(err, &config), errors.As(err, &measure), errors.As(err, &user):
		return true
	case errors.As(err, &load):
		return load.Kind == ingest.Usage
	case errors.As(err, &listen):
		return listen.Err == nil // refused before it was tried
	}
	return false
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// kongPhrases turns the parser's messages into Indonesian.
var kongPhrases = []struct {
	pattern     *regexp.Regexp
	replacement string
}{
	{regexp.MustCompile(`^unknown flag (\S+?)(,.*)?$`), "opsi $1 tidak dikenal"},
	{regexp.MustCompile(`^unexpected argument (\S+?)(,.*)?$`), "kata $1 tidak dikenal"},
	{regexp.MustCompile(`^missing flags: (.*)$`), "opsi wajib belum disebut: $1"},
	{regexp.MustCompile(`^expected one of (.*)$`), "sebutkan salah satu perintah: $1"},
	{regexp.MustCompile(`^expected "(.*)"$`), "masih kurang: $1"},
	{regexp.MustCompile(`^(--\S+) must be one of (\S+) but got "(.*)"$`), "$1 harus salah satu dari $2, bukan \"$3\""},
	{regexp.MustCompile(`^(--\S+): missing value.*$`), "$1 memerlukan nilai"},
	{regexp.MustCompile(`^(--[^:]+): expected .* value but got.*$`), "$1 memerlukan nilai"},
}

func usageError(err error) error {
	text := err.Error()
	for _, phrase := range kongPhrases {
		if phrase.pattern.MatchString(text) {
			text = phrase.pattern.ReplaceAllString(text, phrase.replacement)
			break
		}
	}
	return &wrongUse{words: text + "; lihat gaung --help", err: err}
}

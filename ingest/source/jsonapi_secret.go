package source

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
)

var (
	headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$")
	// secretHeader matches the headers whose values are secrets.
	secretHeader = regexp.MustCompile(`(?i)^(authorization|cookie)$|token|secret|password|api-?_?key`)
	// secretMark is a secret in a header's value. Only variables made for it
	// can be named, so that a configuration cannot send any other variable of
	// the machine to somebody's server.
	secretMark = regexp.MustCompile(`\$\{([^{}]*)\}`)
	secretName = regexp.MustCompile(`^GAUNG_SECRET_[A-Z0-9_]{1,80}$`)
)

// maxSecret bounds a secret, in bytes.
const maxSecret = 8 << 10

// expandSecrets replaces the secrets in a header's value by what the
// environment, or the file named by the variable with _FILE at its end,
// holds now. Errors are Indonesian and never contain a secret.
func expandSecrets(template string) (string, error) {
	var failed error
	value := secretMark.ReplaceAllStringFunc(template, func(mark string) string {
		name := mark[2 : len(mark)-1]
		secret, err := readSecret(name)
		if err != nil && failed == nil {
			failed = err
		}
		return secret
	})
	switch {
	case failed != nil:
		return "", failed
	case strings.Contains(template, "${") && !secretMark.MatchString(template):
		return "", errors.New("tanda ${ tanpa penutup }; tulis seperti ${GAUNG_SECRET_API}")
	case len(value) > 2*maxSecret || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }):
		return "", errors.New("nilai header memuat ganti baris, karakter kendali, atau terlalu panjang; periksa isi rahasianya")
	}
	return value, nil
}

func readSecret(name string) (string, error) {
	if !secretName.MatchString(name) {
		return "", fmt.Errorf("%q bukan nama rahasia; namanya harus diawali GAUNG_SECRET_, huruf besar, angka dan garis bawah", cleanLine(name, 60))
	}
	if value := os.Getenv(name); value != "" {
		return value, nil
	}
	path := os.Getenv(name + "_FILE")
	if path == "" {
		return "", fmt.Errorf("rahasia %s belum ada; isi variabel lingkungan %s, atau %s_FILE dengan nama berkas yang memuatnya", name, name, name)
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSecret {
		return "", fmt.Errorf("berkas rahasia %s (dari %s_FILE) tidak ada, bukan berkas biasa, atau lebih dari 8 KB", path, name)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("berkas rahasia %s (dari %s_FILE) tidak dapat dibaca; periksa izinnya", path, name)
	}
	value := strings.TrimRight(string(data), "\r\n")
	if value == "" {
		return "", fmt.Errorf("berkas rahasia %s (dari %s_FILE) kosong", path, name)
	}
	return value, nil
}

// header makes the headers of a request. The secrets are read anew for every
// poll, so that a changed file needs no restart.
func (a *JSONAPI) header() (http.Header, *Failure) {
	h := make(http.Header, len(a.Headers))
	for name, template := range a.Headers {
		value, err := expandSecrets(template)
		if err != nil {
			return nil, &Failure{Reason: ReasonSecret, Words: fmt.Sprintf("header %s: %s", name, err)}
		}
		h.Set(name, value)
	}
	return h, nil
}

package delivery

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

var secretName = regexp.MustCompile(`^GAUNG_SECRET_[A-Z0-9_]{1,80}$`)

// maxSecret bounds a secret, in bytes.
const maxSecret = 8 << 10

// intoSecret reads the name of a secret. Only variables made for it can be
// named, and a secret written into the file itself is refused unseen.
func (r *reader) intoSecret(into *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		text, ok := r.text(n, path)
		if ok && !secretName.MatchString(text) {
			r.bad(n, path, "tulis nama rahasianya, bukan isinya: variabel lingkungan yang diawali GAUNG_SECRET_, huruf besar, angka dan garis bawah")
			return
		}
		*into = text
	}
}

// readSecret reads a secret from the environment, or from the file that the
// variable NAME_FILE names. It is read anew for every sending, so that a
// changed secret needs no restart. Errors are Indonesian and hold no secret.
func readSecret(name string) (string, error) {
	value := os.Getenv(name)
	if path := os.Getenv(name + "_FILE"); value == "" && path != "" {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxSecret {
			return "", fmt.Errorf("berkas rahasia dari %s_FILE tidak ada, bukan berkas biasa, atau lebih dari 8 KB", name)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("berkas rahasia dari %s_FILE tidak dapat dibaca; periksa izinnya", name)
		}
		value = strings.TrimRight(string(data), "\r\n")
	}
	switch {
	case value == "":
		return "", fmt.Errorf("rahasia %s belum ada; isi variabel lingkungan %s, atau %s_FILE dengan nama berkas yang memuatnya", name, name, name)
	case strings.ContainsFunc(value, unprintable):
		return "", fmt.Errorf("rahasia %s memuat ganti baris atau karakter kendali; periksa isinya", name)
	}
	return value, nil
}

package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

const (
	// MinPassword is the least number of characters of a password. There are no
	// rules about its composition (NIST SP 800-63B-4, section 3.1.1.2).
	MinPassword = 12
	// maxPassword bounds the work of a hash, in bytes.
	maxPassword = 1024
)

// The cost of Argon2id: the second choice of the OWASP password storage cheat
// sheet, 19 MiB and two passes, small enough for the machine that also holds
// the warehouse.
const (
	argonTime    = 2
	argonMemory  = 19 << 10 // KiB
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16
)

// parallelHashes bounds how many hashes a book computes at the same time, and
// with them the memory that a flood of logins can take.
const parallelHashes = 2

// hasher computes hashes, a few at a time.
type hasher struct{ slots chan struct{} }

func newHasher() hasher { return hasher{slots: make(chan struct{}, parallelHashes)} }

// CheckPassword refuses a password that is too short or too long.
func CheckPassword(password string) error {
	switch n := utf8.RuneCountInString(normal(password)); {
	case !utf8.ValidString(password):
		return errorf("kata sandi berisi byte yang bukan teks UTF-8")
	case n < MinPassword:
		return errorf("kata sandi terlalu pendek: %d huruf; paling sedikit %d, misalnya beberapa kata", n, MinPassword)
	case len(password) > maxPassword:
		return errorf("kata sandi terlalu panjang; paling banyak %d byte", maxPassword)
	}
	return nil
}

// normal is the form in which passwords are hashed: the same key presses give
// the same bytes on every system.
func normal(password string) string { return norm.NFC.String(password) }

// hash is the password as a PHC string.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	// Read never fails (crypto/rand, Go 1.24).
	_, _ = rand.Read(salt)
	key, err := h.derive(ctx, password, salt, argonTime, argonMemory, argonThreads, argonKey)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// derive waits for its turn and computes one hash.
func (h hasher) derive(ctx context.Context, password string, salt []byte, time, memory uint32, threads uint8, length uint32) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(normal(password)), salt, time, memory, threads, length), nil
}

// standIn is what the password of an unknown user is checked against, so that
// the time of an answer does not tell whether there is such a user. Nothing
// hashes to its key of zeros.
var standIn = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
	base64.RawStdEncoding.EncodeToString(make([]byte, argonSalt)), base64.RawStdEncoding.EncodeToString(make([]byte, argonKey)))

// matches reports whether the password has the hash. A hash that cannot be
// read is an error.
func (h hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	parts := strings.Split(hash, "$")
	var version, memory, time int
	var threads uint8
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return false, fmt.Errorf("account: a stored password hash is not an argon2id one")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, fmt.Errorf("account: a stored password hash has another version: %q", parts[2])
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil ||
		memory < 8 || memory > 1<<20 || time < 1 || time > 64 || threads < 1 {
		return false, fmt.Errorf("account: a stored password hash has a cost that cannot be: %q", parts[3])
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("account: salt of a stored password hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) < 16 {
		return false, fmt.Errorf("account: key of a stored password hash cannot be read")
	}
	if len(password) > maxPassword {
		password = ""
	}
	got, err := h.derive(ctx, password, salt, uint32(time), uint32(memory), threads, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// newSecret is a token of 256 random bits, and the hash that is kept of it. A
// fast hash is enough for a secret that cannot be guessed.
func newSecret(prefix string) (secret, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:])
	secret = prefix + base64.RawURLEncoding.EncodeToString(b[:])
	return secret, secretHash(secret)
}

func secretHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

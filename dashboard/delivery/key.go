package delivery

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
)

// Key is the natural key of a delivery: nothing with the same key is sent
// twice.
type Key struct {
	Region, Schedule, Period, Channel string
	// Recipient is a hash of the address, see [hashOf].
	Recipient string
}

// hashOf stands for an address in the table, so that the table tells nobody
// who receives what: the first 128 bits of a SHA-256, in hexadecimal.
func hashOf(channel, address string) string {
	sum := sha256.Sum256([]byte(channel + "\x00" + strings.ToLower(strings.TrimSpace(address))))
	return hex.EncodeToString(sum[:16])
}

var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// ID is what a person types to name a delivery: twelve letters and digits.
func (k Key) ID() string { return shortID(k.Region, k.Schedule, k.Period, k.Channel, k.Recipient) }

func shortID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return letters.EncodeToString(sum[:])[:12]
}

// mask shows enough of an address to recognise it by, and not the address.
func mask(address string) string {
	if address == "" {
		return ""
	}
	name, domain, mail := strings.Cut(address, "@")
	if i := strings.LastIndexByte(name, '<'); mail && i >= 0 {
		name, domain = name[i+1:], strings.TrimSuffix(domain, ">")
	}
	if mail && name != "" {
		return string([]rune(name)[:1]) + "…@" + domain
	}
	letters := []rune(address)
	return "…" + string(letters[max(len(letters)-3, len(letters)/2):])
}

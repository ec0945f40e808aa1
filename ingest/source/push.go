package source

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"gaung/warehouse/region"
)

// PushSource is an application that may send rows by itself.
type PushSource struct {
	// Source is its name, stored with every row, unlike that of any other
	// source.
	Source string `yaml:"source"`
	// Kinds are the kinds of rows it may send: some of [PushKinds].
	Kinds []string `yaml:"kinds"`
	// Region is the Kemendagri code of its rows; it cannot write any other.
	Region string `yaml:"region"`
	// OPD is that of rows that name none.
	OPD string `yaml:"opd"`
	// TokenSHA256 is the SHA-256 of its token in hexadecimal digits. The
	// token itself is known only to the application.
	TokenSHA256 string `yaml:"token_sha256"`
}

// PushKinds returns the kinds of rows that may be pushed: all but holidays,
// of which a row without a region counts in every region.
func PushKinds() []string {
	return slices.DeleteFunc(RowKinds(), func(kind string) bool { return kind == "holidays" })
}

// PushSource finds the application whose token this is. Every configured
// token is compared, in time that does not depend on where they differ.
func (c *Config) PushSource(token string) (PushSource, bool) {
	if token == "" {
		return PushSource{}, false
	}
	sum := sha256.Sum256([]byte(token))
	found := -1
	for i := range c.Push {
		want, err := hex.DecodeString(c.Push[i].TokenSHA256)
		if err == nil && subtle.ConstantTimeCompare(sum[:], want) == 1 {
			found = i
		}
	}
	if found < 0 {
		return PushSource{}, false
	}
	return c.Push[found], true
}

// validatePush checks the section; keys are whole paths.
func (c *Config) validatePush(table *region.Table) []Problem {
	var problems []Problem
	names, tokens := map[string]string{}, map[string]string{}
	for i, s := range c.Sources {
		names[s.Name] = fmt.Sprintf("sources[%d]", i)
	}
	for i := range c.Push {
		p := &c.Push[i]
		path := fmt.Sprintf("push[%d]", i)
		bad := func(key, format string, args ...any) {
			problems = append(problems, Problem{Key: joinKey(path, key), Words: fmt.Sprintf(format, args...)})
		}
		p.Source, p.OPD = strings.TrimSpace(p.Source), cleanLine(p.OPD, 300)
		switch {
		case !slug.MatchString(p.Source):
			bad("source", "%q bukan nama yang sah; pakai huruf kecil a-z, angka dan tanda hubung, paling panjang 63, seperti ppid-online", cleanLine(p.Source, 80))
		case names[p.Source] != "":
			bad("source", "nama %q sudah dipakai %s; setiap sumber perlu nama sendiri", p.Source, names[p.Source])
		default:
			names[p.Source] = path
		}
		if len(p.Kinds) == 0 {
			bad("kinds", "wajib diisi; jenis baris yang boleh dikirim, seperti [ppid, objections]")
		}
		for k, kind := range p.Kinds {
			if !slices.Contains(PushKinds(), kind) {
				bad(fmt.Sprintf("kinds[%d]", k), "%q tidak dapat dikirim; yang boleh: %s", cleanLine(kind, 40), strings.Join(PushKinds(), ", "))
			}
		}
		if p.Region = strings.TrimSpace(p.Region); p.Region == "" {
			p.Region = c.Region
		}
		if p.Region == "" {
			bad("region", "wajib diisi, di sini atau pada kunci region paling atas; kode Kemendagri seperti 19.71")
		} else if _, err := table.Find(p.Region); err != nil {
			bad("region", "%v", err)
		}
		p.TokenSHA256 = strings.ToLower(strings.TrimSpace(p.TokenSHA256))
		digest, err := hex.DecodeString(p.TokenSHA256)
		switch {
		case err != nil || len(digest) != sha256.Size:
			// What stands there may be the token itself: it is not repeated.
			bad("token_sha256", "bukan SHA-256 (64 angka heksadesimal) dari tokennya; buat dengan: printf %%s TOKEN | sha256sum")
		case tokens[p.TokenSHA256] != "":
			bad("token_sha256", "token ini sudah dipakai %s; setiap sumber perlu token sendiri", tokens[p.TokenSHA256])
		default:
			tokens[p.TokenSHA256] = path
		}
	}
	return problems
}

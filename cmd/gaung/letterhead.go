package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"gaung/dashboard/export"
)

// letterheadFlags are the flags for the head of the letter and the place for a
// signature. What they leave out comes from the section letterhead of the
// configuration.
type letterheadFlags struct {
	Logo       string `help:"Logo kop surat (PNG, JPEG atau GIF)." placeholder:"BERKAS"`
	Government string `help:"Nama pemerintah daerah pada kop surat." placeholder:"NAMA"`
	Office     string `help:"Nama kantor pada kop surat." placeholder:"NAMA"`
	Address    string `help:"Alamat kantor pada kop surat." placeholder:"ALAMAT"`
	Place      string `help:"Tempat tanda tangan." placeholder:"KOTA"`
	Signatory  string `help:"Nama penanda tangan." placeholder:"NAMA"`
	NIP        string `name:"nip" help:"NIP penanda tangan." placeholder:"NIP"`
	Position   string `help:"Jabatan penanda tangan." placeholder:"JABATAN"`
}

// letterheadConfig is the section letterhead of gaung.yaml.
type letterheadConfig struct {
	Logo       string `yaml:"logo"`
	Government string `yaml:"government"`
	Office     string `yaml:"office"`
	Address    string `yaml:"address"`
	Place      string `yaml:"place"`
	Signatory  string `yaml:"signatory"`
	NIP        string `yaml:"nip"`
	Position   string `yaml:"position"`
}

// letterheadLimit is the longest part of a letterhead, in characters.
const letterheadLimit = 200

// letterhead joins flags and configuration; nil when neither says anything. A
// logo that is no picture is refused here, before any work is done.
func (p *program) letterhead(flags letterheadFlags) (*export.Letterhead, error) {
	stored, path, err := p.storedLetterhead()
	if err != nil {
		return nil, err
	}
	all := letterheadConfig(flags)
	if all.Logo == "" && stored.Logo != "" {
		all.Logo = stored.Logo
		if !filepath.IsAbs(all.Logo) {
			all.Logo = filepath.Join(filepath.Dir(path), all.Logo)
		}
	}
	for _, part := range []struct {
		name      string
		into      *string
		otherwise string
	}{
		{"government", &all.Government, stored.Government},
		{"office", &all.Office, stored.Office},
		{"address", &all.Address, stored.Address},
		{"place", &all.Place, stored.Place},
		{"signatory", &all.Signatory, stored.Signatory},
		{"nip", &all.NIP, stored.NIP},
		{"position", &all.Position, stored.Position},
	} {
		if *part.into == "" {
			*part.into = part.otherwise
		}
		*part.into = strings.Join(strings.Fields(*part.into), " ")
		if n := len([]rune(*part.into)); n > letterheadLimit {
			return nil, usagef("kop surat: %s terdiri atas %d huruf, paling banyak %d; ringkaslah", part.name, n, letterheadLimit)
		}
	}
	if all == (letterheadConfig{}) {
		return nil, nil
	}
	l := &export.Letterhead{
		Government: all.Government, Office: all.Office, Address: all.Address, Place: all.Place,
		Signatory: all.Signatory, NIP: all.NIP, Position: all.Position,
	}
	if all.Logo != "" {
		if l.Logo, err = os.ReadFile(all.Logo); err != nil {
			return nil, &wrongUse{words: fmt.Sprintf("logo %s tidak dapat dibaca; periksa nama dan izin berkasnya", all.Logo), err: err}
		}
		if err := export.CheckLogo(l.Logo); err != nil {
			return nil, &wrongUse{words: fmt.Sprintf("logo %s: %v", all.Logo, err), err: err}
		}
	}
	return l, nil
}

// storedLetterhead reads the section of the configuration file, and says which
// file that is.
func (p *program) storedLetterhead() (letterheadConfig, string, error) {
	var stored letterheadConfig
	path := p.Config
	if path == "" {
		if _, err := os.Stat(defaultConfig); err != nil {
			return stored, "", nil
		}
		path = defaultConfig
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return stored, path, &wrongUse{words: fmt.Sprintf("konfigurasi %s tidak dapat dibaca", path), err: err}
	}
	var document struct {
		Letterhead yaml.Node `yaml:"letterhead"`
	}
	if err := yaml.Unmarshal(data, &document); err != nil || document.Letterhead.IsZero() {
		return stored, path, nil // the mistake is told by whoever reads the whole file
	}
	section, err := yaml.Marshal(&document.Letterhead)
	if err == nil {
		decoder := yaml.NewDecoder(bytes.NewReader(section))
		decoder.KnownFields(true)
		err = decoder.Decode(&stored)
	}
	if err != nil {
		return stored, path, &wrongUse{words: fmt.Sprintf(
			"%s:%d: letterhead tidak dapat dibaca; kunci yang boleh: logo, government, office, address, place, signatory, nip, position (tulis nip di antara tanda kutip)",
			path, document.Letterhead.Line), err: err}
	}
	return stored, path, nil
}

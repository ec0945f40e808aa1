package delivery

import (
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// ChannelKind says how a channel sends.
type ChannelKind string

// The kinds of channel.
const (
	Email    ChannelKind = "email"
	Telegram ChannelKind = "telegram"
	Webhook  ChannelKind = "webhook"
	Folder   ChannelKind = "folder"
)

// Channel is one way to reach people. Secrets are named, never written: see
// [readSecret].
type Channel struct {
	Name string
	Kind ChannelKind
	// Attempts is how often one delivery is tried before it is given up.
	Attempts int

	// Host, Port, Security, Username, Password, From and CAFile belong to
	// e-mail. Password names a secret.
	Host     string
	Port     int
	Security Security
	Username string
	Password string
	From     string
	CAFile   string

	// Token names the secret of a Telegram bot.
	Token string
	// URL is the webhook, or another Telegram server than Telegram's own.
	URL string
	// Secret names the secret that signs a webhook's body; Authorization, if
	// not empty, the one sent in that header.
	Secret        string
	Authorization string
	// Files sends attachments to a webhook, in base64.
	Files bool

	// Path is the directory of a folder channel.
	Path string
}

// Security is how an SMTP connection is protected.
type Security string

// The ways to protect an SMTP connection. There is no "if possible": what is
// configured is what happens.
const (
	StartTLS Security = "starttls"
	TLS      Security = "tls"
	NoTLS    Security = "none"
)

const (
	defaultAttempts = 5
	maxAttempts     = 20
	telegramServer  = "https://api.telegram.org"
)

var defaultPorts = map[Security]int{StartTLS: 587, TLS: 465, NoTLS: 25}

// readChannel reads a channel; which keys it may have depends on its kind.
func readChannel(r *reader, n *yaml.Node, path string) (Channel, bool) {
	c := Channel{Attempts: defaultAttempts}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "kind" {
			c.Kind = ChannelKind(strings.TrimSpace(n.Content[i+1].Value))
		}
	}
	keys := []key{
		{"name", r.intoName(&c.Name)},
		{"kind", func(n *yaml.Node, path string) { r.text(n, path) }},
		{"attempts", r.intoInt(&c.Attempts, 1, maxAttempts)},
	}
	switch c.Kind {
	case Email:
		keys = append(keys,
			key{"host", r.intoText(&c.Host)}, key{"port", r.intoInt(&c.Port, 1, 65535)},
			key{"security", func(n *yaml.Node, path string) {
				text, ok := r.text(n, path)
				c.Security = Security(text)
				if _, known := defaultPorts[c.Security]; ok && !known {
					r.bad(n, path, "%q tidak dikenal; yang boleh: starttls, tls, none", oneLine(text, 60))
				}
			}},
			key{"username", r.intoText(&c.Username)}, key{"password", r.intoSecret(&c.Password)},
			key{"from", func(n *yaml.Node, path string) {
				text, ok := r.text(n, path)
				if _, err := mail.ParseAddress(text); ok && err != nil {
					r.bad(n, path, "%q bukan alamat surel; tulis seperti Gaung <gaung@contohkab.go.id>", oneLine(text, 200))
				}
				c.From = text
			}},
			key{"ca_file", r.intoText(&c.CAFile)})
	case Telegram:
		c.URL = telegramServer
		keys = append(keys, key{"token", r.intoSecret(&c.Token)}, key{"url", r.intoAddress(&c.URL)})
	case Webhook:
		keys = append(keys, key{"url", r.intoAddress(&c.URL)}, key{"secret", r.intoSecret(&c.Secret)},
			key{"authorization", r.intoSecret(&c.Authorization)}, key{"files", r.intoBool(&c.Files)})
	case Folder:
		keys = append(keys, key{"path", r.intoText(&c.Path)})
	default:
		r.bad(n, path+".kind", "%q tidak dikenal; yang boleh: email, telegram, webhook, folder", oneLine(string(c.Kind), 60))
		return c, false
	}
	before := len(r.problems)
	if !r.mapping(n, path, keys) || len(r.problems) > before {
		return c, false
	}
	c.complete(r, n, path)
	return c, len(r.problems) == before
}

// complete checks what a channel lacks and fills in defaults.
func (c *Channel) complete(r *reader, n *yaml.Node, path string) {
	need := func(name, value, words string) {
		if value == "" {
			r.bad(n, path+"."+name, "wajib diisi; %s", words)
		}
	}
	need("name", c.Name, "nama pendek seperti surel-kantor")
	switch c.Kind {
	case Email:
		need("host", c.Host, "nama server SMTP seperti smtp.contohkab.go.id")
		need("from", c.From, "alamat pengirim seperti Gaung <gaung@contohkab.go.id>")
		need("security", string(c.Security), "yang boleh: starttls, tls, none")
		if c.Port == 0 {
			c.Port = defaultPorts[c.Security]
		}
		if (c.Username == "") != (c.Password == "") {
			r.bad(n, path+".password", "username dan password harus diisi keduanya, atau tidak sama sekali")
		}
		if c.Security == NoTLS && c.Username != "" && !private(c.Host) {
			r.bad(n, path+".security", "kata sandi tidak dikirim tanpa enkripsi; pakai starttls atau tls")
		}
		if strings.ContainsAny(c.Host, "/@ :") && net.ParseIP(c.Host) == nil {
			r.bad(n, path+".host", "%q bukan nama server; tulis tanpa http:// dan tanpa port", oneLine(c.Host, 200))
		}
	case Telegram:
		need("token", c.Token, "nama rahasia yang memuat token bot, seperti GAUNG_SECRET_TELEGRAM")
	case Webhook:
		need("url", c.URL, "alamat lengkap seperti https://gateway.contohkab.go.id/kirim")
		need("secret", c.Secret, "nama rahasia untuk menandatangani isi, seperti GAUNG_SECRET_WA")
	case Folder:
		need("path", c.Path, "direktori seperti /var/lib/gaung/keluar")
		if c.Path != "" && !filepath.IsAbs(c.Path) {
			r.bad(n, path+".path", "%q harus dimulai dari akar; tulis seperti /var/lib/gaung/keluar", oneLine(c.Path, 200))
		}
	}
}

// intoAddress reads a web address. Without encryption only the machine itself
// and the office's own network can be reached.
func (r *reader) intoAddress(into *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		text, ok := r.text(n, path)
		if !ok {
			return
		}
		u, err := url.Parse(text)
		switch {
		case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "":
			r.bad(n, path, "%q bukan alamat web yang lengkap; tulis dengan https://", oneLine(text, 200))
		case u.User != nil:
			r.bad(n, path, "alamat tidak boleh memuat nama pengguna atau kata sandi")
		case u.Scheme == "http" && !private(u.Hostname()):
			r.bad(n, path, "alamat di luar jaringan sendiri harus https://; isi dan rahasia tidak dikirim tanpa enkripsi")
		}
		*into = strings.TrimRight(text, "/")
	}
}

// private says whether a host is this machine or an address of a private
// network. A name other than localhost could be anywhere.
func private(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsPrivate())
}

var (
	chatID    = regexp.MustCompile(`^(-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,63})$`)
	recipient = regexp.MustCompile(`^[^\s<>"]{1,200}$`)
)

// checkRecipients says in words what is wrong with the recipients of a target,
// "" for nothing.
func (c *Channel) checkRecipients(list []string) string {
	switch {
	case c.Kind == Folder && len(list) > 0:
		return "saluran folder tidak punya penerima; hapus recipients"
	case (c.Kind == Email || c.Kind == Telegram) && len(list) == 0:
		return "wajib diisi; sebutkan penerimanya"
	}
	for i, to := range list {
		if slices.Contains(list[:i], to) {
			return "penerima " + mask(to) + " ditulis dua kali"
		}
		switch c.Kind {
		case Email:
			if a, err := mail.ParseAddress(to); err != nil || len(a.Address) > 254 {
				return "\"" + oneLine(to, 100) + "\" bukan alamat surel; tulis seperti bupati@contohkab.go.id"
			}
		case Telegram:
			if !chatID.MatchString(to) {
				return "\"" + oneLine(to, 100) + "\" bukan tujuan Telegram; tulis nomor obrolan seperti -1001234567890 atau @namakanal"
			}
		case Webhook:
			if !recipient.MatchString(to) {
				return "\"" + oneLine(to, 100) + "\" bukan tujuan yang sah; tulis tanpa spasi, seperti 6281234567890"
			}
		}
	}
	return ""
}

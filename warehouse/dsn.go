package warehouse

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// DefaultDSN is the warehouse of a fresh clone: an embedded directory.
const DefaultDSN = "chdb:./data/warehouse"

const dsnForms = "chdb:DIREKTORI, clickhouse://pengguna:sandi@host:9000/basisdata, atau http(s)://host:8123/basisdata"

// location is a parsed DSN: either a directory or a server.
type location struct {
	dir      string
	database string              // of the embedded engine
	server   *clickhouse.Options // nil for a directory
	cluster  string              // name in ON CLUSTER, empty for a single node
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// parseDSN reads the DSN forms of the contract. For a server the parameter
// cluster=NAME says that tables live on a cluster of that name.
func parseDSN(dsn string) (location, error) {
	if dir, ok := strings.CutPrefix(dsn, "chdb:"); ok {
		if dir == "" {
			return location{}, failure(nil, "alamat gudang data %q tidak menyebut direktori; contoh: %s", dsn, DefaultDSN)
		}
		return location{dir: dir, database: "default"}, nil
	}
	scheme, _, found := strings.Cut(dsn, "://")
	switch {
	case found && (scheme == "clickhouse" || scheme == "http" || scheme == "https"):
	default:
		return location{}, failure(nil, "alamat gudang data %q tidak dikenal; bentuk yang ada: %s", redact(dsn), dsnForms)
	}
	address, err := url.Parse(dsn)
	if err != nil || address.Host == "" {
		return location{}, failure(nil, "alamat gudang data %q tidak dapat dibaca; bentuk yang ada: %s", redact(dsn), dsnForms)
	}
	query := address.Query()
	cluster := query.Get("cluster")
	if cluster != "" && !identifier.MatchString(cluster) {
		return location{}, failure(nil, "nama klaster %q dalam alamat gudang data tidak sah; pakai huruf, angka dan garis bawah", cluster)
	}
	query.Del("cluster")
	address.RawQuery = query.Encode()
	options, err := clickhouse.ParseDSN(address.String())
	if err != nil {
		return location{}, failure(nil, "alamat gudang data %q tidak dapat dibaca; bentuk yang ada: %s", redact(dsn), dsnForms)
	}
	return location{server: options, cluster: cluster}, nil
}

// redact hides the password of a DSN, which may end up in a log.
func redact(dsn string) string {
	head, tail, found := strings.Cut(dsn, "://")
	if !found {
		return dsn
	}
	at := strings.LastIndex(tail, "@")
	if at < 0 {
		return dsn
	}
	user, _, hasPassword := strings.Cut(tail[:at], ":")
	if !hasPassword {
		return dsn
	}
	return head + "://" + user + ":***" + tail[at:]
}

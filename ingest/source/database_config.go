package source

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Database says how the kind database reads an application's own database.
type Database struct {
	// Driver is one of [Drivers].
	Driver string `yaml:"driver"`
	// DSN is where the database is: for sqlite the path of the file, for the
	// others a secret such as ${GAUNG_SECRET_PPID_DSN}, because it holds a
	// password. It is never logged.
	DSN string `yaml:"dsn"`
	// Import is the kind of the rows: one of [RowKinds].
	Import string `yaml:"import"`
	// Query is one SELECT. Where {since} stands, the mark up to which rows
	// are known is bound as a parameter.
	Query string `yaml:"query"`
	// Mark is the column of the query that only grows when a row changes,
	// such as updated_at or a running number. Without one, every poll reads
	// all rows.
	Mark string `yaml:"mark"`
	// Zone is the zone of stamps without one; empty means the region's.
	Zone string `yaml:"zone"`
	// Map gives columns of the query their canonical names.
	Map map[string]string `yaml:"map"`
	// Values translates values, by canonical column.
	Values map[string]map[string]string `yaml:"values"`
	// DateFormat is tried before the usual forms of dates.
	DateFormat string `yaml:"date_format"`
	// Limit is how many rows one poll reads at most; the next continues.
	Limit int `yaml:"limit"`
}

const (
	driverPostgres = "postgres"
	driverMySQL    = "mysql"
	driverSQLite   = "sqlite"

	defaultRows = 50_000
	maxRows     = 1_000_000
	maxQuery    = 64 << 10

	// sinceMark stands in a query for the mark up to which rows are known.
	sinceMark = "{since}"
)

// drivers are the databases that can be read, by the names people write.
var drivers = map[string]string{
	"postgres": driverPostgres, "postgresql": driverPostgres,
	"mysql": driverMySQL, "mariadb": driverMySQL,
	"sqlite": driverSQLite, "sqlite3": driverSQLite,
}

// Drivers returns the names a database's driver may have, sorted.
func Drivers() []string { return slices.Sorted(maps.Keys(drivers)) }

// rowKinds are the kinds of rows (contract, section 2) that sources of rows
// may bring.
var rowKinds = []string{
	"opd", "people", "articles", "ppid", "objections", "complaints", "agenda", "submissions", "clarifications", "holidays", "targets",
}

// RowKinds returns the kinds of rows that databases, registers and pushes may
// bring.
func RowKinds() []string { return slices.Clone(rowKinds) }

var (
	secretWhole = regexp.MustCompile(`^\$\{(GAUNG_SECRET_[A-Z0-9_]{1,80})\}$`)
	identifier  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,62}$`)
	selects     = regexp.MustCompile(`(?i)^(select|with)\b`)
	// strictSince is a comparison that skips rows with the very mark of the
	// last poll.
	strictSince = regexp.MustCompile(`>\s*\{since\}`)
)

// validate checks the section; keys are relative to it.
func (d *Database) validate() []Problem {
	var problems []Problem
	bad := func(key, format string, args ...any) {
		problems = append(problems, Problem{Key: key, Words: fmt.Sprintf(format, args...)})
	}
	driver, ok := drivers[strings.ToLower(strings.TrimSpace(d.Driver))]
	if ok {
		d.Driver = driver
	} else {
		bad("driver", "%q tidak dikenal; yang boleh: %s", cleanLine(d.Driver, 40), strings.Join(Drivers(), ", "))
	}
	d.DSN = strings.TrimSpace(d.DSN)
	switch {
	case d.DSN == "":
		bad("dsn", "wajib diisi; tulis rahasia seperti ${GAUNG_SECRET_PPID_DSN}, atau nama berkas untuk sqlite")
	case strings.Contains(d.DSN, "${") && !secretWhole.MatchString(d.DSN):
		bad("dsn", "rahasia ditulis sendiri dan seutuhnya, seperti ${GAUNG_SECRET_PPID_DSN}")
	case !secretWhole.MatchString(d.DSN) && d.Driver != driverSQLite:
		// The value may hold a password: it is not repeated.
		bad("dsn", "alamat basis data memuat kata sandi, jadi tidak ditulis di sini; simpan dalam variabel lingkungan dan tulis ${GAUNG_SECRET_PPID_DSN}")
	}
	if !slices.Contains(rowKinds, d.Import) {
		bad("import", "%q tidak dikenal; yang boleh: %s", cleanLine(d.Import, 40), strings.Join(rowKinds, ", "))
	}
	problems = append(problems, d.validateQuery()...)
	if d.Zone = strings.TrimSpace(d.Zone); d.Zone != "" {
		if _, err := namedZone(d.Zone); err != nil {
			bad("zone", "%q bukan zona waktu yang dikenal; yang boleh: UTC, %s", cleanLine(d.Zone, 40), strings.Join(zoneNames(), ", "))
		}
	}
	switch {
	case d.Limit == 0:
		d.Limit = defaultRows
	case d.Limit < 0 || d.Limit > maxRows:
		bad("limit", "%d di luar batas; yang boleh: 1 sampai %d", d.Limit, maxRows)
	}
	return problems
}

func (d *Database) validateQuery() []Problem {
	var problems []Problem
	bad := func(key, words string) { problems = append(problems, Problem{Key: key, Words: words}) }
	d.Query = strings.TrimSpace(d.Query)
	d.Query = strings.TrimSpace(strings.TrimRight(d.Query, "; \t\r\n"))
	d.Mark = strings.TrimSpace(d.Mark)
	marks := strings.Count(d.Query, sinceMark)
	switch {
	case d.Query == "":
		bad("query", "wajib diisi; satu SELECT yang memberi kolom yang dibutuhkan")
	case len(d.Query) > maxQuery:
		bad("query", fmt.Sprintf("lebih panjang dari %d KB; pindahkan ke sebuah VIEW", maxQuery>>10))
	case !selects.MatchString(d.Query):
		bad("query", "harus satu SELECT (atau WITH … SELECT); perintah lain tidak dijalankan")
	case strings.Contains(d.Query, ";"):
		bad("query", "hanya satu pernyataan, tanpa titik koma di tengah")
	case marks > 1:
		bad("query", "{since} hanya boleh ditulis satu kali; sisanya disaring sendiri menurut mark")
	case marks == 1 && d.Mark == "":
		bad("mark", "wajib diisi bila query memuat {since}: kolom yang nilainya naik setiap baris berubah, seperti updated_at")
	case strictSince.MatchString(d.Query):
		bad("query", "tulis >= {since}, bukan > {since}: baris dengan tanda yang sama bisa terlewat")
	}
	if d.Mark != "" && !identifier.MatchString(d.Mark) {
		bad("mark", fmt.Sprintf("%q bukan nama kolom; beri alias berupa huruf, angka dan garis bawah di query", cleanLine(d.Mark, 60)))
	}
	return problems
}

// namedZone finds UTC or one of the zones regions may have.
func namedZone(name string) (*time.Location, error) {
	if strings.EqualFold(name, "UTC") {
		return time.UTC, nil
	}
	full, ok := zones[name]
	if !ok {
		full, ok = zones[strings.ToUpper(name)]
	}
	if !ok {
		return nil, fmt.Errorf("source: zone %q is not known", name)
	}
	return time.LoadLocation(full)
}

// secretDSN is the DSN with its secret read.
func (d *Database) secretDSN() (string, *Failure) {
	m := secretWhole.FindStringSubmatch(d.DSN)
	if m == nil {
		return d.DSN, nil
	}
	value, err := readSecret(m[1])
	if err != nil {
		return "", &Failure{Reason: ReasonSecret, Words: "alamat basis data: " + err.Error()}
	}
	return strings.TrimSpace(value), nil
}

// mysqlURL turns mysql://user:password@host:3306/name, the form Laravel and
// others keep in their settings, into the form of the driver.
func mysqlURL(dsn string) (string, bool) {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "mysql" && u.Scheme != "mariadb" {
		return dsn, false
	}
	host := u.Host
	if u.Port() == "" {
		host = u.Hostname() + ":3306"
	}
	password, _ := u.User.Password()
	out := fmt.Sprintf("%s:%s@tcp(%s)/%s", u.User.Username(), password, host, strings.TrimPrefix(u.Path, "/"))
	if u.RawQuery != "" {
		out += "?" + u.RawQuery
	}
	return out, true
}

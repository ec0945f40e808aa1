package source

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

const (
	connectTimeout   = 10 * time.Second
	statementTimeout = 2 * time.Minute
)

// connector makes a session.
type connector func(context.Context) (session, error)

// dialect is what differs between the databases.
type dialect interface {
	// open reads the DSN and gives what connects; target names the place
	// without a password.
	open(dsn string, zone *time.Location) (connect connector, target string, failure *Failure)
	// quote quotes a column name.
	quote(name string) string
	// text is the expression that gives a column as text.
	text(quoted string) string
	// class says by the type of the mark what sort of value it is, "" when
	// only the values tell.
	class(databaseType string) string
	// classOf is an expression for the class of one value, "" when not
	// needed.
	classOf(quoted string) string
	// since is the expression that stands for the mark, of the given type.
	since(databaseType string) string
	// bind makes the arguments of a query in which since stands n times.
	bind(mark, class string, n int) []any
}

func (d *Database) dialect() dialect {
	switch d.Driver {
	case driverPostgres:
		return postgresDialect{}
	case driverMySQL:
		return mysqlDialect{}
	}
	return sqliteDialect{}
}

func badDSN(driver, form string) *Failure {
	// The driver's own message may repeat the password.
	return &Failure{Reason: ReasonBadURL, Words: fmt.Sprintf("alamat basis data %s tidak terbaca; tulis seperti %s", driver, form)}
}

type postgresDialect struct{}

func (postgresDialect) open(dsn string, zone *time.Location) (connector, string, *Failure) {
	if _, _, failure := splitTLS(dsn); failure != nil {
		return nil, "", failure
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, "", badDSN("PostgreSQL", "postgres://pengguna:sandi@host:5432/basisdata")
	}
	config.ConnectTimeout = connectTimeout
	// No statements prepared by name: they would not survive a pooler.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	target := fmt.Sprintf("%s/%s", net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))), config.Database)
	return func(ctx context.Context) (session, error) {
		conn, err := pgx.ConnectConfig(ctx, config)
		if err != nil {
			return nil, err
		}
		return &postgresSession{conn: conn, zone: zone}, nil
	}, target, nil
}

func (postgresDialect) quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
func (postgresDialect) text(quoted string) string { return "CAST(" + quoted + " AS text)" }

// postgresTypes are the types a mark may have and the class of each; others
// are compared as text.
var postgresTypes = map[string]string{
	"timestamp": classTime, "timestamptz": classTime, "date": classTime,
	"int2": classNumber, "int4": classNumber, "int8": classNumber, "numeric": classNumber,
}

func (postgresDialect) class(databaseType string) string {
	if class, ok := postgresTypes[databaseType]; ok {
		return class
	}
	return classText
}

func (postgresDialect) classOf(string) string { return "" }

func (postgresDialect) since(databaseType string) string {
	if _, ok := postgresTypes[databaseType]; !ok {
		databaseType = "text"
	}
	return "CAST($1::text AS " + databaseType + ")"
}

func (postgresDialect) bind(mark, _ string, _ int) []any { return []any{mark} }

type mysqlDialect struct{}

func (mysqlDialect) open(dsn string, _ *time.Location) (connector, string, *Failure) {
	dsn, secure, failure := splitTLS(dsn)
	if failure != nil {
		return nil, "", failure
	}
	dsn, _ = mysqlURL(dsn)
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, "", badDSN("MySQL/MariaDB", "mysql://pengguna:sandi@host:3306/basisdata")
	}
	if c := secure.config(hostName(config.Addr)); c != nil {
		config.TLS, config.AllowFallbackToPlaintext = c, secure.optional()
	}
	config.Timeout = connectTimeout
	config.ReadTimeout = statementTimeout + connectTimeout
	// Stamps come as the text the server prints: nothing is lost to a zone
	// nobody asked for, and a zero date is no error.
	config.ParseTime = false
	config.MultiStatements = false
	config.AllowAllFiles = false
	config.Logger = &mysql.NopLogger{}
	made, err := mysql.NewConnector(config)
	if err != nil {
		return nil, "", badDSN("MySQL/MariaDB", "mysql://pengguna:sandi@host:3306/basisdata")
	}
	return func(ctx context.Context) (session, error) {
		return openStandard(ctx, sql.OpenDB(made), limitMySQL)
	}, config.Addr + "/" + config.DBName, nil
}

// limitMySQL sets the limit on the time of statements, which MySQL and
// MariaDB name and count differently.
func limitMySQL(ctx context.Context, conn *sql.Conn) error {
	var version string
	if err := conn.QueryRowContext(ctx, "SELECT VERSION()").Scan(&version); err != nil {
		return err
	}
	limit := fmt.Sprintf("SET SESSION max_execution_time = %d", statementTimeout.Milliseconds())
	if strings.Contains(strings.ToLower(version), "mariadb") {
		limit = fmt.Sprintf("SET SESSION max_statement_time = %d", int(statementTimeout.Seconds()))
	}
	_, err := conn.ExecContext(ctx, limit)
	return err
}

func (mysqlDialect) quote(name string) string  { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }
func (mysqlDialect) text(quoted string) string { return quoted }

func (mysqlDialect) class(databaseType string) string {
	switch strings.TrimPrefix(databaseType, "UNSIGNED ") {
	case "DATETIME", "TIMESTAMP", "DATE":
		return classTime
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "DECIMAL", "YEAR":
		return classNumber
	}
	return classText
}

func (mysqlDialect) classOf(string) string { return "" }
func (mysqlDialect) since(string) string   { return "?" }

func (mysqlDialect) bind(mark, class string, n int) []any { return repeated(mark, class, n) }

type sqliteDialect struct{}

func (sqliteDialect) open(dsn string, _ *time.Location) (connector, string, *Failure) {
	path := strings.TrimPrefix(strings.TrimPrefix(dsn, "sqlite://"), "file:")
	path, _, _ = strings.Cut(path, "?")
	name := filepath.Base(path)
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		// Opening a missing file would say so only in the driver's words.
		return nil, name, &Failure{Reason: ReasonFile, Err: err, Words: fmt.Sprintf("berkas basis data %s tidak ada atau tidak dapat dibaca; periksa nama dan izinnya", path)}
	}
	address := url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(5000)"}
	if !filepath.IsAbs(path) {
		address.Path, address.Opaque = "", (&url.URL{Path: path}).EscapedPath()
	}
	return func(ctx context.Context) (session, error) {
		db, err := sql.Open("sqlite", address.String())
		if err != nil {
			return nil, err
		}
		return openStandard(ctx, db, nil)
	}, name, nil
}

func (sqliteDialect) quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// text takes the declared type off, by which the driver would guess that a
// text is a stamp and lose what zone it was written in.
func (sqliteDialect) text(quoted string) string    { return "CAST(" + quoted + " AS TEXT)" }
func (sqliteDialect) class(string) string          { return "" }
func (sqliteDialect) classOf(quoted string) string { return "typeof(" + quoted + ")" }
func (sqliteDialect) since(string) string          { return "?" }

func (sqliteDialect) bind(mark, class string, n int) []any {
	if class == "" {
		// Every text is more than any number in SQLite.
		return repeated("0", classNumber, n)
	}
	return repeated(mark, class, n)
}

// repeated binds a number as a number, so that indexes serve and 10 is more
// than 9.
func repeated(mark, class string, n int) []any {
	var value any = mark
	if class == classNumber {
		if number, err := strconv.ParseInt(mark, 10, 64); err == nil {
			value = number
		} else if number, err := strconv.ParseFloat(mark, 64); err == nil {
			value = number
		}
	}
	args := make([]any, n)
	for i := range args {
		args[i] = value
	}
	return args
}

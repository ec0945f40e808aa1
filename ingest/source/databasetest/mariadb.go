package databasetest

import (
	"context"
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/go-sql-driver/mysql"
)

var mariadb = kind{
	name: "mariadb", debian: "mariadb-server", account: "mysql",
	install: func(s *Server) error {
		return s.run("mariadb-install-db", "--no-defaults", "--datadir="+filepath.Join(s.dir, "data"), "--skip-test-db",
			"--auth-root-authentication-method=normal")
	},
	command: func(s *Server) *exec.Cmd {
		path, err := program("mariadbd")
		if err != nil {
			path = "mariadbd"
		}
		args := []string{
			"--no-defaults", "--datadir=" + filepath.Join(s.dir, "data"), "--socket=" + filepath.Join(s.dir, "s"),
			"--pid-file=" + filepath.Join(s.dir, "pid"), "--port=" + strconv.Itoa(s.port), "--bind-address=127.0.0.1", "--skip-log-bin",
			"--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=16M", "--skip-name-resolve",
		}
		if s.kind.secure {
			args = append(args, "--ssl-ca="+s.Authority(), "--ssl-cert="+filepath.Join(s.dir, certificateFile), "--ssl-key="+filepath.Join(s.dir, keyFile))
		}
		return exec.Command(path, args...)
	},
	dsn: func(s *Server, database string) string {
		return fmt.Sprintf("mysql://gaung:%s@127.0.0.1:%d/%s", s.password, s.port, database)
	},
	exec: execMariaDB,
}

func execMariaDB(ctx context.Context, s *Server, database string, statements ...string) error {
	config := mysql.NewConfig()
	config.User, config.Net, config.Addr, config.DBName = "root", "unix", filepath.Join(s.dir, "s"), database
	config.Logger = &mysql.NopLogger{}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	db.SetMaxOpenConns(1)
	if database == "" {
		// The user that the tests connect as, by password.
		grant := []string{
			fmt.Sprintf("CREATE USER IF NOT EXISTS gaung@'127.0.0.1' IDENTIFIED BY '%s'", s.password),
			"GRANT SELECT ON *.* TO gaung@'127.0.0.1'",
		}
		statements = append(grant, statements...)
	}
	for _, statement := range statements {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

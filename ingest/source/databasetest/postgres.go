package databasetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
)

var postgres = kind{
	name: "postgresql", debian: "postgresql", account: "postgres",
	install: func(s *Server) error {
		secret := filepath.Join(s.dir, "password")
		if err := os.WriteFile(secret, []byte(s.password), 0o644); err != nil {
			return err
		}
		return s.run("initdb", "-D", filepath.Join(s.dir, "data"), "-U", "gaung", "--pwfile="+secret, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync")
	},
	command: func(s *Server) *exec.Cmd {
		path, err := program("postgres")
		if err != nil {
			path = "postgres"
		}
		args := []string{
			"-D", filepath.Join(s.dir, "data"), "-p", strconv.Itoa(s.port), "-k", s.dir,
			"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "timezone=UTC",
		}
		if s.kind.secure {
			args = append(args, "-c", "ssl=on", "-c", "ssl_cert_file="+filepath.Join(s.dir, certificateFile), "-c", "ssl_key_file="+filepath.Join(s.dir, keyFile))
		}
		return exec.Command(path, args...)
	},
	dsn: func(s *Server, database string) string {
		if database == "" {
			database = "postgres"
		}
		return fmt.Sprintf("postgres://gaung:%s@127.0.0.1:%d/%s?sslmode=disable", s.password, s.port, database)
	},
	exec: func(ctx context.Context, s *Server, database string, statements ...string) error {
		conn, err := pgx.Connect(ctx, s.kind.dsn(s, database))
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		for _, statement := range statements {
			if _, err := conn.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	},
}

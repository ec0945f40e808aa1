// Package databasetest gives tests real PostgreSQL and MariaDB servers: one of
// each per test binary, started when first asked for, on loopback, in a
// throw-away directory.
package databasetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startTimeout is how long a server may take to answer; it is generous
// because several test binaries may start theirs at once.
const startTimeout = 90 * time.Second

// Server is a running database server.
type Server struct {
	kind     kind
	dir      string
	port     int
	password string
	account  *account

	process *exec.Cmd
	ended   chan struct{}
	log     *os.File
}

// kind is what differs between the servers.
type kind struct {
	name, debian string
	// secure is for a server that speaks TLS too.
	secure bool
	// account is the system user that runs it when the tests run as root.
	account string
	install func(*Server) error
	command func(*Server) *exec.Cmd
	// exec runs statements in a database, or without one.
	exec func(ctx context.Context, s *Server, database string, statements ...string) error
	dsn  func(s *Server, database string) string
}

var shared struct {
	sync.Mutex
	servers []*Server
}

// Postgres is the shared PostgreSQL server.
func Postgres(t testing.TB) *Server { return get(t, postgres) }

// MariaDB is the shared MariaDB server.
func MariaDB(t testing.TB) *Server { return get(t, mariadb) }

// SecurePostgres is a shared PostgreSQL server that speaks TLS; its DSN asks
// for none.
func SecurePostgres(t testing.TB) *Server { return get(t, secured(postgres)) }

// SecureMariaDB is a shared MariaDB server that speaks TLS; its DSN asks for
// none.
func SecureMariaDB(t testing.TB) *Server { return get(t, secured(mariadb)) }

func secured(k kind) kind {
	k.name, k.secure = k.name+"-tls", true
	return k
}

func get(t testing.TB, k kind) *Server {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	for _, s := range shared.servers {
		if s.kind.name == k.name {
			return s
		}
	}
	s, err := create(k)
	if s != nil {
		shared.servers = append(shared.servers, s)
	}
	if err != nil {
		t.Fatalf("%s server for the tests: %v", k.name, err)
	}
	return s
}

// Stop ends the servers and removes their directories; a TestMain calls it
// after the tests.
func Stop() {
	shared.Lock()
	defer shared.Unlock()
	for _, s := range shared.servers {
		s.Kill()
		if s.log != nil {
			s.log.Close()
		}
		os.RemoveAll(s.dir)
	}
	shared.servers = nil
}

func create(k kind) (*Server, error) {
	s := &Server{kind: k, password: rand.Text()}
	var err error
	if s.account, err = accountOf(k.account); err != nil {
		return nil, fmt.Errorf("%w; install the Debian package %s", err, k.debian)
	}
	if s.dir, err = os.MkdirTemp("", "gaung-"+k.name+"-"); err != nil {
		return nil, err
	}
	if s.account != nil {
		if err := os.Chown(s.dir, s.account.uid, s.account.gid); err != nil {
			return s, err
		}
	}
	if k.secure {
		if err := s.certify(); err != nil {
			return s, err
		}
	}
	if s.log, err = os.Create(filepath.Join(s.dir, "log")); err != nil {
		return s, err
	}
	if s.port, err = freePort(); err != nil {
		return s, err
	}
	if err := k.install(s); err != nil {
		return s, err
	}
	return s, s.start()
}

// account is a system user to run as, nil for the present one.
type account struct{ uid, gid int }

// accountOf finds the user that a server runs as when the tests run as root,
// which both servers refuse to.
func accountOf(name string) (*account, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup(name)
	if err != nil {
		return nil, err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	return &account{uid, gid}, err
}

// prepare makes a command run as the server's user, and die with the tests
// should these be killed.
func (s *Server) prepare(c *exec.Cmd) *exec.Cmd {
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if s.account != nil {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(s.account.uid), Gid: uint32(s.account.gid)}
	}
	c.Dir, c.Stdout, c.Stderr = s.dir, s.log, s.log
	return c
}

func (s *Server) run(name string, args ...string) error {
	path, err := program(name)
	if err != nil {
		return fmt.Errorf("%w; install the Debian package %s", err, s.kind.debian)
	}
	if err := s.prepare(exec.Command(path, args...)).Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, s.tail())
	}
	return nil
}

// program finds a server's program, which Debian keeps off the usual path.
func program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	found = append(found, "/usr/sbin/"+name)
	slices.Reverse(found)
	for _, path := range found {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no program %s", name)
}

func (s *Server) tail() string {
	data, _ := os.ReadFile(s.log.Name())
	return string(data[max(0, len(data)-2000):])
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (s *Server) start() error {
	s.process = s.prepare(s.kind.command(s))
	if err := s.process.Start(); err != nil {
		return err
	}
	s.ended = make(chan struct{})
	go func(c *exec.Cmd, ended chan struct{}) {
		_ = c.Wait()
		close(ended)
	}(s.process, s.ended)
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		err := s.kind.exec(ctx, s, "")
		if err == nil {
			return nil
		}
		select {
		case <-s.ended:
			return errors.Join(errors.New("the server ended at once: "+s.tail()), err)
		case <-ctx.Done():
			return errors.Join(errors.New("the server does not answer: "+s.tail()), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Kill ends the server without any goodbye, as a power cut does: PostgreSQL has
// a process for every connection, which would go on delivering for a while.
func (s *Server) Kill() {
	if s.process == nil || s.process.Process == nil {
		return
	}
	started := children(s.process.Process.Pid)
	_ = s.process.Process.Kill()
	for _, pid := range started {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	<-s.ended
	s.process = nil
}

// children are the ids of the processes that a process has started
// (proc(5): the parent stands second behind the name in brackets).
func children(parent int) []int {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	var pids []int
	for _, file := range files {
		data, _ := os.ReadFile(file)
		fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err == nil && len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// Restart starts the server again after Kill. Processes that outlive their
// killed parent for a moment may still hold the directory: it tries until
// they are gone.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	var err error
	for end := time.Now().Add(startTimeout); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if err = s.start(); err == nil {
			return
		}
	}
	t.Fatal(err)
}

// Database is an empty database of the server.
type Database struct {
	// DSN is where the database is, password included.
	DSN      string
	Password string

	t      testing.TB
	server *Server
	name   string
}

// Database makes an empty database that disappears with the test.
func (s *Server) Database(t testing.TB) *Database {
	t.Helper()
	d := &Database{t: t, server: s, name: "t" + strings.ToLower(rand.Text()), Password: s.password}
	d.DSN = s.kind.dsn(s, d.name)
	if err := s.kind.exec(context.Background(), s, "", "CREATE DATABASE "+d.name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if s.process != nil {
			if err := s.kind.exec(context.Background(), s, "", "DROP DATABASE "+d.name); err != nil {
				t.Error(err)
			}
		}
	})
	return d
}

// Exec runs statements.
func (d *Database) Exec(statements ...string) {
	d.t.Helper()
	if err := d.server.kind.exec(context.Background(), d.server, d.name, statements...); err != nil {
		d.t.Fatal(err)
	}
}

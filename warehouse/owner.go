package warehouse

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// The files of a directory that are ours beside the engine's own.
const (
	lockFile   = "gaung.lock"
	socketFile = "gaung.sock"
)

// errLocked says that a living process owns the directory.
var errLocked = errors.New("warehouse: the directory is owned by another process")

// owner is this process's hold on a directory: the lock, the engine, and the
// unix socket that lets other processes use it.
type owner struct {
	dir    string
	lock   *os.File
	engine *engine
	server *http.Server
}

// ownDirectory returns the process's owner of dir, becoming it if nobody is.
// It fails with errLocked when another process is. Every success must be
// matched by one [owner.release].
func ownDirectory(dir string, o engineOptions) (*owner, error) {
	processEngine.Lock()
	defer processEngine.Unlock()
	if present := processEngine.owner; present != nil {
		if present.dir != dir {
			return nil, failure(nil, "satu proses hanya dapat membuka satu direktori gudang data; %s masih terbuka", present.dir)
		}
		processEngine.users++
		return present, nil
	}
	lock, err := lockDirectory(dir)
	if err != nil {
		return nil, err
	}
	e, err := startEngine(dir, o)
	if err != nil {
		lock.Close()
		return nil, err
	}
	own := &owner{dir: dir, lock: lock, engine: e}
	if err := own.listen(); err != nil {
		e.close()
		lock.Close()
		return nil, err
	}
	processEngine.owner, processEngine.users = own, 1
	return own, nil
}

// release gives up one use; the last one closes engine, socket and lock.
func (o *owner) release() {
	processEngine.Lock()
	defer processEngine.Unlock()
	if processEngine.users--; processEngine.users > 0 {
		return
	}
	processEngine.owner = nil
	o.server.Close()
	os.Remove(filepath.Join(o.dir, socketFile))
	o.engine.close()
	o.lock.Close()
}

// lockDirectory takes the directory's lock. The kernel drops it when its
// holder dies, however it dies, so there is no stale lock.
func lockDirectory(dir string) (*os.File, error) {
	path := filepath.Join(dir, lockFile)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, failure(err, "direktori gudang data %s tidak dapat ditulis; periksa pemilik dan izinnya", dir)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errLocked
		}
		return nil, fmt.Errorf("warehouse: lock %s: %w", path, err)
	}
	return file, nil
}

// listen serves the engine on the directory's socket. A socket file that is
// already there was left by a dead owner: the lock is ours, so nobody listens.
func (o *owner) listen() error {
	path := filepath.Join(o.dir, socketFile)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("warehouse: remove stale socket %s: %w", path, err)
	}
	listener, err := listenUnix(o.dir)
	if err != nil {
		return failure(err, "soket %s tidak dapat dibuat; periksa izin direktori", path)
	}
	o.server = &http.Server{Handler: o.engine, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 20}
	go o.server.Serve(listener)
	return nil
}

// listenUnix listens on dir's socket, readable by the owner of the directory
// alone. The socket gets its mode before anybody can connect: it is made under
// another name and then moved into place.
func listenUnix(dir string) (net.Listener, error) {
	path := filepath.Join(dir, socketFile)
	fresh := path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	address, done, err := shortSocketPath(fresh)
	if err != nil {
		return nil, err
	}
	defer done()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: address, Net: "unix"})
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false)
	if err := os.Chmod(fresh, 0o600); err != nil {
		listener.Close()
		return nil, err
	}
	if err := os.Rename(fresh, path); err != nil {
		listener.Close()
		return nil, err
	}
	return listener, nil
}

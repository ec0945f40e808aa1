package warehouse

import (
	"fmt"
	"os"
	"path/filepath"
)

// maxSocketPath is the longest path the kernel takes for a unix socket.
const maxSocketPath = 107

// shortSocketPath returns a name for path that fits into a socket address: a
// long one is reached through the open directory. done must be called after
// the address was used.
func shortSocketPath(path string) (address string, done func(), err error) {
	if len(path) <= maxSocketPath {
		return path, func() {}, nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)), func() { dir.Close() }, nil
}

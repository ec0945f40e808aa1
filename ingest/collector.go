package ingest

import (
	"runtime/debug"
	"sync"
)

// easyPercent is how much garbage, in percent of what is in use, may gather
// before it is collected while a large import writes its facts. Almost all that
// an import makes is used once, and little is in use at a time: about three
// packets. Collecting a third as often saves a tenth of the processor time and
// more, and takes some 200 MB, whatever the length of the file.
const easyPercent = 300

// defaultPercent is Go's own setting.
const defaultPercent = 100

// collector eases the collection of garbage while large imports run. The
// setting is one for the whole process, so the last import to end puts it back.
type collector struct {
	mu     sync.Mutex
	users  int
	before int
}

// ease begins an import of so many rows and returns what ends it; done may be
// called more than once. Small imports, and a process whose collector somebody
// has set (GOGC), are left alone. A memory limit (GOMEMLIMIT) holds as ever.
func (c *collector) ease(rows int) (done func()) {
	if rows < pauseFrom {
		return func() {}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.users++; c.users == 1 {
		c.before = debug.SetGCPercent(easyPercent)
		if c.before != defaultPercent {
			debug.SetGCPercent(c.before)
		}
	}
	return sync.OnceFunc(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.users--; c.users == 0 {
			debug.SetGCPercent(c.before)
		}
	})
}

package chdb

import (
	"fmt"
	"runtime"
	"syscall"

	"github.com/ebitengine/purego"
)

// guardedSignals are the signals libchdb takes for its crash reporter. Go
// needs them itself: nil dereferences arrive as SIGSEGV, preemption as SIGURG.
var guardedSignals = [...]syscall.Signal{
	syscall.SIGILL, syscall.SIGABRT, syscall.SIGFPE, syscall.SIGBUS, syscall.SIGSEGV, syscall.SIGURG,
}

// sigactionSize is larger than struct sigaction on every supported platform
// (152 bytes on Linux, 16 on macOS); the bytes are only handed back unread.
const sigactionSize = 256

// signalGuard saves the process's signal handlers around a call that
// replaces them.
type signalGuard struct {
	sigaction func(signal int32, act, old *byte) int32
}

func newSignalGuard() (signalGuard, error) {
	name := "libc.so.6"
	if runtime.GOOS == "darwin" {
		name = "/usr/lib/libSystem.B.dylib"
	}
	libc, err := purego.Dlopen(name, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return signalGuard{}, fmt.Errorf("chdb: load %s: %w", name, err)
	}
	var g signalGuard
	purego.RegisterLibFunc(&g.sigaction, libc, "sigaction")
	return g, nil
}

// around runs f and then puts the handlers back as they were before it.
func (g signalGuard) around(f func()) {
	var saved [len(guardedSignals)][sigactionSize]byte
	for i, s := range guardedSignals {
		g.sigaction(int32(s), nil, &saved[i][0])
	}
	f()
	for i, s := range guardedSignals {
		g.sigaction(int32(s), &saved[i][0], nil)
	}
}

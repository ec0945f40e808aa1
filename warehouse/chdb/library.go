// Package chdb binds libchdb, ClickHouse as a shared library, without cgo. It
// knows pointers and signals so that nobody else has to; package warehouse
// builds the engine seam on it.
package chdb

import (
	"fmt"
	"sync"

	"github.com/ebitengine/purego"
)

// Library is a loaded libchdb. There is one engine per process: every
// connection of a process must name the same directory.
type Library struct {
	connect          func(argc int32, argv **byte) **byte
	closeConn        func(cell **byte)
	queryParams      func(conn *byte, query *byte, queryLen uintptr, format *byte, formatLen uintptr, names **byte, nameLens *uintptr, values **byte, valueLens *uintptr, count uintptr) uintptr
	streamParams     func(conn *byte, query *byte, queryLen uintptr, format *byte, formatLen uintptr, names **byte, nameLens *uintptr, values **byte, valueLens *uintptr, count uintptr) uintptr
	streamFetch      func(conn *byte, stream uintptr) uintptr
	streamCancel     func(conn *byte, stream uintptr)
	destroyResult    func(result uintptr)
	resultBuffer     func(result uintptr) *byte
	resultLength     func(result uintptr) uintptr
	resultError      func(result uintptr) *byte
	setSignalHandler func(enabled int32)

	signals signalGuard
	mu      sync.Mutex // serializes connect, which touches process-wide signal handlers
}

// Load opens the library at path. Nothing of the engine starts before
// [Library.Connect]. The library stays in the process until it ends.
func Load(path string) (*Library, error) {
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return nil, fmt.Errorf("chdb: load %s: %w", path, err)
	}
	lib := &Library{}
	for name, target := range map[string]any{
		"chdb_connect":                     &lib.connect,
		"chdb_close_conn":                  &lib.closeConn,
		"chdb_query_with_params_n":         &lib.queryParams,
		"chdb_stream_query_with_params_n":  &lib.streamParams,
		"chdb_stream_fetch_result":         &lib.streamFetch,
		"chdb_stream_cancel_query":         &lib.streamCancel,
		"chdb_destroy_query_result":        &lib.destroyResult,
		"chdb_result_buffer":               &lib.resultBuffer,
		"chdb_result_length":               &lib.resultLength,
		"chdb_result_error":                &lib.resultError,
		"chdb_set_signal_handlers_enabled": &lib.setSignalHandler,
	} {
		symbol, err := purego.Dlsym(handle, name)
		if err != nil {
			return nil, fmt.Errorf("chdb: %s lacks %s; a libchdb of version 26.5 or newer is needed: %w", path, name, err)
		}
		purego.RegisterFunc(target, symbol)
	}
	if lib.signals, err = newSignalGuard(); err != nil {
		return nil, err
	}
	return lib, nil
}

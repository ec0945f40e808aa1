// Package warehouse opens ClickHouse, embedded in a directory or on a server,
// and hands out one clickhouse-go connection for both. It is the only place
// that knows which engine runs.
//
// The embedded engine is libchdb behind clickhouse-go's HTTP protocol: a
// round-tripper takes what the driver would send to a server, runs it in the
// process and answers in the server's own Native format. The process that
// opened the directory first also serves that interface on a unix socket in
// the directory, so that any other process on the machine works with the same
// data at the same time, and takes over when the first one is gone.
package warehouse

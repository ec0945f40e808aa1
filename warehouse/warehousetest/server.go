package warehousetest

import (
	"log/slog"
	"net/url"
	"testing"

	"gaung/warehouse"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func onServer(t testing.TB, dsn, database string) *warehouse.Warehouse {
	t.Helper()
	admin, err := warehouse.Open(t.Context(), warehouse.Options{DSN: dsn, Logger: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	if err := admin.Conn().Exec(t.Context(), "CREATE DATABASE "+database); err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + database
	w, err := warehouse.Open(t.Context(), warehouse.Options{DSN: address.String(), Logger: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		drop(t, admin.Conn(), database)
		w.Close()
		admin.Close()
	})
	return w
}

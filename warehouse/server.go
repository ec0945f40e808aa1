package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

// oldestServer is the first version whose parameters, types and Native format
// are those Gaung is tested with.
var oldestServer = proto.Version{Major: 24, Minor: 8}

func openServer(ctx context.Context, o Options, at location) (*Warehouse, error) {
	options := at.server
	if o.QueryTimeout > 0 {
		if options.Settings == nil {
			options.Settings = clickhouse.Settings{}
		}
		if _, set := options.Settings["max_execution_time"]; !set {
			options.Settings["max_execution_time"] = int(o.QueryTimeout / time.Second)
		}
		options.ReadTimeout = max(options.ReadTimeout, o.QueryTimeout)
	}
	if at.cluster != "" {
		if options.Settings == nil {
			options.Settings = clickhouse.Settings{}
		}
		// Rows of a region share a shard, so joins are local; and what was
		// written must be there when the rollups are rebuilt right after it.
		options.Settings["distributed_product_mode"] = "local"
		options.Settings["distributed_foreground_insert"] = 1
	}
	options.ClientInfo.Products = append(options.ClientInfo.Products, struct{ Name, Version string }{"gaung", "1"})
	where := strings.Join(options.Addr, ",")
	conn, err := clickhouse.Open(options)
	if err != nil {
		return nil, failure(err, "alamat gudang data %s tidak dapat dipakai: %v", where, err)
	}
	version, err := conn.ServerVersion()
	if err != nil {
		conn.Close()
		if text := versionOverHTTP(ctx, options); text != "" {
			return nil, tooOld(where, text, err)
		}
		return nil, serverFailure(where, err)
	}
	if !proto.CheckMinVersion(oldestServer, version.Version) {
		conn.Close()
		return nil, tooOld(where, version.Version.String(), nil)
	}
	if err := conn.Ping(ctx); err != nil {
		conn.Close()
		return nil, serverFailure(where, err)
	}
	return &Warehouse{conn: conn, options: options, cluster: at.cluster}, nil
}

func tooOld(where, version string, err error) error {
	return failure(err, "server ClickHouse di %s berversi %s; Gaung memerlukan %d.%d atau lebih baru, perbarui servernya",
		where, version, oldestServer.Major, oldestServer.Minor)
}

func serverFailure(where string, err error) error {
	var exception *clickhouse.Exception
	if errors.As(err, &exception) {
		switch exception.Code {
		case 81:
			return failure(err, "basis data pada server ClickHouse %s tidak ada; buat dulu dengan CREATE DATABASE, atau betulkan alamatnya", where)
		case 192, 193, 194, 516:
			return failure(err, "server ClickHouse di %s menolak pengguna atau sandinya; betulkan alamat gudang data", where)
		}
		return failure(err, "server ClickHouse di %s menjawab galat: %s", where, exception.Message)
	}
	return failure(err, "server ClickHouse di %s tidak dapat dihubungi; periksa alamat, jaringan, dan apakah servernya hidup", where)
}

// versionOverHTTP asks a server that the driver could not greet for its
// version: servers of old do not know the functions of the driver's greeting.
func versionOverHTTP(ctx context.Context, o *clickhouse.Options) string {
	if o.Protocol != clickhouse.HTTP || len(o.Addr) == 0 {
		return ""
	}
	address := url.URL{Scheme: "http", Host: o.Addr[0], RawQuery: url.Values{"query": {"SELECT version()"}}.Encode()}
	if o.TLS != nil {
		address.Scheme = "https"
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return ""
	}
	if o.Auth.Username != "" {
		request.SetBasicAuth(o.Auth.Username, o.Auth.Password)
	}
	client := http.Client{Transport: &http.Transport{TLSClientConfig: o.TLS, DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return ""
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 64))
	if err != nil || response.StatusCode != http.StatusOK {
		return ""
	}
	version := strings.TrimSpace(string(text))
	if proto.ParseVersion(version) == (proto.Version{}) || proto.CheckMinVersion(oldestServer, proto.ParseVersion(version)) {
		return ""
	}
	return fmt.Sprintf("%.32s", version)
}

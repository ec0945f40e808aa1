package warehouse

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"

	"gaung/warehouse/chdb"
)

// statement is one request of ClickHouse's HTTP interface.
type statement struct {
	query    string
	params   []chdb.Param
	settings map[string]string
	database string
	data     io.Reader // rows of an INSERT in Native format; nil otherwise
}

// maxQueryText bounds a statement's text; ClickHouse's own default is 256 KiB
// and no statement of ours comes near it.
const maxQueryText = 4 << 20

var (
	settingName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	insertData  = regexp.MustCompile(`(?is)^\s*INSERT\s+INTO\s.*FORMAT\s+Native\s*$`)
)

// transportParameters belong to the HTTP interface and are not settings.
// log_comment marks a running statement so that it can be cancelled and is
// therefore ours; every other setting is handed to the engine.
var transportParameters = map[string]bool{
	"query": true, "database": true, "default_format": true, "client_protocol_version": true, "query_id": true,
	"session_id": true, "session_timeout": true, "session_check": true, "compress": true, "decompress": true,
	"user": true, "password": true, "quota_key": true, "role": true, "log_comment": true,
}

// readStatement reads a request as the driver sends it: the statement in the
// body, or in the parameter "query" with an INSERT's rows in the body.
func readStatement(r *http.Request) (statement, error) {
	values := r.URL.Query()
	st := statement{query: values.Get("query"), database: values.Get("database"), settings: map[string]string{}}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); strings.HasPrefix(kind, "multipart/") {
		return statement{}, fmt.Errorf("warehouse: external tables are not supported by the embedded engine")
	}
	if st.query == "" {
		if r.Body != nil {
			text, err := io.ReadAll(io.LimitReader(r.Body, maxQueryText+1))
			if err != nil {
				return statement{}, fmt.Errorf("warehouse: read statement: %w", err)
			}
			if len(text) > maxQueryText {
				return statement{}, fmt.Errorf("warehouse: the statement is longer than %d bytes", maxQueryText)
			}
			st.query = string(text)
		}
	} else if insertData.MatchString(st.query) {
		st.data = r.Body
	}
	if strings.TrimSpace(st.query) == "" {
		return statement{}, fmt.Errorf("warehouse: empty statement")
	}
	for name, list := range values {
		switch {
		case len(list) == 0 || transportParameters[name]:
		case strings.HasPrefix(name, "param_"):
			st.params = append(st.params, chdb.Param{Name: strings.TrimPrefix(name, "param_"), Value: list[0]})
		case settingName.MatchString(name):
			st.settings[name] = list[0]
		default:
			return statement{}, fmt.Errorf("warehouse: %q is not the name of a setting", name)
		}
	}
	return st, nil
}

// quoteText writes s as an SQL string literal.
func quoteText(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// insertFormat is the tail of an INSERT whose rows come in the body.
var insertFormat = regexp.MustCompile(`(?is)\s*FORMAT\s+Native\s*$`)

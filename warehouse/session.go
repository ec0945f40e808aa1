package warehouse

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gaung/warehouse/chdb"
)

// session is one engine connection with the state it was left in. A session
// runs one statement at a time.
type session struct {
	conn     *chdb.Conn
	tag      string // log_comment of its statements: how KILL QUERY finds them
	database string
	settings map[string]string
	used     bool // it may not be as it was when it was opened
}

func newSession(connect func() (*chdb.Conn, error), number uint64) (*session, error) {
	conn, err := connect()
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, tag: fmt.Sprintf("gaung-%d", number), database: "default"}
	if _, err := conn.Exec("SET log_comment = "+quoteText(s.tag), "Null", nil); err != nil {
		conn.Close()
		return nil, err
	}
	// The dynamic filter for "ORDER BY … LIMIT n" was seen to fail with code 53
	// in __topKFilter, and to drop the row asked for, where the rows lay in
	// several parts. An engine without it needs no switching off.
	if _, err := conn.Exec("SET use_top_k_dynamic_filtering = 0", "Null", nil); err != nil && !isUnknownSetting(err) {
		conn.Close()
		return nil, err
	}
	return s, nil
}

// isUnknownSetting tells the answer of an engine that does not have a setting.
func isUnknownSetting(err error) bool {
	var engineErr *chdb.EngineError
	return errors.As(err, &engineErr) && strings.Contains(engineErr.Text, "UNKNOWN_SETTING")
}

// prepare brings the session into the state the statement asks for. Settings
// of an earlier statement that this one does not name go back to their default.
// After an error the session is in an unknown state and must be closed.
func (s *session) prepare(st statement) error {
	var back, changes []string
	for name := range s.settings {
		if _, wanted := st.settings[name]; !wanted {
			back = append(back, name+" = DEFAULT")
		}
	}
	for name, value := range st.settings {
		if present, set := s.settings[name]; !set || present != value {
			changes = append(changes, name+" = "+quoteText(value))
		}
	}
	if len(back)+len(changes) > 0 {
		slices.Sort(back)
		slices.SortFunc(changes, func(a, b string) int {
			return cmp.Or(compareBools(locks(a), locks(b)), cmp.Compare(a, b))
		})
		s.used = true
		for _, change := range slices.Concat(back, changes) {
			if _, err := s.conn.Exec("SET "+change, "Null", nil); err != nil {
				return err
			}
		}
		s.settings = maps.Clone(st.settings)
	}
	database := st.database
	if database == "" {
		database = "default"
	}
	if database != s.database {
		if !identifier.MatchString(database) {
			return fmt.Errorf("warehouse: %q is not the name of a database", database)
		}
		s.used = true
		if _, err := s.conn.Exec("USE "+database, "Null", nil); err != nil {
			return err
		}
		s.database = database
	}
	return nil
}

// locks reports a change of a setting that forbids later changes: it comes
// last.
func locks(change string) bool {
	return strings.HasPrefix(change, "readonly ") || strings.HasPrefix(change, "allow_ddl ")
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// leavesTraces reports a statement that changes its session in a way that
// [session.prepare] does not know of: SET, USE, a temporary table, and
// several statements at once, of which any may do so. What streams is one
// statement: the engine refuses to stream several.
func leavesTraces(query string) bool {
	if streams(query) {
		return false
	}
	switch strings.ToUpper(firstWord(query)) {
	case "SET", "USE", "BEGIN":
		return true
	case "CREATE":
		return strings.Contains(strings.ToUpper(query), "TEMPORARY")
	}
	return strings.Contains(strings.TrimRight(query, "; \t\r\n"), ";")
}

// streams says whether the engine can hand out the statement's output block by
// block; it can for queries, not for DDL, EXPLAIN, SHOW and the like.
func streams(query string) bool {
	switch strings.ToUpper(firstWord(query)) {
	case "SELECT", "WITH", "(":
		return true
	}
	return false
}

// firstWord returns the first word after white space and comments.
func firstWord(query string) string {
	for {
		query = strings.TrimSpace(query)
		switch {
		case strings.HasPrefix(query, "--"):
			_, rest, found := strings.Cut(query, "\n")
			if !found {
				return ""
			}
			query = rest
		case strings.HasPrefix(query, "/*"):
			_, rest, found := strings.Cut(query, "*/")
			if !found {
				return ""
			}
			query = rest
		case strings.HasPrefix(query, "("):
			return "("
		default:
			if end := strings.IndexFunc(query, func(r rune) bool {
				return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
			}); end >= 0 {
				return query[:end]
			}
			return query
		}
	}
}

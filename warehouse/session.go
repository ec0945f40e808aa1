package warehouse

import (
	"errors"
	"fmt"
	"sort"
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
func (s *session) prepare(st statement) error {
	database := st.database
	if database == "" {
		database = "default"
	}
	if database != s.database {
		if !identifier.MatchString(database) {
			return fmt.Errorf("warehouse: %q is not the name of a database", database)
		}
		if _, err := s.conn.Exec("USE "+database, "Null", nil); err != nil {
			return err
		}
		s.database = database
	}
	var changes []string
	for name := range s.settings {
		if _, wanted := st.settings[name]; !wanted {
			changes = append(changes, name+" = DEFAULT")
		}
	}
	for name, value := range st.settings {
		if present, set := s.settings[name]; !set || present != value {
			changes = append(changes, name+" = "+quoteText(value))
		}
	}
	if len(changes) == 0 {
		return nil
	}
	sort.Strings(changes)
	for _, change := range changes {
		if _, err := s.conn.Exec("SET "+change, "Null", nil); err != nil {
			// What holds now is unknown: name everything so that the next
			// statement sets it all anew.
			s.settings = merge(s.settings, st.settings)
			for name := range s.settings {
				s.settings[name] = "\x00"
			}
			return err
		}
	}
	s.settings = merge(nil, st.settings)
	return nil
}

func merge(a, b map[string]string) map[string]string {
	all := make(map[string]string, len(a)+len(b))
	for name, value := range a {
		all[name] = value
	}
	for name, value := range b {
		all[name] = value
	}
	return all
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

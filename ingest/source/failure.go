package source

import (
	"fmt"
	"time"
)

// Reasons of a Failure that are not HTTP statuses. HTTP answers have the
// reasons "http_404" and so on, and "http_5xx" for all server errors.
const (
	ReasonDNS            = "dns"
	ReasonTLS            = "tls"
	ReasonRefused        = "refused"
	ReasonTimeout        = "timeout"
	ReasonUnreachable    = "unreachable"
	ReasonConnection     = "connection"
	ReasonPrivateAddress = "private_address"
	ReasonRedirect       = "redirect"
	ReasonTooLarge       = "too_large"
	ReasonRobots         = "robots"
	ReasonNotAFeed       = "not_a_feed"
	ReasonParse          = "parse"
	ReasonBadURL         = "bad_url"
	// ReasonNotAList: neither a sitemap nor a page with the configured links.
	ReasonNotAList = "not_a_list"
	// ReasonNotJSON: an answer of another kind where JSON was expected.
	ReasonNotJSON = "not_json"
	// ReasonMapping: the configured rules, paths or fields find nothing.
	ReasonMapping = "mapping"
	// ReasonSecret: a secret named in the configuration is missing.
	ReasonSecret = "secret"
)

// Failure says why a source could not be read: a stable reason code for
// counting, words for a person, and the whole story for the log.
type Failure struct {
	Reason string
	// Words is one Indonesian line: what went wrong, where, what to do.
	Words string
	// Err is the cause, nil when the answer itself is the problem.
	Err error
	// HTTPStatus is the status of the answer, 0 when there was none.
	HTTPStatus int
	// RetryAfter is how long the server asked to be left alone, 0 when it
	// did not say. The next poll should not come earlier.
	RetryAfter time.Duration
}

// Error is the reason, its words and the cause, for the log.
func (f *Failure) Error() string {
	if f.Err == nil {
		return f.Reason + ": " + f.Words
	}
	return fmt.Sprintf("%s: %s: %v", f.Reason, f.Words, f.Err)
}

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

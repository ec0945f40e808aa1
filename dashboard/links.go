package dashboard

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/metrics"
)

// The paths of pages about one thing each, which their addresses end with.
const (
	agencyPath        = "/opd/*"
	personPath        = "/pranata-humas/*"
	requestCasePath   = "/kasus/ppid/*"
	objectionCasePath = "/kasus/keberatan/*"
	complaintCasePath = "/kasus/pengaduan/*"
)

// agencyURL is the address of an OPD's page; query keeps region, month and day.
func agencyURL(code, query string) string { return under(agencyPath, code) + query }

// personURL is the address of a person's page.
func personURL(id, query string) string { return under(personPath, id) + query }

// caseURL is the address of a case of a sort ([metrics.CasePPID] and so on). The
// OPD tells apart requests that share a number; it may be empty.
func caseURL(sort, id, opd, query string) string {
	path := requestCasePath
	switch sort {
	case metrics.CaseObjection:
		path = objectionCasePath
	case metrics.CaseComplaint:
		path = complaintCasePath
	}
	address := under(path, id) + query
	if opd == "" || sort != metrics.CasePPID {
		return address
	}
	join := "?"
	if query != "" {
		join = "&"
	}
	return address + join + "case_opd=" + url.QueryEscape(opd)
}

// caseOfRule is the sort of case that a deadline rule is about.
func caseOfRule(rule string) string {
	switch rule {
	case metrics.RulePPID:
		return metrics.CasePPID
	case metrics.RuleObjection:
		return metrics.CaseObjection
	}
	return metrics.CaseComplaint
}

// under is the path of one thing on a page whose path ends with a star.
// Registers number with slashes, so that the key is escaped whole.
func under(path, key string) string {
	return strings.TrimSuffix(path, "*") + url.PathEscape(key)
}

// lastPart is the key at the end of the path, as [under] wrote it. Text that is
// not escaped properly comes back as it is.
func lastPart(c *fiber.Ctx) string {
	raw := c.Params("*")
	if key, err := url.PathUnescape(raw); err == nil {
		return key
	}
	return raw
}

// sourceLink is an address from the web as a link: only http and https are
// led to, anything else is shown as text.
func sourceLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}

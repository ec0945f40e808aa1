package source

import (
	"fmt"
	"time"

	"github.com/temoto/robotstxt"
)

// StandardRobots reads robots.txt by the rules of RFC 9309, crawl delays
// included.
func StandardRobots() Robots { return standardRobots{} }

type standardRobots struct{}

func (standardRobots) Parse(status int, body []byte, agent string) (RobotsRules, error) {
	data, err := robotstxt.FromStatusAndBytes(status, body)
	if err != nil {
		return nil, fmt.Errorf("source: read robots.txt: %w", err)
	}
	return groupRules{data.FindGroup(agent)}, nil
}

type groupRules struct{ group *robotstxt.Group }

func (r groupRules) Allowed(path string) bool { return r.group.Test(path) }

func (r groupRules) CrawlDelay() time.Duration { return r.group.CrawlDelay }

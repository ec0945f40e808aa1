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
	return agentRules{data: data, agent: agent}, nil
}

type agentRules struct {
	data  *robotstxt.RobotsData
	agent string
}

func (r agentRules) Allowed(path string) bool { return r.data.TestAgent(path, r.agent) }

func (r agentRules) CrawlDelay() time.Duration { return r.data.FindGroup(r.agent).CrawlDelay }

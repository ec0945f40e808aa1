package main

import (
	_ "codeberg.org/readeck/go-readability"
	_ "github.com/ClickHouse/clickhouse-go/v2"
	_ "github.com/PuerkitoBio/goquery"
	_ "github.com/agnivade/levenshtein"
	_ "github.com/alecthomas/kong"
	_ "github.com/cenkalti/backoff/v5"
	_ "github.com/chromedp/chromedp"
	_ "github.com/ebitengine/purego"
	_ "github.com/go-echarts/go-echarts/v2/charts"
	_ "github.com/go-co-op/gocron/v2"
	_ "github.com/gofiber/fiber/v2"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/mmcdole/gofeed"
	_ "github.com/pressly/goose/v3"
	_ "github.com/schollz/progressbar/v3"
	_ "github.com/xuri/excelize/v2"
	_ "golang.org/x/time/rate"
	_ "gopkg.in/yaml.v3"
	_ "pgregory.net/rapid"
)

func main() {}

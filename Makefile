# make run   start the example region on http://127.0.0.1:8080
# make test  every test, the browser tests included
# Both fetch what they need by themselves; see README.md.

GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOFUMPT = mvdan.cc/gofumpt@v0.12.0
LISTEN ?= 127.0.0.1:8080
# Packages with tests that need a browser or LibreOffice: what e2e runs.
BROWSER = ./dashboard ./dashboard/export ./cmd/gaung
# Packages whose tests take longest, the longest first.
LONGEST = ./dashboard ./metrics ./cmd/gaung
STEP = .ci/step

.PHONY: run test build engine e2e databases browser lint bench clean
# Two installations at a time would wait for each other's lock.
.NOTPARALLEL:

run: build
	bin/gaung demo --listen $(LISTEN)

build: engine
	@$(STEP) "Membangun gaung" $(GO) build -trimpath -o bin/gaung ./cmd/gaung

engine: node_modules/.package-lock.json
	@.ci/engine-check

# npm writes this file last, so an interrupted installation is done again.
node_modules/.package-lock.json: package-lock.json
	@.ci/need npm "Node.js dengan npm"
	@$(STEP) "Mengambil mesin data ClickHouse tertanam (sekitar 170 MB)" npm ci --silent

# Everything in one run, so that packages are tested beside each other: those
# that take longest are named first and start first.
test: engine databases browser
	@$(STEP) "Menguji, juga di peramban" $(GO) test -timeout 20m -count 1 -tags e2e $(LONGEST) ./...

e2e: engine browser
	@$(STEP) "Menguji di peramban" $(GO) test -timeout 20m -count 1 -tags e2e $(BROWSER)

databases:
	@.ci/apt "uji sumber basis data" "/usr/lib/postgresql/*/bin/initdb|initdb mariadb-install-db" postgresql mariadb-server

browser:
	@.ci/apt "uji peramban" "chromium|chromium-browser|google-chrome" chromium fonts-dejavu-core
	@.ci/apt "uji buku kerja" "soffice pdfinfo pdftotext" libreoffice-calc-nogui poppler-utils fonts-liberation

lint:
	@$(STEP) "go vet" $(GO) vet -tags e2e ./...
	@$(STEP) "staticcheck" $(GO) run $(STATICCHECK) -tags e2e ./...
	@$(STEP) "gofumpt" .ci/gofumpt $(GO) run $(GOFUMPT) -l .

bench: engine
	$(GO) test -run '^$$' -bench . -benchmem -timeout 60m ./...

clean:
	rm -rf bin artifacts data/demo

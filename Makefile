# Everything that is built, tested, shown and measured. `make help` lists it.
export GOFLAGS := -tags=duckdb_arrow
GO    ?= go
OUT   := out
BIN   := $(OUT)/yardstick
DIST  := web/pages/dist
ASSET := $(wildcard web/pages/assets/*.* web/pages/assets/src/*)

.PHONY: help demo test check build assets deps fmt vet lint generate quick race golden fuzz bench clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## load the demo forms into a new workspace, show a suggestion, serve the pages
	$(BIN) demo

test: deps-test assets fmt vet ## everything CI runs: format, vet, all tests
	$(GO) test ./...

check: test lint race generate ## test, and what takes longer: staticcheck, race detector, generated files

build: deps-build assets ## out/yardstick with the page assets inside
	@mkdir -p $(OUT)
	$(GO) build -trimpath -ldflags="-s -w" -o $(BIN) ./cmd/yardstick

assets: $(DIST)/.built ## the pages' style sheet and scripts (Node)
$(DIST)/.built: deps-build $(ASSET)
	cd web/pages/assets && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

.PHONY: deps-build deps-test
deps-build:
	@scripts/deps build
deps-test:
	@scripts/deps test

fmt: ## fail if a file is not gofmt-ed
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not gofmt-ed:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
vet:
	$(GO) vet ./...
lint: ## staticcheck
	$(GO) tool staticcheck ./...
generate: ## docs/cli.md from the commands; fails if it was out of date
	$(GO) test ./cmd/yardstick -run TestCLIDoc -update
	git diff --exit-code docs/cli.md
quick: ## the packages without DuckDB and bleve
	$(GO) test . ./indicators/... ./ingest/... ./analysis/...
race: ## tests under the race detector
	$(GO) test -race . ./indicators/... ./ingest/... ./analysis/... ./search ./store ./workspace ./web/...
golden: ## rewrite golden files; read the diff like code
	$(GO) test ./indicators/... ./web/pages ./cmd/yardstick -update
fuzz: ## every fuzz target for 60 s
	scripts/fuzz 60s
bench: assets ## what the project promises, measured: accuracy, speed, memory
	scripts/bench
clean:
	rm -rf $(OUT) $(DIST)/* web/pages/assets/node_modules

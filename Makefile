# make help lists what there is. Only Go is needed, except where a target says otherwise.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run build test race bench lint fmt generate tools clean

# The demo keeps its data here; remove the file to begin anew.
DEMO_DATABASE ?= sqlite:fixly-demo.db
# Packages to test, bench or lint: make test PKG=./scheduling/...
PKG ?= ./...

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build and start the demo business; prints the address to open (FIXLY_LISTEN changes it)
	bin/fixly serve --demo --database $(DEMO_DATABASE)

build: ## build the one static binary, bin/fixly
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o bin/fixly ./cmd/fixly

test: ## run every test; as root on Debian it first installs PostgreSQL, Chromium and Radicale, else says what is left out
	@scripts/test-setup.sh
	go test -p 2 -timeout 12m $(PKG)

race: ## run the tests under the race detector (needs a C compiler)
	@scripts/test-setup.sh
	CGO_ENABLED=1 go test -race -p 1 -timeout 30m $(PKG)

bench: ## run the benchmarks; compare two runs with benchstat
	go test -run '^$$' -bench . -benchmem -p 1 -timeout 30m $(PKG)

lint: ## format, vet and lint checks, and whether generated code is in step (installs pinned tools into .bin/)
	@scripts/tool.sh golangci-lint
	go vet $(PKG)
	.bin/golangci-lint run --timeout 10m $(PKG)
	@scripts/generate.sh --check

fmt: ## format the code
	@scripts/tool.sh golangci-lint
	.bin/golangci-lint fmt $(PKG)

generate: ## write the generated code: pages (templ) and queries (sqlc)
	@scripts/generate.sh

tools: ## install all development tools into .bin/
	@scripts/tool.sh all

clean: ## remove what make built, and the demo's database
	rm -rf bin fixly-demo.db fixly-demo.db-shm fixly-demo.db-wal fixly-demo.db.key

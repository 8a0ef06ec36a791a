#!/usr/bin/env bash
# Puts a development tool of a pinned version into .bin/, unless it is there already. Needs nothing but Go.
# Usage: scripts/tool.sh NAME...   (or "all")
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

all="golangci-lint gofumpt templ sqlc"
package() {
  case $1 in
    golangci-lint) echo github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 ;;
    gofumpt) echo mvdan.cc/gofumpt@v0.12.0 ;;
    templ) echo github.com/a-h/templ/cmd/templ@v0.3.977 ;;
    sqlc) echo github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1 ;;
    *) echo "scripts/tool.sh knows no tool $1; there are: $all" >&2; return 2 ;;
  esac
}

[ $# -gt 0 ] || { echo "usage: scripts/tool.sh all | NAME...; there are: $all" >&2; exit 2; }
[ "$1" != all ] || set -- $all
mkdir -p .bin
for name in "$@"; do
  package=$(package "$name")
  version=${package##*@}
  # The third field of the "mod" line of a Go binary's build information is its module's version.
  have=$(go version -m ".bin/$name" 2>/dev/null | awk '$1 == "mod" {print $3}' || true)
  [ "$have" != "$version" ] || continue
  echo "installing $name $version into .bin/ (once)" >&2
  # Not in the module's directory: go.mod is the program's, and a tool's build must not depend on it.
  (cd / && GOBIN="$root/.bin" GOFLAGS= CGO_ENABLED=0 go install "$package")
done

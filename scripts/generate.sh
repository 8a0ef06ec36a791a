#!/usr/bin/env bash
# Writes the generated code: pages from *.templ, queries from store/queries, what the classifier learned from its
# utterances. With --check it writes nothing, and
# fails where what is committed is out of step with its source.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/tool.sh templ sqlc
tools=$PWD/.bin

# In a copy of the module, or in the module itself. templ runs in each folder that has pages: it writes their names,
# as it sees them from where it stands, into the code.
generate() {
  local root=$1 folder log
  log=$(mktemp)
  find "$root" -name '*.templ' -exec dirname {} \; | sort -u | while IFS= read -r folder; do
    (cd "$folder" && "$tools/templ" generate -path . >"$log" 2>&1) || { cat "$log" >&2; return 1; }
  done || return 1
  rm -f "$log"
  (cd "$root/store" && "$tools/sqlc" generate)
}

# What was learned is trained again only where it is out of step; the check compares digests and trains nothing.
classifier=receptionist/understanding/classify
train() { go run "./$classifier/train" -root "$classifier" "$@"; }

if [ "${1:-}" != --check ]; then
  generate "$PWD"
  train
  exit
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
# What the generators read and write, nothing else.
git ls-files -z --cached --others --exclude-standard -- go.mod '*.templ' '*_templ.go' store |
  while IFS= read -r -d '' f; do [ -e "$f" ] && printf '%s\0' "$f"; done |
  tar --null -T - -cf - | tar -xf - -C "$copy"
generate "$copy"
stale=0
train -check || stale=1
while IFS= read -r -d '' f; do
  f=${f#./}
  cmp -s "$copy/$f" "$f" || { echo "$f is out of step with its source: run make generate and commit the result" >&2; stale=1; }
done < <(cd "$copy" && find . \( -name '*_templ.go' -o -path './store/internal/rows/*' \) -type f -print0)
exit $stale

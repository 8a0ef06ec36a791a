#!/usr/bin/env bash
# Sees to what the tests want besides Go: PostgreSQL (every storage test runs on it as well as on SQLite), Chromium
# (the pages are tried in a browser) and Radicale (a CalDAV server; by python3-tz it knows time zones). Installs
# Debian's packages when it may; otherwise it says what the tests will leave out. It never fails:
# FIXLY_TEST_POSTGRES=required, FIXLY_TEST_CHROMIUM=required and FIXLY_TEST_RADICALE=required make the tests
# themselves fail where one is missing.
set -uo pipefail

# Named apart from the programs: "command -v chromium" would find a function of that name.
have_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
have_chromium() { command -v chromium >/dev/null; }
have_radicale() { command -v radicale >/dev/null && { [ ! -e /usr/share/doc/radicale ] || [ -e /usr/share/doc/python3-tz ]; }; }

missing=()
have_postgres || missing+=(postgresql)
have_chromium || missing+=(chromium)
have_radicale || missing+=(radicale python3-tz)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "test set-up: installing ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  # The package's own cluster is not wanted: the tests start servers of their own.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  log=$(mktemp)
  for try in 1 2 3; do
    apt-get update >"$log" 2>&1 && apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 && break
    [ "$try" = 3 ] || sleep 5
  done
  { have_postgres && have_chromium && have_radicale; } || tail -n 5 "$log" >&2
  rm -f "$log"
fi

have_postgres || echo "test set-up: PostgreSQL is not installed, so storage is tested on SQLite only (Debian: apt-get install postgresql)" >&2
have_chromium || echo "test set-up: Chromium is not installed, so the pages are not tried in a browser (Debian: apt-get install chromium)" >&2
have_radicale || echo "test set-up: Radicale is not installed, so CalDAV is not tried on a real server (Debian: apt-get install radicale python3-tz)" >&2
exit 0

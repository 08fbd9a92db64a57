#!/usr/bin/env bash
# Starts a PostgreSQL of its own in a temporary folder, runs the command that follows with DATABASE_URL set, stops it again.
set -euo pipefail
shopt -s nullglob
servers=(/usr/lib/postgresql/*/bin)
[ ${#servers[@]} -gt 0 ] || { echo "No PostgreSQL server is installed (Debian: apt-get install postgresql)." >&2; exit 1; }
bin=${servers[-1]}
port=${PGPORT:-$((20000 + RANDOM % 20000))}
folder=$(mktemp -d)
here=$PWD
as=()
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid="$(id -gn postgres)" --clear-groups env HOME="$folder")
fi
stop() { cd "$folder" && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; cd / && rm -rf "$folder"; }
trap stop EXIT
cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8 >"$folder/init.log"
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" \
  -o "-k $folder -p $port -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off" start >/dev/null
cd "$here"
DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" "$@"

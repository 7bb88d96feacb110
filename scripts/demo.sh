#!/usr/bin/env bash
# The main job, start to finish, over real sockets against an emulated Zoho. Each line is what an admin would type.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(cd "$(dirname "$1")" && pwd)
zosh="$bin/zosh"
home=$(mktemp -d)
"$bin/zoho-emulator" --users 40 --seed 7 > "$home/emulator.json" &
emulator=$!
trap 'kill $emulator 2>/dev/null; wait $emulator 2>/dev/null; rm -rf "$home"' EXIT
until [ -s "$home/emulator.json" ]; do kill -0 $emulator; read -rt 0.05 <> <(:) || true; done
field() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$home/emulator.json" "$1"; }

# A throw-away store and a data centre of our own; nothing of yours is read or written.
export ZOSH_HOME="$home/zosh" ZOSH_KEY_FILE="$home/key"
export ZOSH_ACCOUNTS_URL=$(field accounts) ZOSH_API_URL=$(field api)
export ZOHO_CLIENT_ID=$(field client_id) ZOHO_CLIENT_SECRET=$(field client_secret)

bold=; dim=; plain=
if [ -t 1 ]; then bold=$'\033[1m'; dim=$'\033[2m'; plain=$'\033[0m'; fi
say() { printf '\n%s# %s%s\n' "$bold" "$*" "$plain"; }
# Shows a command as one would type it, then runs it.
run() {
    local word line='zosh'
    for word in "$@"; do case $word in *[\ \|]*) line+=" '$word'" ;; *) line+=" $word" ;; esac; done
    printf '%s$ %s%s\n' "$dim" "${line//$home/\~}" "$plain"
    "$zosh" --format table "$@"
}

say "A key, and a login with a grant code (read from standard input, never from the command line)"
run vault keygen "$ZOSH_KEY_FILE"
printf '%s$ zosh auth login acme --self-client < grant-code%s\n' "$dim" "$plain"
field grant_code | "$zosh" --format table auth login acme --self-client
run auth status

say "Who administers this organisation?"
run -c 'users list type=AdminUsers | select full_name, email, role.name, status'

say "Ids into a batch lookup: no flag, no temporary file, order kept"
run -c 'users ids type=AdminUsers | users lookup'

say "Somebody joins"
run users add first_name=Grace last_name=Hopper email=grace@example.com role=Manager profile=Standard --yes

say "What would change, before it does"
run users update grace@example.com city=Arlington --dry-run
run users update grace@example.com city=Arlington --yes

say "Somebody leaves"
run users deactivate grace@example.com --yes
run -c 'users lookup grace@example.com | select full_name, email, status, city'
run users delete grace@example.com --yes

say "The same again as a script: checked whole, then replayed"
run replay examples/quarterly-review.zosh --check
run -f examples/quarterly-review.zosh report="$home/admins.csv"

say "That was all of it: no token, no name in clear below \$ZOSH_HOME"
if grep -rqaE '1000\.[0-9a-f]{32}|grace|example\.com' "$ZOSH_HOME"; then echo "found one!" >&2; exit 1; fi
echo "grep found nothing. Try it by hand: make run"

#!/usr/bin/env bash
# Installs Debian packages by name, with sudo when we are not root.
set -euo pipefail
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
echo "installing: $*" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null

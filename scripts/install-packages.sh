#!/usr/bin/env bash
# Installs Debian packages by name, with sudo when we are not root.
set -euo pipefail
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
echo "installing: $*" >&2
export DEBIAN_FRONTEND=noninteractive
# A mirror that stumbles is asked again; another apt that is at work is waited for.
apt=(apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
"${as_root[@]}" "${apt[@]}" update
"${as_root[@]}" "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null

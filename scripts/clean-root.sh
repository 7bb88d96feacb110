#!/usr/bin/env bash
# Installs a package on a Debian that has nothing else, uses it as an ordinary user and removes it again:
# scripts/clean-root.sh PACKAGE [SUITE]. Needs root, debootstrap and a mirror; what it mounts goes with its end.
set -euo pipefail
package=$(realpath "${1:?the package}")
suite=${2:-$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)}
if [ -z "${ZOSH_OWN_MOUNTS:-}" ]; then ZOSH_OWN_MOUNTS=yes exec unshare --mount "$0" "$package" "$suite"; fi
mount --make-rprivate /

mirror=http://deb.debian.org/debian
grep -q '^ID=ubuntu' /etc/os-release && mirror=http://archive.ubuntu.com/ubuntu
root=$(mktemp -d)
# apt reads as a user of its own.
chmod 755 "$root"
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase "$suite" "$root" "${MIRROR:-$mirror}" > "$root.log" 2>&1 ||
    { tail -n 5 "$root.log" >&2; exit 1; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
cp "$package" "$root/var/tmp/zosh.deb"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_user() { inside su ada -c "cd && $1"; }
expect() { # WHAT WANTED GOT
    [ "$2" = "$3" ] || { echo "clean root: $1: wanted '$2', got '$3'" >&2; exit 1; }
    echo "clean root: $1: $3"
}

inside useradd --create-home ada
inside apt-get -qq update
inside apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends /var/tmp/zosh.deb > /dev/null
rm "$root/var/tmp/zosh.deb"
files=$(inside dpkg -L zosh)

expect "an ordinary user counts" 25 "$(as_user "zosh --demo -c 'users list | count'")"
expect "the helper is found" "hello" "$(as_user "zosh -c '!echo hello | select line'")"
as_user 'zosh vault keygen key && ZOSH_KEY_FILE=~/key zosh auth status' > /dev/null 2>&1 || true
expect "a key of the user's own" 0600 "0$(stat -c %a "$root/home/ada/key")"

inside dpkg --purge zosh > /dev/null
while IFS= read -r file; do
    [ -d "$root$file" ] || [ ! -e "$root$file" ] || { echo "clean root: left behind: $file" >&2; exit 1; }
done <<< "$files"
left=$(cd "$root" && find . -xdev \( -path ./proc -o -path ./home/ada -o -path ./var/lib/apt -o -path ./var/log -o -path ./var/cache \) -prune \
    -o -name '*zosh*' -print)
expect "removal leaves nothing of the package" "" "$left"
expect "and what is the user's own" "key" "$(ls "$root/home/ada")"

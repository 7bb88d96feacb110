#!/usr/bin/env bash
# Makes a Debian package of what was built: scripts/deb.sh BUILT VERSION DEPENDS OUT.
#
# The same BUILT gives the same package: one time stamp (SOURCE_DATE_EPOCH, in seconds), one owner, one order.
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")/.." && pwd)
built=${1:?the folder that holds zosh and zosh-confine} version=${2:?its version} depends=${3:?what it depends on}
out=${4:?the folder for the package}
: "${SOURCE_DATE_EPOCH:?the time stamp of every file}"
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

DESTDIR=$tree ZSH_FOLDER=share/zsh/vendor-completions FISH_FOLDER=share/fish/vendor_completions.d \
    "$here/scripts/install.sh" "$built" /usr
# dpkg keeps that list itself.
rm "$tree/usr/lib/zosh/installed"
install -D -m 644 "$here/packaging/lintian-overrides" "$tree/usr/share/lintian/overrides/zosh"
day=$(LC_ALL=C.UTF-8 date -u -R -d "@$SOURCE_DATE_EPOCH")
sed -n 's/^Maintainer: //p' "$here/packaging/control" | {
    read -r maintainer
    printf 'zosh (%s) unstable; urgency=medium\n\n  * Version %s.\n\n -- %s  %s\n' "$version" "$version" "$maintainer" "$day"
} > "$tree/usr/share/doc/zosh/changelog"
find "$tree/usr/share/man" -type f -exec gzip -9n {} +
gzip -9n "$tree/usr/share/doc/zosh/changelog"

mkdir "$tree/DEBIAN"
(cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) > "$tree/DEBIAN/md5sums"
size=$(find "$tree/usr" -type f -printf '%s\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" -e "s/@DEPENDS@/$depends/" \
    "$here/packaging/control" > "$tree/DEBIAN/control"
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$out"
dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/zosh_${version}_$architecture.deb" > /dev/null

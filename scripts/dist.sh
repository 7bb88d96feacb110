#!/usr/bin/env bash
# Makes what is given to others: scripts/dist.sh BUILT OUT. BUILT holds a release build's zosh and zosh-confine; OUT gets
# a tarball that unpacks into any prefix, a Debian package, and their checksums.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."
built=${1:?the folder that holds zosh and zosh-confine} out=${2:?the folder for the results}
# The time of the last change, so that a later day makes no other package.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/bin"
for program in zosh zosh-confine; do
    install -m 755 "$built/$program" "$work/bin/$program"
    strip --strip-unneeded --remove-section=.comment "$work/bin/$program"
done
version=$("$work/bin/zosh" --version)
version=${version#zosh }

# What the program is linked to, as Debian names it, and what it loads at the first request; times in local zones need
# tzdata, TLS the system's authorities. libcurl4 has another name since the time_t transition.
mkdir -p "$work/depends/debian"
printf 'Source: zosh\n\nPackage: zosh\nArchitecture: any\n' > "$work/depends/debian/control"
# It warns of a program that lies in no package yet.
linked=$(cd "$work/depends" && dpkg-shlibdeps -O "$work/bin/zosh" 2> "$work/warnings" | sed -n 's/^shlibs:Depends=//p') || true
[ -n "$linked" ] || { cat "$work/warnings" >&2; echo "dpkg-shlibdeps named no dependencies" >&2; exit 1; }

rm -rf "$out"
mkdir -p "$out"
scripts/deb.sh "$work/bin" "$version" "$linked, libcurl4 (>= 7.87) | libcurl4t64, ca-certificates, tzdata" "$out"

name=zosh-$version-linux-$(uname -m)
DESTDIR=$work/tree scripts/install.sh "$work/bin" "/$name"
rm "$work/tree/$name/lib/zosh/installed"
install -m 644 LICENSE "$work/tree/$name/LICENSE"
tar --create --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --directory "$work/tree" "$name" | xz -6 --threads=1 > "$out/$name.tar.xz"
(cd "$out" && sha256sum -- *.deb *.tar.xz > SHA256SUMS)

if command -v lintian > /dev/null; then
    lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$out"/*.deb
else
    echo "not checked: lintian is not installed" >&2
fi
(cd "$out" && cat SHA256SUMS)

#!/usr/bin/env bash
# Makes the packages as `make dist` does, from two builds, and tries the Debian one on a clean Debian.
set -euo pipefail
cd "$(dirname "$0")/.."

# The difference of two builds of the same sources is only told: Swift promises no reproducible program. The package of
# one program is reproducible, which PackageTests hold.
release=(swift build -c release --static-swift-stdlib --product zosh -q --scratch-path .build-twice)
for copy in first second; do
    rm -rf .build-twice
    "${release[@]}"
    mkdir -p ".build-compared/$copy"
    for program in zosh zosh-confine; do
        strip -o ".build-compared/$copy/$program" "$("${release[@]}" --show-bin-path)/$program"
    done
done
for program in zosh zosh-confine; do
    differing=$(cmp -l ".build-compared/first/$program" ".build-compared/second/$program" | wc -l || true)
    echo "two builds of $program: $differing of $(stat -c %s ".build-compared/first/$program") bytes differ"
done

make dist BUILT=.build-compared/first
if [ "$(id -u)" = 0 ] && command -v debootstrap > /dev/null; then
    for package in dist/*.deb; do scripts/clean-root.sh "$package"; done
fi

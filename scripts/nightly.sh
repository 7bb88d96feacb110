#!/usr/bin/env bash
# What takes too long for every change: sanitizers, long campaigns, terminal tests over and over. What could not run is
# named and counted.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0 skipped=0
run() { printf '\n== %s\n' "$*"; "$@" || { echo "FAILED: $*"; failed=$((failed + 1)); }; }
skip() { printf '\n== skipped: %s\n' "$*"; skipped=$((skipped + 1)); }

export ZOSH_NIGHTLY=1
# As `make test` does: a few at a time.
width=$(swift test --help-hidden 2>/dev/null | grep -o -- '--experimental-maximum-parallelization-width' | sed 's/$/ 8/')
# shellcheck disable=SC2086
run swift test $width
# The long campaigns have run above.
for round in $(seq 20); do run env -u ZOSH_NIGHTLY swift test --skip-build --filter 'LineEditorTests|ZoshTests'; done
# Ten million texts for everything that reads the language.
run scripts/fuzz.sh 10000000
# Each sanitizer needs a build of its own, and to be told what it cannot see of Swift. Leaks are looked for in every
# program the tests start where this user may look into an undumpable process (root may), and not in the tests' own.
for sanitizer in address thread; do
    hooks=$PWD/.build-$sanitizer/sanitizer-hooks.o
    mkdir -p .build-$sanitizer
    run clang -fsanitize=$sanitizer -O1 -c scripts/sanitizer-hooks.c -o "$hooks"
    ZOSH_SANITIZED=1 ASAN_OPTIONS=detect_leaks=0 run swift test --sanitize=$sanitizer -Xlinker "$hooks" --scratch-path .build-$sanitizer \
        --skip 'MemoryAttacks|LockedMemoryTests|WithoutProcTests'
done
skip "reading a whole process's memory under a sanitizer, whose own is terabytes (MemoryAttacks and LockedMemoryTests ran above, without)"
skip "a machine without /proc under a sanitizer, which reads /proc itself (WithoutProcTests ran above, without)"
run scripts/check-packages.sh
[ "$(id -u)" = 0 ] && command -v debootstrap >/dev/null || skip "the package on a clean Debian (needs root and debootstrap)"
command -v chromium >/dev/null || skip "the browser login with Chromium (not installed)"
echo
echo "nightly: $failed failed, $skipped skipped"
[ "$failed" = 0 ]

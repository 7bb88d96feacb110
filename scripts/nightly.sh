#!/usr/bin/env bash
# What takes too long for every change: sanitizers, long campaigns, terminal tests over and over. What could not run is
# named and counted.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0 skipped=0
run() { printf '\n== %s\n' "$*"; "$@" || { echo "FAILED: $*"; failed=$((failed + 1)); }; }
skip() { printf '\n== skipped: %s\n' "$*"; skipped=$((skipped + 1)); }

export ZOSH_NIGHTLY=1
run swift test
for round in $(seq 20); do run swift test --skip-build --filter 'LineEditorTests|ZoshTests'; done
# Ten million texts for everything that reads the language.
run scripts/fuzz.sh 10000000
# Each sanitizer needs a build of its own; leak checking would need a dumpable process, which zosh is not.
for sanitizer in address thread; do
    ZOSH_SANITIZED=1 ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=suppressions=$PWD/scripts/thread-sanitizer.supp run swift test --sanitize=$sanitizer --scratch-path .build-$sanitizer \
        --filter 'LineEditorTests|ZoshKitTests|ZoshCoreTests|VaultTests|ZohoClientTests|ZohoEmulatorTests|LoginCallbackTests|TranscriptTests' \
        --skip MemoryAttacks
done
skip "tests of whole programs under a sanitizer: there every contended Mutex of a child would be reported (ZoshTests ran above, without)"
skip "reading a whole process's memory under a sanitizer, whose own is terabytes (MemoryAttacks ran above, without)"
command -v chromium >/dev/null || skip "the browser login with Chromium (not installed)"
echo
echo "nightly: $failed failed, $skipped skipped"
[ "$failed" = 0 ]

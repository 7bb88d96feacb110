#!/usr/bin/env bash
# Fuzzes what reads the language: scripts/fuzz.sh [RUNS]. What it finds lies in .build-fuzz/ as crash-*, to be looked at with
# `swift run LanguageFuzz FILE`. Needs a toolchain whose clang brings libFuzzer, as swift.org's do.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-10000000}
build=(swift build -c release --product LanguageFuzz --sanitize fuzzer --scratch-path .build-fuzz -Xswiftc -enable-testing -Xswiftc -DLIBFUZZER)
"${build[@]}" -q
corpus=.build-fuzz/corpus
mkdir -p "$corpus"
# Swift's own handler of crashes would keep libFuzzer from writing the input down. A trap, a text that takes ten seconds and
# memory that only grows all end it; small inputs find as much and cost less.
SWIFT_BACKTRACE=enable=no "$("${build[@]}" --show-bin-path)/LanguageFuzz" \
    -runs="$runs" -max_len=128 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 \
    -dict=Tests/Fuzz/language.dict -artifact_prefix=.build-fuzz/ "$corpus" Tests/Fuzz/seeds

#!/usr/bin/env bash
# Checks that compile nothing: versions, file sizes, layout, words that must not stand here.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
complain() { echo "check: $*" >&2; failed=1; }

# Today's resolved graph beside the one this tree was last tested with. A difference warns: it may be harmless.
today=$(swift package show-dependencies --format json 2>/dev/null | python3 -c '
import json, sys
seen = {}
def walk(node):
    for child in node["dependencies"]:
        seen[child["identity"]] = child["version"]
        walk(child)
walk(json.load(sys.stdin))
for name in sorted(seen): print(name, seen[name])')
if [ "${1:-}" = --write-versions ]; then printf '%s\n' "$today" > versions.txt; fi
echo "tested with / resolved today:"
diff --side-by-side --width=80 versions.txt <(printf '%s\n' "$today") || echo "warning: the resolved graph differs from versions.txt" >&2

# The file budget: nothing over 500 lines, p90 at most 300, median at most 90.
sizes=$(git ls-files 'Sources/*.swift' 'Plugins/*.swift' | xargs wc -l | awk '$2 != "total" {print $1, $2}' | sort -n)
while read -r lines file; do [ "$lines" -le 500 ] || complain "$file has $lines lines"; done <<<"$sizes"
count=$(wc -l <<<"$sizes")
median=$(sed -n "$(((count + 1) / 2))p" <<<"$sizes" | cut -d' ' -f1)
p90=$(sed -n "$((count * 9 / 10))p" <<<"$sizes" | cut -d' ' -f1)
echo "files: $count, median $median lines, p90 $p90 lines"
[ "$median" -le 90 ] || complain "the median file has $median lines, more than 90"
[ "$p90" -le 300 ] || complain "one file in ten has more than 300 lines (p90 $p90)"

swift format lint --strict --recursive --parallel Package.swift Sources Plugins Tests || complain "run: make format"
# Comments and texts, which the formatter lets be as long as they are.
long=$(git ls-files '*.swift' | xargs python3 -c '
import sys
for name in sys.argv[1:]:
    for number, line in enumerate(open(name, encoding="utf-8"), 1):
        if len(line.rstrip("\n")) > 120: print(f"{name}:{number}: {line.strip()[:60]}…")')
[ -z "$long" ] || complain "more than 120 columns:"$'\n'"$long"

marks='TODO|FIXME|\bXXX\b|fatalError\(|try!|as! '
git grep -nE "$marks" -- Sources Plugins && complain "the lines above hold what must not be left behind"
git ls-files | grep -E '(^|/)(\.build|Package\.resolved)' && complain "build output is committed"
exit "$failed"

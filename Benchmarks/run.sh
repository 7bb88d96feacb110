#!/usr/bin/env bash
# Every measurement beside its rivals, in one run on one machine. Figures are printed, never asserted.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(swift build -c release --show-bin-path)
echo "machine: $(nproc) processors, $(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo)"
python3 Benchmarks/first_prompt.py "$bin/zosh"
python3 Benchmarks/reading.py "$bin/zosh" "$bin/zoho-emulator"
python3 Benchmarks/growth.py "$bin/zosh" "$bin/zoho-emulator" ${PLOTS:-}
python3 Benchmarks/screen.py "$bin/zosh" "$bin/zoho-emulator"
python3 Benchmarks/sync.py "$bin/zosh" "$bin/zoho-emulator"
python3 Benchmarks/changes.py "$bin/zosh" "$bin/zoho-emulator"
python3 Benchmarks/tab.py "$bin/zosh" "$bin/zoho-emulator"
python3 Benchmarks/language.py "$bin/zosh"
python3 Benchmarks/vault.py "$bin/zosh" "$bin/zoho-emulator"
python3 Benchmarks/echo.py "$bin/zosh"

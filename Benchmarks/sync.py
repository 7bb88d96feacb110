"""What a directory of 100 000 users costs to bring up to date when 50 of them have changed at Zoho.

Usage: sync.py ZOSH EMULATOR. One store has listed everybody; a copy of it, as on another machine, changes 50 users. The
first store is then asked for somebody it does not know, with a list more than a minute old. Requests are counted in the trace.
"""
import os, shutil, subprocess, sys, tempfile, time
from measure import goal, signed_in

USERS, CHANGED = 100_000, 50
# Seconds after which an unknown e-mail is reason enough to ask Zoho what has changed.
OLD = 61


def run(zosh, environment, line, endings=(0,)):
    """Seconds, requests for users and all requests, output of one line."""
    start = time.perf_counter()
    ended = subprocess.run(
        [zosh, "--trace", "--yes", "--at-most", str(CHANGED), "-c", line], env={**os.environ, **environment}, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    took = time.perf_counter() - start
    if ended.returncode not in endings:
        raise SystemExit(f"{line}: {ended.stderr[-300:]!r}")
    requests = [line for line in ended.stderr.splitlines() if b" GET " in line]
    return took, (sum(b"/users?" in line for line in requests), len(requests)), ended.stdout


def main():
    zosh, emulator = sys.argv[1:3]
    print(f"a list of {USERS:,} users, {CHANGED} of them changed since")
    with tempfile.TemporaryDirectory() as home, signed_in(zosh, emulator, USERS, home) as here:
        seconds, calls, _ = run(zosh, here, "users find zzzzzz")
        print(f"  everybody listed: {calls[0]} requests for users, {calls[1]} in all, {seconds:.2f} s")
        there = {**here, "ZOSH_HOME": os.path.join(home, "elsewhere")}
        shutil.copytree(here["ZOSH_HOME"], there["ZOSH_HOME"])
        # 3: Zoho takes no changes to one of its support users, who may be among them.
        run(zosh, there, f"users list status=active profile=Standard | first {CHANGED} | users update last_name=Elsewhere", endings=(0, 3))
        time.sleep(OLD)
        seconds, calls, _ = run(zosh, here, "users lookup nobody@elsewhere.example", endings=(3,))
        found = int(run(zosh, here, "users find Elsewhere | count")[2])
        print(f"  brought up to date: {calls[0]} and {calls[1]} (roles and profiles), {seconds:.2f} s; {found} users have their new name")
        goal("requests for users", calls[0], 2)


main()

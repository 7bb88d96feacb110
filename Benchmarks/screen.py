"""The first screen of a long list in a pager, beside the time its first page of users takes to come.

Usage: screen.py ZOSH ZOHO_EMULATOR. A million users, their pages from nginx (`served.py`), in a shell on a pty.
"""
import os, statistics, sys, tempfile
from measure import Pty, emulated, goal, sign_in
from served import PER_PAGE, Served, missing

USERS, RUNS = 1_000_000, 9


def took(shell, line, wanted, leave):
    """Seconds from Return to the wanted text; then the line is left."""
    start = shell.type(line + b"\r")
    seconds = shell.until(wanted, since=start, limit=60)
    if leave:
        shell.drain()
        shell.type(leave)
    shell.until(b"# ", limit=60)
    shell.drain()
    return seconds


def main():
    zosh, emulator = sys.argv[1:3]
    print(f"first screen of {USERS:,} users in a pager")
    if missing():
        return print(f"  skipped: {missing()}")
    with emulated(emulator, "--users", "10000", "--orgs", "2") as world, tempfile.TemporaryDirectory() as home, \
            tempfile.TemporaryDirectory() as pages:
        codes = [grant["grant_code"] for grant in world["grants"]]
        served = Served(world, codes.pop(0), 10_000, pages)
        served.limit(USERS // PER_PAGE)
        with served.at(0) as there:
            environment = {**os.environ, **sign_in(zosh, there, home, codes.pop(0)), "PAGER": "less"}
            with Pty([zosh], environment, columns=100, rows=24) as shell:
                shell.until(b"# ", limit=60)
                shell.drain()
                # The twentieth user stands on the first screen and on the first page.
                twentieth = served.email(20)
                page = [took(shell, b"users list | first 20", twentieth, b"") for _ in range(RUNS)]
                screen = [took(shell, b"users list", twentieth, b"q") for _ in range(RUNS)]
    page, screen = statistics.median(page), statistics.median(screen)
    print(f"  the first page, shown: {page * 1000:.0f} ms; the pager's first screen: {screen * 1000:.0f} ms")
    goal("ms between them", (screen - page) * 1000, 50)


main()

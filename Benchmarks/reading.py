"""Reading many users beside `curl --parallel`, which fetches the same replies and parses nothing; with the goals.

Usage: reading.py ZOSH ZOHO_EMULATOR. Pages come from nginx (`served.py`). Every pair is run in turn, the first as a
warm-up; what is printed is the median of the ratios.
"""
import math, os, statistics, sys, tempfile
from measure import emulated, goal, sign_in, timed
from served import AT_ONCE, PER_PAGE, Served, missing

USERS, RUNS = 100_000, 5


def compare(what, mine, theirs, environment, lines, walls, cpu=None):
    """Prints the ratios of two commands; `walls` is the goal."""
    out = os.path.join(environment["HOME"], "out")
    pairs = []
    for turn in range(RUNS + 1):
        # Both write to /dev/null; the warm-up shows that it is all there.
        ours = timed(mine, environment, os.devnull if turn else out)
        rival = timed(theirs, os.environ, os.devnull)
        if turn:
            pairs.append((ours, rival))
        else:
            with open(out, "rb") as file:
                count = sum(1 for _ in file)
            assert count == lines, f"{count} lines"
    middle = lambda pick: statistics.median(pick(ours, rival) for ours, rival in pairs)
    print(f"{what}: zosh {middle(lambda a, b: a[0]):.2f} s wall, {middle(lambda a, b: a[1]):.2f} s processor; "
          f"curl {middle(lambda a, b: b[0]):.2f} s, {middle(lambda a, b: b[1]):.2f} s")
    goal("wall, zosh/curl", middle(lambda a, b: a[0] / b[0]), walls)
    if cpu:
        goal("processor, zosh/curl", middle(lambda a, b: a[1] / b[1]), cpu)
    return middle(lambda a, b: a[0])


def list_command(zosh):
    return [zosh, "--format", "ndjson", "users", "list"]


def main():
    zosh, emulator = sys.argv[1:3]
    if missing():
        return print(f"reading many users: skipped, {missing()}")
    with emulated(emulator, "--users", str(USERS), "--orgs", "4") as world, \
            tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as pages:
        # A code works once; what is signed in sees the pages of the first organisation whichever is its own.
        codes = [grant["grant_code"] for grant in world["grants"]]
        served = Served(world, codes.pop(0), USERS, pages)
        ids = os.path.join(folder, "ids")
        with open(ids, "w") as file:
            file.write("\n".join(id for chunk in served.chunks for id in chunk) + "\n")
        codes = iter(codes)
        for milliseconds, walls in [(0, 2), (20, 1.25), (80, None)]:
            with served.at(milliseconds) as there, tempfile.TemporaryDirectory() as home:
                environment = {**os.environ, **sign_in(zosh, there, home, next(codes))}
                measure(zosh, served, there["api"], environment, ids, milliseconds, walls)


def measure(zosh, served, address, environment, ids, milliseconds, walls):
    where = f"at {milliseconds} ms" if milliseconds else "on bare loopback"
    pages = served.page_targets(served.pages)
    if walls is None:
        # All the time there is goes by waiting; what comes on top is ours.
        least = math.ceil(served.pages / AT_ONCE) * milliseconds / 1000
        wall = statistics.median(timed(list_command(zosh), environment)[0] for _ in range(3))
        print(f"{USERS} users to NDJSON {where}, {AT_ONCE} at once: {wall:.2f} s wall")
        return goal(f"of {least:.2f} s, the least there can be", wall / least, 1.1)
    cpu = None if milliseconds else 3
    compare(f"{USERS} users to NDJSON {where}", list_command(zosh), served.curl(address, pages), environment, USERS,
            walls, cpu)
    lookup = [zosh, "--format", "ndjson", "-c", f"open {ids} | users lookup"]
    count = sum(len(chunk) for chunk in served.chunks)
    compare(f"users lookup of {count} ids {where}", lookup, served.curl(address, served.lookup_targets()), environment,
            count, walls, cpu)


main()

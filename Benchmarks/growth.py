"""How time, processor time and memory grow from a thousand to a million users, beside two rivals in the same run:
`curl --parallel`, which parses nothing, and Zoho's official Python SDK, where PyPI can be reached.

Usage: growth.py ZOSH ZOHO_EMULATOR [FOLDER]. Pages come from nginx (`served.py`); with a folder, the plots of
docs/BENCHMARKS.md are drawn into it.
"""
import math, os, subprocess, sys, tempfile
from measure import Pty, emulated, goal, sign_in, timed
from plot import plotted
from served import PER_PAGE, Served, missing

SDK = "zohocrmsdk8-0==7.0.0"
SIZES = [1_000, 10_000, 100_000, 1_000_000]
MEASURES = [
    ("wall time", "s", "growth-wall.svg"), ("processor time", "s", "growth-processor.svg"),
    ("peak memory", "MB", "growth-memory.svg")]


def idle(zosh, environment):
    """Bytes of a shell that waits at its first prompt."""
    with Pty([zosh], environment) as shell:
        shell.until(b"> ")
        shell.drain()
        with open(f"/proc/{shell.pid}/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def sdk_environment(folder):
    """The environment in which Python finds Zoho's SDK; None where it cannot be had."""
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, SDK]
    if subprocess.run(install, capture_output=True).returncode:
        return None
    return {**os.environ, "PYTHONPATH": folder}


def curve(served, users, command, environment):
    """The best of three runs; a million users run once."""
    served.limit(users // PER_PAGE)
    return min(timed(command, environment) for _ in range(3 if users < 1_000_000 else 1))


def exponent(small, large, pick):
    """How the larger of two measurements grew: 1 is in proportion to the users."""
    return math.log(pick(large[1]) / pick(small[1])) / math.log(large[0] / small[0])


def measured(zosh, served, address, environment, sdk):
    """For each program the sizes it was tried at, each with wall, processor and peak."""
    runs = {"zosh": [], "curl --parallel": [], **({"Python SDK": []} if sdk else {})}
    for users in SIZES:
        pages = users // PER_PAGE
        runs["zosh"].append((users, curve(served, users, [zosh, "--format", "ndjson", "users", "list"], environment)))
        curl = served.curl(address, served.page_targets(pages))
        runs["curl --parallel"].append((users, curve(served, users, curl, os.environ)))
        # It takes minutes for a million, which would say nothing more.
        if sdk and users <= 100_000:
            reader = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sdk_reader.py")
            command = [sys.executable, reader, address, served.token, str(pages)]
            runs["Python SDK"].append((users, curve(served, users, command, sdk)))
    return runs


def report(runs, base):
    for name, points in runs.items():
        for users, (wall, used, peak) in points:
            print(f"  {name:16} {users:9} users: {wall:7.2f} s wall, {used:7.2f} s processor, {peak / 1e6:5.0f} MB")
        grown = [f"{what} {exponent(points[1], points[-1], lambda run: run[at]):.2f}"
                 for at, what in enumerate(["wall", "processor", "peak memory"])]
        print(f"  {name:16} exponents from 10 000 users on: {', '.join(grown)}")
    goal("MB above the idle shell, at most", max(peak - base for _, (_, _, peak) in runs["zosh"]) / 1e6, 60)
    if "Python SDK" in runs:
        each = lambda points: (points[2][1][1] - points[0][1][1]) / (points[2][0] - points[0][0]) * 1e6
        ours, theirs = each(runs["zosh"]), each(runs["Python SDK"])
        print(f"  processor time of a user: zosh {ours:.1f} µs, Python SDK {theirs:.0f} µs")
        goal("times less than the SDK is to be 50 or more; 50 / that", 50 * ours / theirs, 1)


def draw(runs, folder):
    for at, (what, unit, name) in enumerate(MEASURES):
        scale = 1e6 if unit == "MB" else 1
        series = {program: [(users, run[at] / scale) for users, run in points] for program, points in runs.items()}
        with open(os.path.join(folder, name), "w") as file:
            file.write(plotted(f"users list: {what} ({unit}) against users", series))


def main():
    zosh, emulator = sys.argv[1:3]
    print("growth with the number of users, pages from nginx on bare loopback")
    if missing():
        return print(f"  skipped: {missing()}")
    with emulated(emulator, "--users", "10000", "--orgs", "2") as world, tempfile.TemporaryDirectory() as home, \
            tempfile.TemporaryDirectory() as pages, tempfile.TemporaryDirectory() as library:
        codes = [grant["grant_code"] for grant in world["grants"]]
        served = Served(world, codes.pop(0), 10_000, pages)
        sdk = sdk_environment(library)
        if not sdk:
            print("  skipped: Zoho's Python SDK (PyPI cannot be reached, or pip is missing)")
        with served.at(0) as there:
            environment = {**os.environ, **sign_in(zosh, there, home, codes.pop(0))}
            base = idle(zosh, environment)
            runs = measured(zosh, served, there["api"], environment, sdk)
    report(runs, base)
    if len(sys.argv) > 3:
        draw(runs, sys.argv[3])


if __name__ == "__main__":
    main()

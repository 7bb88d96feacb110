"""Tab over 100 000 users, key to painted answer, in the real shell on a pty.

Usage: tab.py ZOSH. The directory is filled first; then parts of names are completed and the time from writing the Tab
key to the first bytes of the answer (a list, or the common beginning put into the line) is taken.
"""
import os, statistics, sys, tempfile
from measure import Pty

USERS, KEYS = 100_000, 40
# Beginnings, insides and letters in order, common and rare.
PARTS = [b"kim", b"cost", b"alex", b"zyl", b"bjrn", b"oneill", b"renee", b"99"]


def main():
    zosh = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        argv = [zosh, "--demo", "--demo-users", str(USERS)]
        with Pty(argv, {"HOME": folder}, columns=120, rows=40) as pty:
            pty.until(b"# ", limit=60)
            pty.type(b"users find zzzzzz\r")  # answered from the directory: it is there once this returns
            pty.until(b"# ", limit=120)
            took = []
            for number in range(KEYS):
                part = PARTS[number % len(PARTS)]
                pty.type(b"users lookup " + part)
                pty.until(part, limit=5)
                pty.drain()
                start = pty.type(b"\t")
                took.append(pty.answer(since=start))
                pty.drain()
                pty.type(b"\x15\x03")
                pty.until(b"# ", limit=10)
                pty.drain()
            took.sort()
            print(
                f"Tab over {USERS:,} users: median {statistics.median(took) * 1000:.2f} ms, "
                f"p99 {took[len(took) * 99 // 100] * 1000:.2f} ms of {KEYS}, through the pty")


main()

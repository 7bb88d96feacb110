"""Tab over a directory of people, key to painted answer, in the real shell on a pty; and what the directory costs.

Usage: tab.py ZOSH EMULATOR. The directory is filled first; then parts of names are completed, and the time from writing
the Tab key to the first bytes of the answer (a list, or the common beginning put into the line) is taken. What the
terminal and the way through it cost is in it, and every pause of the machine: so a Tab that completes a command's name
is shown beside, and what the shell itself computed for the key, all its threads together, by the kernel's account.
"""
import math, os, sys, tempfile, time
from measure import Pty, signed_in

KEYS = 300
# Beginnings of names; insides and letters in order, common and rare.
PREFIXES = [b"kim", b"cost", b"alex", b"rob"]
FUZZY = [b"zyl", b"bjrn", b"oneill", b"99", b"nsn"]
COMMAND = [b"users look"]


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024


def computed(pid):
    """Seconds all threads of a process have run so far."""
    seconds = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat") as account:
            seconds += int(account.read().split()[0]) / 1e9
    return seconds


def tab(pty, line):
    """Seconds from the key to the answer, and seconds computed for it; the line is taken back afterwards."""
    pty.type(line)
    pty.drain()
    before = computed(pty.pid)
    start = pty.type(b"\t")
    took = pty.answer(since=start)
    pty.drain()
    work = computed(pty.pid) - before
    pty.type(b"\x15\x03")
    pty.until(b"# ", limit=10)
    pty.drain_quickly()
    return took, work


def quantiles(pty, before, parts, keys):
    measured = [tab(pty, before + parts[number % len(parts)]) for number in range(keys)]
    def quantile(column, share):
        return sorted(row[column] * 1000 for row in measured)[math.ceil(keys * share) - 1]
    return (
        f"p50 {quantile(0, 0.5):6.2f}  p99 {quantile(0, 0.99):6.2f} ms, "
        f"computing p50 {quantile(1, 0.5):6.2f}  p99 {quantile(1, 0.99):6.2f} ms")


def filled(zosh, environment, users):
    pty = Pty([zosh], environment, columns=120, rows=40)
    pty.until(b"# ", limit=60)
    before = resident(pty.pid)
    pty.type(b"users find zzzzzz\r")  # answered from the directory: it is there once this returns
    pty.until(b"# ", limit=600)
    return pty, before


def measure(zosh, emulator, users, keys):
    with tempfile.TemporaryDirectory() as folder, signed_in(zosh, emulator, users, folder) as environment:
        pty, before = filled(zosh, environment, users)
        with pty:
            print(f"Tab over {users:,} users, of {keys} keys each, through the pty")
            print(f"  by prefix     {quantiles(pty, b'users lookup ', PREFIXES, keys)}")
            print(f"  fuzzy         {quantiles(pty, b'users lookup ', FUZZY, keys)}")
            print(f"  (a command    {quantiles(pty, b'', COMMAND, keys)})")
            print(f"  memory        {(resident(pty.pid) - before) * 1024 * 1024 / users:.0f} bytes a user more than before")
            pty.type(b"exit\r")
            pty.wait()
        with Pty([zosh], environment, columns=120, rows=40) as pty:
            known = pty.until(b"# ", limit=60)
            pty.drain_quickly()
            start = pty.type(b"users lookup ma\t")
            echo = pty.until(b"ma", since=start, limit=5)
            # Until they have come, they are said to be on their way; beneath the list stands how old it is.
            first = pty.until(b"list updated", since=start, limit=10)
            print(
                f"  a new shell   prompt filled in after {known * 1000:.0f} ms; then typed: echo after "
                f"{echo * 1000:.0f} ms, the first list of people after {first * 1000:.0f} ms")


def main():
    zosh, emulator = sys.argv[1], sys.argv[2]
    for users, keys in [(10_000, KEYS // 3), (100_000, KEYS), (1_000_000, KEYS // 5)]:
        measure(zosh, emulator, users, keys)


main()

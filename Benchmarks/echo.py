"""Key to painted echo: zosh's editor beside sqlite3's shell, each on a pty of its own, keys in turn.

Usage: echo.py ZOSH. A letter is typed at the end of a short line and the time until the first bytes come back is taken;
p50 and p99 of KEYS keys after a warm-up are printed. zosh paints a hint behind the cursor for each of them, too.
"""
import os, shutil, sys, tempfile
from measure import Pty

KEYS, WARM = 400, 40


def keys(pty, count):
    took = []
    for number in range(count):
        took.append(pty.answer(since=pty.type(b"x" if number % 20 else b"\x15x")))
        pty.drain_quickly()
    return took


def show(name, took):
    took.sort()
    print(f"  {name:8} p50 {took[len(took) // 2] * 1000:.3f} ms   p99 {took[len(took) * 99 // 100] * 1000:.3f} ms")


def main():
    zosh = sys.argv[1]
    print(f"key to painted echo, {KEYS} keys")
    with tempfile.TemporaryDirectory() as folder:
        programs = [("zosh", [zosh, "--demo", "--demo-users", "1000"], b"# ")]
        if shutil.which("sqlite3"):
            programs.append(("sqlite3", ["sqlite3", ":memory:"], b"sqlite> "))
        else:
            print("  skipped: sqlite3 (not installed)")
        for name, argv, prompt in programs:
            with Pty(argv, {"HOME": folder}) as pty:
                pty.until(prompt, limit=60)
                keys(pty, WARM)
                show(name, keys(pty, KEYS))


main()

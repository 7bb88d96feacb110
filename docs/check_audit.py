#!/usr/bin/env python3
"""Checks what `audit export` wrote, with nothing but Python's own library.

usage: check_audit.py FILE [HASH]
Each line is JSON and ends with `,"previous":"…","hash":"…"}`. Its hash is the
SHA-256 of all of it before `,"hash":`; `previous` is the hash of the line
before it, 64 zeros in the first line. HASH is one that was noted earlier: its
line must be there. Prints the number of lines and the last hash, or names the
first line that is not what it was, and exits 1; a file without lines is none.
"""
import hashlib, json, sys


def check(path, noted=None):
    number, head, found = 0, "0" * 64, noted in (None, "0" * 64)
    for line in open(path, "rb").read().removesuffix(b"\n").split(b"\n"):
        number += 1
        body, tail = line[:-75], line[-75:]
        if hashlib.sha256(body).hexdigest() != tail[9:-2].decode("ascii", "replace"):
            sys.exit(f"line {number} was altered or cut short")
        row = json.loads(line)
        if row["number"] != number:
            sys.exit(f"line {number} is missing or out of order")
        if row["previous"] != head:
            sys.exit(f"line {number} does not follow the line before it")
        head = row["hash"]
        found = found or head == noted
    if not found:
        sys.exit("no line has the hash that was noted: lines were cut off or rewritten since")
    print(number, head)


if __name__ == "__main__":
    check(*sys.argv[1:3])

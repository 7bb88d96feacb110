#!/usr/bin/env python3
"""Reads a vault with nothing but docs/SECURITY.md and the `cryptography` package.

usage: decode_vault.py DATABASE (--key-file FILE | --passphrase-from-stdin)
Prints one JSON object per line: {"kind", "id", "body"} for records, with
"stream" and "position" for log entries, with "owner" and "part" for blocks,
with "number" for the header of a job or run and "part" for its entries; bodies
in hexadecimal. Exits 1, naming the reason, when any seal is wrong.
"""
import hashlib, hmac, json, sqlite3, struct, sys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def fields(*values):
    out = b""
    for value in values:
        if isinstance(value, int):
            value = struct.pack(">q", value)
        elif isinstance(value, str):
            value = value.encode()
        out += struct.pack(">I", len(value)) + value
    return out


def derive(key, salt, info):
    return HKDF(hashes.SHA256(), 32, salt, info.encode()).derive(key)


def key_file(path):
    prefix, digits, check = open(path).read().strip().split(":")
    assert prefix == "zosh-key-v1" and len(digits) == 64
    assert hashlib.sha256(f"{prefix}:{digits}".encode()).hexdigest()[:8] == check
    return bytes.fromhex(digits)


def open_slot(database, meta, secret, kinds):
    for id, kind, n, r, p, salt, wrapped in database.execute("SELECT * FROM slot"):
        if kind not in kinds:
            continue
        if kind == "key-file":
            key = derive(secret, salt, "zosh key file slot")
        else:
            assert 1 << 16 <= n <= 1 << 20 and (r, p) == (8, 1)
            key = hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, dklen=32, maxmem=(1 << 31) - 1)
        data = fields("zosh slot v1", meta["store"], id, kind, n, r, p, salt, meta["epoch"])
        try:
            return AESGCM(key).decrypt(wrapped[:12], wrapped[12:], data)
        except Exception:
            continue
    sys.exit("no slot opens")


def open_body(key, meta, kind, id, generation, sealed):
    assert sealed[0] == 1
    data = fields(meta["store"], kind, id, sealed[0], generation)
    return AESGCM(derive(key, sealed[1:17], kind)).decrypt(sealed[17:29], sealed[29:], data)


def split(data):
    out = []
    while data:
        count = struct.unpack(">I", data[:4])[0]
        assert len(data) >= 4 + count, "a field is cut short"
        out.append(data[4:4 + count])
        data = data[4 + count:]
    return out


def integer(field):
    return struct.unpack(">q", field)[0]


def show_series(database, key, meta, kind, state):
    first, next, _, mark, expected, *items = split(state)
    first, next, total, listed = integer(first), integer(next), bytes(32), {}
    for at in range(0, len(items), 5):
        number, finished, pieces = map(integer, items[at:at + 3])
        listed[number] = (finished, pieces, *items[at + 3:at + 5])
    for number in sorted(number for number in listed if number < first) + list(range(first, next)):
        finished, count, chain, header = listed.get(number, (1, 0, b"", b""))
        name = lambda part: struct.pack(">qq", number, part)
        rows = database.execute(
            "SELECT part, generation, sealed FROM piece WHERE kind = ? AND number = ? ORDER BY part", (kind, number)).fetchall()
        if finished:
            assert rows and rows[0][0] == 0, "a finished item is missing"
            body = open_body(key, meta, kind, name(0), *rows.pop(0)[1:])
            count, chain, header = split(body)
            count = integer(count)
            tag = hmac.digest(mark, fields(number, body), "sha256")
            total = bytes(a ^ b for a, b in zip(total, tag))
        show(kind, name(0), header, number=number)
        assert [row[0] for row in rows] == list(range(1, count + 1)), "pieces are missing"
        link = bytes(32)
        for part, generation, sealed in rows:
            body = open_body(key, meta, kind, name(part), generation, sealed)
            link = hashlib.sha256(fields(link, body)).digest()
            for entry in split(body):
                show(kind, name(part), entry, number=number, part=part)
        assert link == chain, "pieces are mixed"
    assert total == expected, "finished items are mixed"


def set_seal(database, meta, key):
    message = fields("zosh set seal v1", meta["store"], meta["epoch"], meta["generation"])
    for name, columns, order in (
        ("slot", "id, kind, n, r, p, salt, wrapped", "id"), ("record", "kind, id, generation, sealed", "kind, id"),
        ("log", "kind, stream, first, next, base, head", "kind, stream"),
        ("blocks", "kind, owner, generation, count, digest", "kind, owner"),
    ):
        rows = database.execute(f"SELECT {columns} FROM {name} ORDER BY {order}").fetchall()
        if name == "record":
            rows = [row[:3] + (hashlib.sha256(row[3]).digest(),) for row in rows]
        message += fields(name) + b"".join(fields(*row) for row in rows) + fields(len(rows))
    return hmac.digest(derive(key, meta["store"], "zosh set seal"), message, "sha256")


def main(path, secret, kinds):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = ("store", "epoch", "generation", "seal")
    meta = dict(zip(names, database.execute("SELECT store, epoch, generation, seal FROM meta").fetchone()))
    key = open_slot(database, meta, secret, kinds)
    if not hmac.compare_digest(set_seal(database, meta, key), meta["seal"]):
        sys.exit("the set seal is wrong")
    chain_key = derive(key, meta["store"], "zosh log chain")
    for kind, id, generation, sealed in database.execute("SELECT * FROM record ORDER BY kind, id"):
        body = open_body(key, meta, kind, id, generation, sealed)
        if kind in ("job", "run"):
            show_series(database, key, meta, kind, body)
        else:
            show(kind, id, body)
    for kind, stream, first, next, base, head in database.execute("SELECT * FROM log ORDER BY kind, stream"):
        link, position = base, first
        for at, id, generation, sealed in database.execute(
            "SELECT position, id, generation, sealed FROM entry WHERE kind = ? AND stream = ? ORDER BY position", (kind, stream)):
            assert at == position
            data = fields(link, kind, stream, at, id, generation, hashlib.sha256(sealed).digest())
            link, position = hmac.digest(chain_key, data, "sha256"), position + 1
            show(kind, id, open_body(key, meta, kind, id, generation, sealed), stream=stream.hex(), position=at)
        assert position == next and link == head, "a log is broken"
    for kind, owner, generation, count, digest in database.execute("SELECT * FROM blocks ORDER BY kind, owner"):
        seen = hashlib.sha256()
        rows = database.execute("SELECT part, id, sealed FROM block WHERE kind = ? AND owner = ? ORDER BY part", (kind, owner)).fetchall()
        assert [row[0] for row in rows] == list(range(count)), "blocks are missing"
        for part, id, sealed in rows:
            seen.update(fields(id, sealed[-16:]))
            show(kind, id, open_body(key, meta, kind, id, generation, sealed), owner=owner.hex(), part=part)
        assert seen.digest() == digest, "blocks are mixed"


def show(kind, id, body, **more):
    print(json.dumps({"kind": kind, "id": id.hex(), "body": body.hex(), **more}))


if __name__ == "__main__":
    if sys.argv[2] == "--key-file":
        main(sys.argv[1], key_file(sys.argv[3]), ("key-file",))
    else:
        main(sys.argv[1], sys.stdin.buffer.read(), ("passphrase", "command"))

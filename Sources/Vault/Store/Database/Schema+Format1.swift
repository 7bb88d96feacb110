extension Schema {
    /// The tables of format 1, which those of format 2 contain. Never changed: stores that have them are found by them.
    static let format1 = [
        "CREATE TABLE meta (only INTEGER PRIMARY KEY CHECK (only = 1), store BLOB NOT NULL, "
            + "epoch INTEGER NOT NULL, generation INTEGER NOT NULL, seal BLOB NOT NULL) STRICT",
        "CREATE TABLE slot (id BLOB PRIMARY KEY, kind TEXT NOT NULL, n INTEGER NOT NULL, r INTEGER NOT NULL, "
            + "p INTEGER NOT NULL, salt BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE record (kind TEXT NOT NULL, id BLOB NOT NULL, generation INTEGER NOT NULL, "
            + "sealed BLOB NOT NULL, PRIMARY KEY (kind, id)) STRICT",
        "CREATE TABLE log (kind TEXT NOT NULL, stream BLOB NOT NULL, first INTEGER NOT NULL, "
            + "next INTEGER NOT NULL, base BLOB NOT NULL, head BLOB NOT NULL, PRIMARY KEY (kind, stream)) STRICT, "
            + "WITHOUT ROWID",
        "CREATE TABLE entry (kind TEXT NOT NULL, stream BLOB NOT NULL, position INTEGER NOT NULL, "
            + "id BLOB NOT NULL, generation INTEGER NOT NULL, sealed BLOB NOT NULL, link BLOB NOT NULL, "
            + "PRIMARY KEY (kind, stream, position)) STRICT",
        "CREATE TABLE blocks (kind TEXT NOT NULL, owner BLOB NOT NULL, generation INTEGER NOT NULL, "
            + "count INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (kind, owner)) STRICT, WITHOUT ROWID",
        "CREATE TABLE block (kind TEXT NOT NULL, owner BLOB NOT NULL, part INTEGER NOT NULL, id BLOB NOT NULL, "
            + "sealed BLOB NOT NULL, PRIMARY KEY (kind, owner, part)) STRICT",
    ]
}

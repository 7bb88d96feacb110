internal import GRDB
internal import ZoshTrust

extension Schema {
    /// What is written today. A change to it is a new version, with the tables of this one kept in a migration.
    static let current = Schema(version: 2, statements: format1 + [piece], migrations: [runsToSeries])

    /// The pieces of series. The set seal does not walk it: the state of each series says which pieces there are.
    private static let piece =
        "CREATE TABLE piece (kind TEXT NOT NULL, number INTEGER NOT NULL, part INTEGER NOT NULL, "
        + "generation INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (kind, number, part)) STRICT"

    /// In format 1 each run of a script was a record and a log. Its header stays, so that the run can be named; its
    /// entries end here, since nothing could continue from them correctly.
    private static let runsToSeries = Migration(version: 1, statements: format1) { transaction in
        // The state of a series cannot be removed, so a store of this format that says it has the former one shows.
        for kind in SeriesKind.allCases where try transaction.read(kind.record, .shared) != nil {
            throw VaultError.damaged("it claims format 1 but holds what that format lacks")
        }
        try transaction.database.execute(sql: piece)
        // The one written last is the latest, as far as the order is still known.
        let runs = try transaction.read(.job).sorted { $0.generation < $1.generation }
        for run in runs { try transaction.delete(.job, run.id) }
        for stream in try transaction.streams(.jobRow) { try transaction.deleteLog(.jobRow, stream: stream) }
        var writer = SeriesWriter(transaction)
        try FormerRuns(runs.map(\.body)).write(with: &writer)
        try writer.save()
    }
}

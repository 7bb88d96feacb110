internal import ZoshKit

/// One user whom a finished job has changed, as the brakes count them.
struct CountedChange {
    /// When the last request for it left; seconds since 1970.
    var at: Int64
    let target: EffectTarget
    /// Whether the user was deactivated or deleted.
    var endsWork: Bool

    /// Users kept in the header of a job, so that the last hour is known without reading the job itself: a thousand
    /// small jobs took most of a second.
    private static let most = 100

    /// - Parameter ended: stands for the time of a request that was not written down.
    static func all(in record: JobRecord, at ended: Int64) -> [CountedChange] {
        var found: [EffectTarget: CountedChange] = [:]
        for (_, entry) in record.rows where entry.mayHaveChanged {
            guard let change = entry.change.change, let person = change.person else { continue }
            let at = entry.sent ?? ended
            var one = found[person] ?? CountedChange(at: at, target: person, endsWork: false)
            one.at = max(one.at, at)
            one.endsWork = one.endsWork || change.concerns == nil && change.endsWork
            found[person] = one
        }
        return Array(found.values)
    }

    /// What the header of a job that ends says of them; null where they are too many.
    static func kept(_ record: JobRecord, at ended: Int64) -> Value {
        let all = all(in: record, at: ended)
        guard all.count <= most, all.allSatisfy(\.target.within.isEmpty) else { return .null }
        return .list(
            all.sorted { $0.target.name < $1.target.name }.map { one in
                .list([.string(one.target.noun), .string(one.target.name), .integer(one.at), .bool(one.endsWork)])
            })
    }

    /// - Returns: nil where the header does not say it: of a job of many users, or of an older version.
    static func kept(in header: Row) -> [CountedChange]? {
        header["changed"]?.list?.compactMap { one in
            guard let parts = one.list, parts.count == 4, let at = parts[2].integer else { return nil }
            return CountedChange(
                at: at, target: EffectTarget(noun: parts[0].text, name: parts[1].text), endsWork: parts[3] == true)
        }
    }
}

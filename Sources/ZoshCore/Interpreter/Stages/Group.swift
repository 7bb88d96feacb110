internal import ZoshKit

/// `group role.name`: one row for each value with how many rows have it, in the order they first came. Holds the
/// values; what memory should not hold is spilled.
struct Group: FieldStage {
    let signature = Signature("group", "Count the rows of each value", input: .required, effect: .local) {
        Argument("field", .list(.field), .oneOrMore, "Fields whose values are counted")
    }

    let examples = [Example("users list | group role.name | sort -count", "how many people each role has")]

    func fieldsRead(_ call: Call, _ condition: Condition?) -> [FieldUse] { call.values("field").map { FieldUse($0) } }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let paths = call.values("field").map { FieldPath($0.text) }
        let holding = core.holding
        return input.transformed(.exactly(paths + ["count"])) { Counting(paths, holding) }
    }

    private struct Counting: RowTransform {
        private let paths: [FieldPath]
        private let readers: [FieldReader]
        private let coder = RowCoder()
        private let holding: Holding
        /// The groups seen since the last overflow, by their values as bytes, and in the order they came.
        private var places: [[UInt8]: Int] = [:]
        private var groups: [(key: [UInt8], sequence: UInt64, count: UInt64)] = []
        private var size = 0
        private var rowsSeen: UInt64 = 0
        private var overflow: FirstComers?
        private var told = 0
        private var watch: FieldWatch

        init(_ paths: [FieldPath], _ holding: Holding) {
            self.paths = paths
            readers = paths.map(FieldReader.init)
            self.holding = holding
            watch = FieldWatch(paths)
        }

        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ rows: [Row]) throws -> [Row] {
            watch.see(rows)
            var key: [UInt8] = []
            for row in rows {
                key.removeAll(keepingCapacity: true)
                for reader in readers { coder.encode(reader.value(in: row), into: &key) }
                if let place = places[key] {
                    groups[place].count += 1
                } else {
                    places[key] = groups.count
                    groups.append((key, rowsSeen, 1))
                    size += key.count + 128
                    if size > holding.budget, holding.spills != nil { try makeRoom() }
                }
                rowsSeen += 1
            }
            return []
        }

        private mutating func makeRoom() throws {
            var overflow = overflow ?? FirstComers(holding)
            self.overflow = nil
            for group in groups { try overflow.add(group.key, sequence: group.sequence, count: group.count, payload: group.key) }
            self.overflow = overflow
            (places, groups, size) = ([:], [], 0)
        }

        mutating func finish() throws -> [Row] {
            if overflow != nil, !groups.isEmpty { try makeRoom() }
            var rows: [Row] = []
            while rows.count < rowsOfPage, let (key, count) = try nextGroup() {
                var row = Row()
                let values = key.withUnsafeBytes(coder.values)
                for (path, value) in zip(paths, values) { row.set(value, at: path.names[...]) }
                row["count"] = .integer(Int64(count))
                rows.append(row)
            }
            return rows
        }

        private mutating func nextGroup() throws -> (key: [UInt8], count: UInt64)? {
            if overflow != nil { return try overflow?.next { count, key in (Array(key), count) } }
            guard told < groups.count else { return nil }
            defer { told += 1 }
            return (groups[told].key, groups[told].count)
        }

        var notes: [String] { watch.notes }
    }
}

internal import ZoshKit

/// `group role.name`: one row for each value with how many rows have it, in the order they first came. Holds the
/// values; what memory should not hold is spilled.
struct Group: FieldStage {
    let signature = Signature(
        "group", "Count the rows of each value", facts: [.keepsFields], input: .required, effect: .local
    ) {
        Argument("field", .list(.field), .oneOrMore, "Fields whose values are counted")
    }

    let examples = [Example("users list | group role.name | sort -count", "how many people each role has")]

    func fieldsRead(_ call: Call, _ condition: Condition?) -> [FieldUse] { call.values("field").map { FieldUse($0) } }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let paths = call.values("field").map { FieldPath($0.text) }
        let holding = core.holding
        var columns = Columns(paths + ["count"], fields: .groups(by: paths, of: input.columns.fields))
        columns.joined = input.columns.joined
        return input.transformed(columns) { Counting(paths, holding) }
    }

    private struct Counting: RowTransform {
        private let paths: [FieldPath]
        private let readers: [RowFieldReader]
        private let coder = RowCoder()
        private let holding: Holding
        /// The groups seen since the last overflow, by their values as bytes, and in the order they came.
        private var places: [[UInt8]: Int] = [:]
        private var groups: [(key: [UInt8], shown: [UInt8], sequence: UInt64, count: UInt64)] = []
        private var size = 0
        private var rowsSeen: UInt64 = 0
        private var overflow: FirstOfEachKey?
        private var emitted = 0
        private var watch: FieldWatch

        init(_ paths: [FieldPath], _ holding: Holding) {
            self.paths = paths
            readers = paths.map(RowFieldReader.init)
            self.holding = holding
            watch = FieldWatch(paths)
        }

        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ rows: [Row]) throws -> [Row] {
            watch.see(rows)
            for row in rows {
                for (key, values) in combinations(row) { try count(key, values) }
            }
            return []
        }

        /// The groups a row belongs to: of a list, one for each of its values.
        private func combinations(_ row: Row) -> [(key: [UInt8], values: [Value])] {
            var found: [(key: [UInt8], values: [Value])] = [([], [])]
            for reader in readers {
                let value = reader.value(in: row)
                let values = value.list.map { $0.isEmpty ? [.null] : $0 } ?? [value]
                let former = found
                found = []
                var known: Set<[UInt8]> = []
                for (key, shown) in former {
                    for value in values {
                        var key = key
                        coder.encode(Likeness.key(value), into: &key)
                        if values.count == 1 || known.insert(key).inserted { found.append((key, shown + [value])) }
                    }
                }
            }
            return found
        }

        private mutating func count(_ key: [UInt8], _ values: [Value]) throws {
            rowsSeen += 1
            if let place = places[key] {
                groups[place].count += 1
                return
            }
            var shown: [UInt8] = []
            // An object is shown by its name, by which it was counted.
            for value in values { coder.encode(value.row?.string("name").map(Value.string) ?? value, into: &shown) }
            places[key] = groups.count
            groups.append((key, shown, rowsSeen, 1))
            size += key.count + shown.count + 128
            if size > holding.budget, holding.spills != nil { try makeRoom() }
        }

        private mutating func makeRoom() throws {
            var overflow = overflow ?? FirstOfEachKey(holding)
            self.overflow = nil
            for group in groups {
                try overflow.add(group.key, sequence: group.sequence, count: group.count, payload: group.shown)
            }
            self.overflow = overflow
            (places, groups, size) = ([:], [], 0)
        }

        mutating func finish() throws -> [Row] {
            if overflow != nil, !groups.isEmpty { try makeRoom() }
            var rows: [Row] = []
            while rows.count < rowsOfPage, let (shown, count) = try nextGroup() {
                var row = Row()
                let values = shown.withUnsafeBytes(coder.values)
                for (path, value) in zip(paths, values) { row.set(value, at: path.names[...]) }
                row["count"] = .integer(Int64(count))
                rows.append(row)
            }
            return rows
        }

        private mutating func nextGroup() throws -> (shown: [UInt8], count: UInt64)? {
            if overflow != nil { return try overflow?.next { count, key in (Array(key), count) } }
            guard emitted < groups.count else { return nil }
            defer { emitted += 1 }
            return (groups[emitted].shown, groups[emitted].count)
        }

        var notes: [String] { watch.notes }
    }
}

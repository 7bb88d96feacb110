internal import ZoshKit

/// `unique role.name`: the first row of each value. Holds the values it has seen; once they
/// fill the memory meant for them, later rows are spilled and given at the end.
struct Unique: FieldStage {
    let signature = Signature(
        "unique", "Keep the first of rows that are alike", facts: [.keepsFields], input: .required, effect: .local
    ) {
        Argument("field", .list(.field), .many, "Fields that make rows alike; all if left out")
    }

    let examples = [Example("users list | unique role.name | select role.name")]

    func fieldsRead(_ call: Call, _ condition: Condition?) -> [FieldUse] { call.values("field").map { FieldUse($0) } }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let paths = call.values("field").map { FieldPath($0.text) }
        let holding = core.holding
        return input.transformed { Distinct(paths, holding) }
    }

    private struct Distinct: RowTransform {
        /// Nil: all fields make rows alike.
        private let readers: [RowFieldReader]?
        private let coder = RowCoder()
        private let holding: Holding
        private var seen: Set<[UInt8]> = []
        private var size = 0
        /// Rows unlike all that were seen before memory was full; which of them are alike shows at the end.
        private var late: FirstOfEachKey?
        private var rowsSeen: UInt64 = 0
        private var watch: FieldWatch

        init(_ paths: [FieldPath], _ holding: Holding) {
            readers = paths.isEmpty ? nil : paths.map(RowFieldReader.init)
            self.holding = holding
            watch = FieldWatch(paths)
        }

        mutating func apply(_ rows: [Row]) throws -> [Row] {
            watch.see(rows)
            if late == nil, size > holding.budget, holding.spills != nil { late = FirstOfEachKey(holding) }
            var key: [UInt8] = []
            var kept: [Row] = []
            for row in rows {
                key.removeAll(keepingCapacity: true)
                if let readers {
                    for reader in readers { coder.encode(Likeness.key(reader.value(in: row)), into: &key) }
                } else {
                    coder.encode(Row(shape: row.shape, values: row.values.map(Likeness.key)), into: &key)
                }
                rowsSeen += 1
                if late != nil {
                    guard !seen.contains(key) else { continue }
                    var payload: [UInt8] = []
                    coder.encode(row, into: &payload)
                    try late?.add(key, sequence: rowsSeen, count: 1, payload: payload)
                } else if seen.insert(key).inserted {
                    size += key.count + 64
                    kept.append(row)
                }
            }
            return kept
        }

        mutating func finish() throws -> [Row] {
            let coder = coder
            var rows: [Row] = []
            while rows.count < rowsOfPage, let row = try late?.next({ _, payload in coder.row(payload) }) {
                rows.append(row)
            }
            return rows
        }

        var notes: [String] { watch.notes }
    }
}

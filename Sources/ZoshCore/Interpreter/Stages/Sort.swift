internal import ZoshKit

/// `sort role.name, -created_time`. Holds all rows until the last has come; what memory should not hold is spilled.
struct Sort: FieldStage {
    let signature = Signature(
        "sort", "Put the rows in order", facts: [.keepsFields, .ordersFields], input: .required, effect: .local
    ) {
        Argument(
            "field", .list(.field), .oneOrMore, "Fields, the first deciding; '-field' or 'field desc' for downwards")
    }

    let examples = [Example("users list | sort role.name, created_time desc", "by role, newest first")]

    func fieldsRead(_ call: Call, _ condition: Condition?) throws -> [FieldUse] {
        try Self.order(call.values("field")).map(\.use)
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let order = try Self.order(call.values("field"))
        let (dates, holding) = (core.dates, core.holding)
        return input.transformed { Sorting(order, dates, holding) }
    }

    struct Key: Sendable {
        let use: FieldUse
        var descends = false
    }

    static func order(_ words: [BoundValue]) throws -> [Key] {
        var keys: [Key] = []
        for word in words {
            switch word.text {
            case "asc", "desc":
                guard !keys.isEmpty else {
                    throw ZoshError(
                        .usage, "expected a field before '\(word.text)'", at: word.span, remedy: "sort email desc")
                }
                keys[keys.count - 1].descends = word.text == "desc"
            case let text where text.hasPrefix("-") && text.count > 1:
                let name = Span(word.span.lower + 1, word.span.upper)
                keys.append(Key(use: FieldUse(FieldPath(String(text.dropFirst())), at: name), descends: true))
            default: keys.append(Key(use: FieldUse(word)))
            }
        }
        return keys
    }

    private struct Sorting: RowTransform {
        private let keys: [(reader: RowFieldReader, descends: Bool)]
        private let dates: DateReader
        private let coder = RowCoder()
        private var sorter: ExternalSorter
        private var watch: FieldWatch

        init(_ order: [Key], _ dates: DateReader, _ holding: Holding) {
            keys = order.map { (RowFieldReader($0.use.path), $0.descends) }
            self.dates = dates
            sorter = ExternalSorter(holding)
            watch = FieldWatch(order.map(\.use.path))
        }

        mutating func apply(_ batch: [Row]) throws -> [Row] {
            watch.see(batch)
            let (keys, dates, coder) = (keys, dates, coder)
            for row in batch {
                try sorter.add { bytes in
                    for key in keys {
                        SortKey.append(key.reader.value(in: row), descends: key.descends, dates, to: &bytes)
                    }
                } payload: { bytes in
                    coder.encode(row, into: &bytes)
                }
            }
            return []
        }

        mutating func finish() throws -> [Row] {
            let coder = coder
            var rows: [Row] = []
            while rows.count < rowsOfPage, let row = try sorter.next({ _, payload in coder.row(payload) }) {
                rows.append(row)
            }
            return rows
        }

        func demand(for downstream: Demand) -> Demand { .everything }

        var notes: [String] { watch.notes }
    }
}

internal import ZoshKit

/// `sort role.name, -created_time`. Holds all rows until the last has come.
struct Sort: CoreCommand {
    let signature = Signature("sort", "Put the rows in order", input: .required, effect: .local) {
        Argument("field", .list(.field), .oneOrMore, "Fields, the first deciding; '-field' or 'field desc' for downwards")
    }

    let examples = [Example("users list | sort role.name, created_time desc", "by role, newest first")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let order = try Self.order(call.values("field"))
        let dates = core.dates
        return input.transformed { Sorting(order, dates) }
    }

    struct Key: Sendable {
        var path: FieldPath
        var descends = false
    }

    static func order(_ words: [BoundValue]) throws -> [Key] {
        var keys: [Key] = []
        for word in words {
            switch word.text {
            case "asc", "desc":
                guard !keys.isEmpty else {
                    throw ZoshError(
                        .usage, "a field must stand before '\(word.text)'", at: word.span, remedy: "sort email desc")
                }
                keys[keys.count - 1].descends = word.text == "desc"
            case let text where text.hasPrefix("-") && text.count > 1:
                keys.append(Key(path: FieldPath(String(text.dropFirst())), descends: true))
            case let text: keys.append(Key(path: FieldPath(text)))
            }
        }
        return keys
    }

    private struct Sorting: RowTransform {
        private let order: [Key]
        private let dates: DateReader
        private var rows: [(place: Int, keys: [SortValue], row: Row)] = []
        private var watch: FieldWatch

        init(_ order: [Key], _ dates: DateReader) {
            self.order = order
            self.dates = dates
            watch = FieldWatch(order.map(\.path))
        }

        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ batch: [Row]) -> [Row] {
            watch.see(batch)
            for row in batch { rows.append((rows.count, order.map { SortValue(row[$0.path], dates) }, row)) }
            return []
        }

        mutating func finish() -> [Row] {
            let order = order
            rows.sort { a, b in
                for index in order.indices {
                    let comparison = a.keys[index].compared(to: b.keys[index])
                    if comparison == 0 { continue }
                    // Nothing comes last whichever way the rest goes.
                    if a.keys[index].isNothing || b.keys[index].isNothing { return b.keys[index].isNothing }
                    return (comparison < 0) != order[index].descends
                }
                return a.place < b.place
            }
            defer { rows = [] }
            return rows.map(\.row)
        }

        var notes: [String] { watch.notes }
    }
}

internal import ZoshKit

/// `group role.name`: one row for each value with how many rows have it, in the order they first came.
struct Group: CoreCommand {
    let signature = Signature("group", "Count the rows of each value", input: .required, effect: .local) {
        Argument("field", .list(.field), .oneOrMore, "Fields whose values are counted")
    }

    let examples = [Example("users list | group role.name | sort -count", "how many people each role has")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let paths = call.values("field").map { FieldPath($0.text) }
        return input.transformed(Columns(paths + ["count"])) { Counting(paths) }
    }

    private struct Counting: RowTransform {
        private let paths: [FieldPath]
        private var places: [[Value]: Int] = [:]
        private var groups: [(values: [Value], count: Int64)] = []
        private var watch: FieldWatch

        init(_ paths: [FieldPath]) {
            self.paths = paths
            watch = FieldWatch(paths)
        }

        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ rows: [Row]) -> [Row] {
            watch.see(rows)
            for row in rows {
                let values = paths.map { row[$0] }
                if let place = places[values] {
                    groups[place].count += 1
                } else {
                    places[values] = groups.count
                    groups.append((values, 1))
                }
            }
            return []
        }

        mutating func finish() -> [Row] {
            groups.map { group in
                var row = Row()
                for (path, value) in zip(paths, group.values) { row.set(value, at: path.names[...]) }
                row["count"] = .integer(group.count)
                return row
            }
        }

        var notes: [String] { watch.notes }
    }
}

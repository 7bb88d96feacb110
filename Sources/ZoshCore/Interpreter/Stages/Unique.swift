internal import ZoshKit

/// `unique role.name`: the first row of each value. Holds the values it has seen.
struct Unique: CoreCommand {
    let signature = Signature("unique", "Keep the first of rows that are alike", input: .required, effect: .local) {
        Argument("field", .list(.field), .many, "Fields that make rows alike; all if left out")
    }

    let examples = [Example("users list | unique role.name | select role.name")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let paths = call.values("field").map { FieldPath($0.text) }
        return input.transformed { Distinct(paths) }
    }

    private struct Distinct: RowTransform {
        private let paths: [FieldPath]
        private var seen: Set<[Value]> = []
        private var watch: FieldWatch

        init(_ paths: [FieldPath]) {
            self.paths = paths
            watch = FieldWatch(paths)
        }

        mutating func apply(_ rows: [Row]) -> [Row] {
            watch.see(rows)
            return rows.filter { row in
                seen.insert(paths.isEmpty ? [.row(row)] : paths.map { row[$0] }).inserted
            }
        }

        var notes: [String] { watch.notes }
    }
}

internal import ZoshKit

/// `count`: one row that says how many there were.
struct Count: CoreCommand {
    let signature = Signature("count", "Count the rows", facts: [.keepsFields], input: .required, effect: .local)
    let examples = [Example("users list type=AdminUsers | count")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        return input.transformed(Columns(["count"], fields: .exactly(fields: [.count]))) { Counting() }
    }

    private struct Counting: RowTransform {
        /// Nil once it was returned.
        var total: Int64? = 0

        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ rows: [Row]) -> [Row] {
            total? += Int64(rows.count)
            return []
        }

        mutating func finish() -> [Row] {
            guard let count = total else { return [] }
            total = nil
            return [["count": .integer(count)]]
        }
    }
}

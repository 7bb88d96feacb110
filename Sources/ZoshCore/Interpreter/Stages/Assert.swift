internal import ZoshKit

/// `assert count == 0`: ends the line with an error unless the condition holds, else passes all rows on.
///
/// `count` is how many rows came, unless the rows have a field of that name. Any other field must meet the condition
/// in every row, and there must be one: a check that looked at nothing has not held. No row is passed on before the
/// last was checked, so nothing behind it can happen too early.
struct Assert: CoreCommand {
    let signature = Signature("assert", "Stop the line unless a condition holds", input: .required, effect: .local) {
        Argument("condition", .expression, "About 'count', or about every row")
        Option("message", .string, "What to say when it does not hold; before the condition: --message TEXT")
    }

    let examples = [
        Example("users list status=disabled | assert count < 100", "about how many there are"),
        Example("users lookup ada@example.com | assert status == active", "about every row"),
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input, let condition = core.condition else { return .none }
        let (message, dates, place): (String?, DateReader, Span) = (try call["message"], core.dates, call.span(of: "condition"))
        return try input.transformed { try Checking(condition, dates, message, place) }
    }

    private struct Checking: RowTransform {
        private let matcher: ConditionMatcher
        private let fields: [FieldPath]
        private let message: String?
        private let place: Span
        private var rows: [Row] = []

        init(_ condition: Condition, _ dates: DateReader, _ message: String?, _ place: Span) throws {
            matcher = try ConditionMatcher(condition, dates: dates)
            fields = condition.fields
            self.message = message
            self.place = place
        }

        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ batch: [Row]) -> [Row] {
            rows += batch
            return []
        }

        mutating func finish() throws -> [Row] {
            defer { rows = [] }
            if fields.allSatisfy({ $0 == "count" }), rows.allSatisfy({ $0["count"] == nil }) {
                guard matcher.matches(["count": .integer(Int64(rows.count))]) else { throw failure("count is \(rows.count)") }
                return rows
            }
            guard !rows.isEmpty else { throw failure("there are no rows") }
            for (index, row) in rows.enumerated() where !matcher.matches(row) {
                let shown = fields.map { "\($0) is \(row[$0].isNull ? "null" : row[$0].text)" }
                throw failure("in row \(index + 1) \(shown.joined(separator: ", "))")
            }
            return rows
        }

        private func failure(_ found: String) -> ZoshError {
            ZoshError(.local, message.map { "\($0) (\(found))" } ?? "this does not hold: \(found)", at: place)
        }
    }
}

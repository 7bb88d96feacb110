internal import ZoshKit

/// `assert count == 0`: ends the line with an error unless the condition holds, else passes all rows on.
///
/// `count` is how many rows came, unless the rows have a field of that name. Any other field must meet the condition
/// in every row, and there must be one: a check that looked at nothing has not held. No row is passed on before the
/// last was checked, so nothing behind it can happen too early.
struct Assert: FieldStage {
    let signature = Signature(
        "assert", "Stop the line unless a condition holds", facts: [.keepsFields], input: .required, effect: .local
    ) {
        Argument("condition", .expression, "About 'count', or about every row")
        Option("message", .string, "What to say when it does not hold; before the condition: --message TEXT")
    }

    /// How many rows came.
    let ownNames: Set<String> = ["count"]

    let examples = [
        Example("users list status=disabled | assert count < 100", "about how many there are"),
        Example("users lookup ada@example.com | assert status == active", "about every row"),
    ]

    /// `count` alone is the number of rows.
    func fieldsRead(_ call: Call, _ condition: Condition?) -> [FieldUse] {
        condition?.fields.filter { $0.path != "count" } ?? []
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let given = call.input, let condition = core.condition else { return .none }
        let input = try core.guarding(given, condition, isAssertion: true)
        let (message, dates, place): (String?, DateReader, Span) = (
            try call["message"], core.dates, call.span(of: "condition")
        )
        let holding = core.holding
        let joined = try JoinedFields(condition, input.columns, ownRow: core.runner.it == nil)
        return try input.transformed { try Checking(condition, dates, joined, message, place, holding) }
    }

    private struct Checking: RowTransform {
        private let matcher: ConditionMatcher
        private let fields: [FieldPath]
        private var joined: JoinedFields
        private let message: String?
        private let place: Span
        /// Whether the condition speaks of `count` alone, which is the number of rows while no row has such a field.
        private var isAboutCount: Bool
        private let coder = RowCoder()
        private var held: ExternalSorter
        private var count = 0
        /// What the first row that does not meet the condition looks like.
        private var offence: String?
        private var isChecked = false

        init(
            _ condition: Condition, _ dates: DateReader, _ joined: JoinedFields, _ message: String?, _ place: Span,
            _ holding: Holding
        ) throws {
            matcher = try ConditionMatcher(condition, dates: dates)
            fields = condition.fields.map(\.path)
            isAboutCount = fields.allSatisfy { $0 == "count" }
            self.message = message
            self.joined = joined
            self.place = place
            held = ExternalSorter(holding)
        }

        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ batch: [Row]) throws -> [Row] {
            try joined.check(batch)
            let coder = coder
            for row in batch {
                count += 1
                if isAboutCount, row["count"] != nil { isAboutCount = false }
                if offence == nil, !matcher.matches(row) {
                    let shown = fields.map { "\($0) is \(row[$0].isNull ? "null" : row[$0].shownText.neutralised)" }
                    offence = "in row \(count) \(shown.joined(separator: ", "))"
                }
                // Without keys the order is that of coming.
                try held.add { _ in
                } payload: {
                    coder.encode(row, into: &$0)
                }
            }
            return []
        }

        mutating func finish() throws -> [Row] {
            if !isChecked {
                isChecked = true
                try check()
            }
            let coder = coder
            var rows: [Row] = []
            while rows.count < rowsOfPage, let row = try held.next({ _, payload in coder.row(payload) }) {
                rows.append(row)
            }
            return rows
        }

        private func check() throws {
            if isAboutCount {
                guard matcher.matches(["count": .integer(Int64(count))]) else { throw failure("count is \(count)") }
            } else if count == 0 {
                throw failure("there are no rows")
            } else if let offence {
                throw failure(offence)
            }
        }

        private func failure(_ found: String) -> ZoshError {
            ZoshError(.local, message.map { "\($0) (\(found))" } ?? "this does not hold: \(found)", at: place)
        }
    }
}

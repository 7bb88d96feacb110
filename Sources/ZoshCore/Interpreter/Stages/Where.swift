internal import ZoshKit

/// `where status == active and role.name ~ '^Sales'`
struct Where: FieldStage {
    let signature = Signature(
        "where", "Keep the rows that meet a condition", facts: [.keepsFields], input: .required, effect: .local
    ) {
        Argument("condition", .expression, "Like: status == active and created_time > 30d ago")
    }

    let examples = [
        Example("users list | where status == active and role.name ~ '^Sales'", "a pattern, and a field of a field"),
        Example("users list | where created_time > 30d ago", "dates compare as instants"),
        Example("users list | where full_name contains van", "a part of a text, in any case"),
        Example("users list | where first_name == $it.last_name", "$it.NAME is a field of the same row"),
        Example("users list | where not confirm or role == null", "empty fields are null"),
    ]

    func fieldsRead(_ call: Call, _ condition: Condition?) -> [FieldUse] { condition?.fields ?? [] }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let given = call.input, let condition = core.condition else { return .none }
        let dates = core.dates
        let input = try core.guarding(given, condition)
        let joined = try JoinedFields(condition, input.columns, ownRow: core.runner.it == nil)
        return try input.transformed { try Filter(condition, dates, joined) }
    }

    private struct Filter: RowTransform {
        private let matcher: ConditionMatcher
        private var watch: FieldWatch
        private var joined: JoinedFields
        private var seen: SeenValues

        init(_ condition: Condition, _ dates: DateReader, _ joined: JoinedFields) throws {
            matcher = try ConditionMatcher(condition, dates: dates)
            let paths = condition.fields.map(\.path)
            watch = FieldWatch(paths)
            seen = SeenValues(paths, sought: condition.soughtValues)
            self.joined = joined
        }

        mutating func apply(_ rows: [Row]) throws -> [Row] {
            watch.see(rows)
            try joined.check(rows)
            let kept = rows.filter(matcher.matches)
            seen.see(rows, keptAny: !kept.isEmpty)
            return kept
        }

        var notes: [String] { watch.notes + [seen.note(without: watch.absent)].compactMap(\.self) }
    }
}

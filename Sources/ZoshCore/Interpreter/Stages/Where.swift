internal import ZoshKit

/// `where status == active and role.name ~ '^Sales'`
struct Where: FieldStage {
    let signature = Signature("where", "Keep the rows that meet a condition", input: .required, effect: .local) {
        Argument("condition", .expression, "Like: status == active and created_time > 30d ago")
    }

    let examples = [
        Example("users list | where status == active and role.name ~ '^Sales'", "a pattern, and a field of a field"),
        Example("users list | where created_time > 30d ago", "dates compare as instants"),
        Example("users list | where not confirm or role == null", "empty fields are null"),
    ]

    func fieldsRead(_ call: Call, _ condition: Condition?) -> [FieldUse] { condition?.fields ?? [] }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input, let condition = core.condition else { return .none }
        let dates = core.dates
        return try input.transformed { try Filter(condition, dates) }
    }

    private struct Filter: RowTransform {
        private let matcher: ConditionMatcher
        private var watch: FieldWatch

        init(_ condition: Condition, _ dates: DateReader) throws {
            matcher = try ConditionMatcher(condition, dates: dates)
            watch = FieldWatch(condition.fields.map(\.path))
        }

        mutating func apply(_ rows: [Row]) -> [Row] {
            watch.see(rows)
            return rows.filter(matcher.matches)
        }

        var notes: [String] { watch.notes }
    }
}

internal import ZoshKit

/// Decides what becomes of a value that a negative comparison was to leave out, when no row has it.
///
/// Where the values of a column are listed (roles, statuses) the list decides, else the values the rows have: a slip of
/// one of them is refused. What is only absent is said; before a write it is refused unless the line says how many may
/// change, or sets that very field.
struct ExclusionJudge: Sendable {
    /// What is known at the end of the rows.
    struct Finding: Sendable {
        let exclusion: Exclusion
        /// Those of its values that did not occur.
        let absent: [Exclusion.Test]
        /// Whether another of its values did.
        let isProven: Bool
        let rows: Int
        /// How many of the rows meet the whole condition.
        let kept: Int
        /// The different values of the field, and a sentence about them.
        let values: [String]
        let sentence: String?
        /// Whether the field has few values that many rows share.
        let isVocabulary: Bool
        /// Whether no row has been passed on.
        let isEarly: Bool
    }

    let ahead: WriteAhead
    /// Whether the number of changes is limited for every line.
    let isLimited: Bool
    /// Whether the rows are those of one row of `each`, of which one value proves nothing.
    let isInBlock: Bool
    /// Whether a condition that every row meets is what is hoped for.
    let isAssertion: Bool
    let known: KnownFields?
    let places: @Sendable () async throws -> RowPlaces

    /// Whether the rows must all be seen before one may pass.
    var holdsAll: Bool { ahead.command != nil || isAssertion }

    func isWorthWaiting(_ exclusion: Exclusion) -> Bool {
        if exclusion.isKnown, exclusion.tests.allSatisfy({ $0.written?.isKnown != false }) { return false }
        // `city != Oslo` before `city=Oslo`: those who are there already.
        guard let name = column(exclusion).users?.path.names.first ?? exclusion.field.path.names.first else {
            return true
        }
        return !ahead.fields.contains(name)
    }

    /// - Returns: what to say.
    /// - Throws: `ZoshError.usage` at a value that is a mistake.
    func judge(_ finding: Finding) async throws -> String? {
        let exclusion = finding.exclusion
        let values = finding.values
        var isKnown = exclusion.isKnown
        if finding.isEarly {
            let column = column(exclusion)
            for literal in finding.absent.compactMap(\.written) where !literal.isKnown {
                if try await column.check(literal, exclusion, values, places) {
                    isKnown = true
                } else {
                    try checkSpelling(literal, exclusion, finding, column)
                }
            }
        }
        guard !finding.isProven, !isKnown, !isAssertion, !isInBlock, finding.rows > 1, finding.kept > 0, !values.isEmpty
        else { return nil }
        let told = finding.sentence.map { "; \($0)" } ?? ""
        let what = exclusion.text.map(exclusion.absence) ?? "no row has any of these values"
        if finding.isEarly, let command = ahead.command, !ahead.isLimited, !isLimited {
            throw ZoshError(
                .usage, "\(what), so this leaves nobody out before '\(command)'\(told)", at: exclusion.span,
                remedy: "leave it out, or say how many may change: \(command) --at-most \(finding.kept)")
        }
        return exclusion.isTold ? nil : "N\(what.dropFirst()), so this leaves nobody out\(told)"
    }

    private func column(_ exclusion: Exclusion) -> ColumnOfUsers {
        ColumnOfUsers(exclusion.field.path, known?.former(of: exclusion.field.path))
    }

    /// - Throws: `ZoshError.usage` at a slip of a value that occurs.
    private func checkSpelling(
        _ literal: Literal, _ exclusion: Exclusion, _ finding: Finding, _ column: ColumnOfUsers
    ) throws {
        let values = finding.values
        let path = exclusion.field.path
        guard let text = literal.value.comparedText else { return }
        if text.isEmpty, exclusion.kind == .value {
            throw ZoshError(
                .usage, "no row has an empty text as \(path)", at: literal.span,
                remedy: "whether there is a value: \(path) != null")
        }
        let meant: String?
        switch exclusion.kind {
        case .value:
            let isNamed = column.namesOne || !finding.isVocabulary
            meant = Slip.value(text, among: values).flatMap { isNamed && !Slip.isSame(text, $0) ? nil : $0 }
        case .part, .pattern: meant = Slip.part(text, among: values)
        }
        guard let meant else { return }
        throw ZoshError(
            .usage, "\(exclusion.absence(of: text)), so this leaves nobody out", at: literal.span,
            remedy: "did you mean '\(meant.brief(60))'?")
    }
}

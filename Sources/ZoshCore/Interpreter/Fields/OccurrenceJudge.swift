internal import ZoshKit

/// Decides what becomes of a value that a condition looks for, when no row has it.
///
/// - A value that is near one of the known values is refused as a slip. Known are the values of a list (roles,
///   statuses), else those the rows have.
/// - A value to exclude that no row has is reported in a note.
/// - Before a write such a value is refused, unless the line limits the number of changes or sets that very field.
struct OccurrenceJudge: Sendable {
    /// What is known at the end of the rows.
    struct Finding: Sendable {
        let sought: SoughtValues
        /// Those of its values that did not occur.
        let absent: [SoughtValues.Test]
        /// Whether another of its values did.
        let isProven: Bool
        let rows: Int
        /// How many of the rows meet the whole condition.
        let kept: Int
        /// The different values of the field, and a sentence about them.
        let values: [String]
        let sentence: String?
        /// Whether a row has no value there.
        let hasNull: Bool
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
    /// Whether the rows end in a variable, which holds all of them anyway.
    let isKept: Bool
    let known: KnownFields?
    let places: @Sendable () async throws -> RowPlaces

    /// Whether the rows must all be seen before one may pass.
    var holdsAll: Bool { ahead.command != nil || isAssertion }

    /// The values whose occurrence tells something.
    func examinable(_ all: [SoughtValues]) -> [SoughtValues] {
        // A filter that leaves nothing is reported by its stage.
        let isAlone = all.count == 1 && all[0].tests.count == 1
        return all.filter { sought in
            let areKnown = sought.tests.allSatisfy { $0.value?.isKnown == true }
            if areKnown || sought.isKnown && !sought.tests.contains(where: { $0.value != nil }) { return false }
            guard sought.isNegated else { return !isAlone && sought.tests.contains { $0.value != nil } }
            if case .field(let other) = sought.kind { return comparesUnrelatedFields(sought, other) }
            if case .nothing = sought.kind { return true }
            // Lines of text, where comments are left out in case there are any.
            if sought.field.path == "line" { return false }
            // `city != Oslo` before `city=Oslo`: those who are there already.
            return !ahead.fields.contains(field(sought) ?? "")
        }
    }

    /// Whether two columns are named like user fields whose values can never be equal.
    private func comparesUnrelatedFields(_ sought: SoughtValues, _ other: FieldUse) -> Bool {
        let second = ColumnOfUsers(other.path, known?.former(of: other.path)).users
        guard let (path, type) = column(sought).users, let field = type, let (otherPath, otherType) = second,
            let otherField = otherType
        else { return false }
        return ComparedFields.areOfOneKind((path, field), (otherPath, otherField)) == false
    }

    /// What becomes of rows that may pass.
    struct Verdict {
        /// What to say.
        var note: String?
        /// What a later write of the same rows is refused for.
        var doubt: Doubt?
    }

    /// - Throws: `ZoshError.usage` at a value that is a mistake.
    func judge(_ finding: Finding) async throws -> Verdict {
        let sought = finding.sought
        guard sought.isNegated || finding.kept > 0 else { return Verdict() }
        var isKnown = sought.isKnown
        do {
            for literal in finding.absent.compactMap(\.value) where !literal.isKnown {
                if try await check(literal, finding) { isKnown = true }
            }
        } catch let error as ZoshError where error.kind == .usage && !isRefused(finding) {
            return Verdict(
                note: Self.note(error.problem) + (error.remedy.map { "; \($0)" } ?? ""),
                doubt: doubt(error.problem, isSlip: true, finding))
        }
        // Without an empty cell there is nothing to leave out.
        guard sought.isNegated, !finding.isProven, !isKnown, sought.text != "", !isAssertion, !isOfOneRow(finding),
            finding.rows > 1, finding.kept > 0
        else { return Verdict() }
        let suffix = finding.sentence.map { "; \($0)" } ?? ""
        let what =
            if case .nothing = sought.kind {
                sought.absence(of: "")
            } else {
                sought.text.map(sought.absence) ?? "no row has any of these values"
            }
        if case .order = sought.kind { return Verdict() }
        if finding.isEarly, let command = ahead.command, !ahead.isLimited, !isLimited {
            throw ZoshError(
                .usage, "\(what), so this condition excludes no rows before '\(command)'\(suffix)", at: sought.span,
                remedy: "leave it out, or say how many may change: \(command) --at-most \(finding.kept)")
        }
        let problem = "\(what), so this condition excludes no rows"
        return Verdict(
            note: sought.isReported ? nil : Self.note(problem + suffix), doubt: doubt(problem, isSlip: false, finding))
    }

    /// Whether the value is that of the row a block runs for: some of the rows have none that is listed here.
    private func isOfOneRow(_ finding: Finding) -> Bool {
        if case .nothing = finding.sought.kind { return false }
        return isInBlock && finding.absent.allSatisfy { $0.value?.isWritten != true }
    }

    /// What rows take along that no write follows yet.
    private func doubt(_ problem: String, isSlip: Bool, _ finding: Finding) -> Doubt? {
        guard ahead.command == nil else { return nil }
        return Doubt(problem, isSlip: isSlip, field: field(finding.sought))
    }

    /// The field of users that is compared, else the one of the rows.
    private func field(_ sought: SoughtValues) -> String? {
        column(sought).users?.path.names.first ?? sought.field.path.names.first
    }

    /// Whether a mistake ends the line: before a row has been passed on, where it would change what passes.
    private func isRefused(_ finding: Finding) -> Bool {
        finding.isEarly && (finding.sought.isNegated || holdsAll)
    }

    private static func note(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// - Returns: whether users have the value, here or elsewhere.
    private func check(_ literal: Literal, _ finding: Finding) async throws -> Bool {
        let column = column(finding.sought)
        if try await column.check(literal, finding.sought, finding.values, mayAsk: holdsAll, places) { return true }
        try checkSpelling(literal, finding, column)
        return false
    }

    private func column(_ sought: SoughtValues) -> ColumnOfUsers {
        ColumnOfUsers(sought.field.path, known?.former(of: sought.field.path))
    }

    /// - Throws: `ZoshError.usage` at a slip of a value that occurs.
    private func checkSpelling(_ literal: Literal, _ finding: Finding, _ column: ColumnOfUsers) throws {
        let (sought, path) = (finding.sought, finding.sought.field.path)
        guard let text = literal.value.comparedText else { return }
        if case .order = sought.kind { return try checkOrder(literal, text, finding) }
        if text.isEmpty, case .value = sought.kind {
            guard finding.hasNull else { return }
            throw ZoshError(
                .usage, "no row has an empty text as \(path)".neutralised, at: literal.span,
                remedy: "to test whether there is a value: \(path) \(sought.isNegated ? "!=" : "==") null".neutralised)
        }
        let meant: String?
        switch sought.kind {
        case .value:
            let isNamed = column.namesOne || !finding.isVocabulary
            meant = Slip.value(text, among: finding.values).flatMap {
                isNamed && !Slip.isSame(text, $0) ? nil : $0
            }
        case .part, .pattern: meant = Slip.part(text, among: finding.values)
        case .order, .field, .nothing: meant = nil
        }
        guard let meant else { return }
        throw ZoshError(
            .usage, sought.absence(of: text) + (sought.isNegated ? ", so this condition excludes no rows" : ""),
            at: literal.span, remedy: "did you mean '\(meant.brief(60))'?")
    }

    /// - Throws: `ZoshError.usage` at a number where no value is one, and the like.
    private func checkOrder(_ literal: Literal, _ text: String, _ finding: Finding) throws {
        guard !finding.values.isEmpty else { return }
        let path = finding.sought.field.path.description.neutralised
        let kind = OrderedKind(literal)
        throw ZoshError(
            .usage,
            "'\(text.brief(60))' is \(kind.noun), and no \(path) is one\(finding.sentence.map { "; \($0)" } ?? "")",
            at: literal.span)
    }
}

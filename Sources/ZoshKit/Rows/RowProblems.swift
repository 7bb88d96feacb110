/// What is wrong with rows, collected so that all of it is reported at once, each with its file and line.
package struct RowProblems: Sendable {
    package private(set) var found = ProblemLines()
    private var remedies: [String] = []

    package init() {}

    package var isEmpty: Bool { found.count == 0 }
    package var count: Int { found.count }

    /// - Parameter number: of the row, from 1, where no file says its line.
    package mutating func add(_ problem: String, at origin: RowOrigin?, row number: Int, remedy: String? = nil) {
        found.add(
            ProblemLines.Line(
                place: origin?.line ?? number, source: origin?.description ?? "row \(number)", problem: problem),
            of: origin?.file)
        add(remedy: remedy)
    }

    /// What was wrong with one row. A suggestion is about that row alone, any other remedy about all with its mistake.
    package mutating func add(_ error: ZoshError, at origin: RowOrigin?, row number: Int) {
        let source = origin?.description ?? "row \(number)"
        // An error that says its place already says it once.
        let own = error.rows?.lines.count == 1 ? error.rows?.lines[0] : nil
        let problem = own?.source == source ? own?.problem ?? error.cause : error.cause
        let details = error.details.isEmpty ? "" : ": \(error.details.joined(separator: "; "))"
        let suggestion = error.suggestion
        add(
            problem + details + (suggestion.map { " (\($0))" } ?? ""), at: origin, row: number,
            remedy: suggestion == nil ? error.remedy : nil)
    }

    /// Something about all rows of a file, once, at its headings.
    package mutating func add(file problem: String, at origin: RowOrigin?, remedy: String? = nil) {
        let place = origin.map { origin in origin.headingLine.map { "\(origin.file):\($0)" } ?? origin.description }
        let line = ProblemLines.Line(place: 0, source: place ?? "the rows", problem: problem)
        if found.add(once: line, of: origin?.file) { add(remedy: remedy) }
    }

    /// Those found by another look at the same rows.
    package mutating func add(_ others: RowProblems) {
        found.add(others.found)
        for remedy in others.remedies { add(remedy: remedy) }
    }

    /// What another look at rows of a connection ended in, whether or not it is about single rows.
    package mutating func add(_ error: ZoshError, of connection: String) {
        add(remedy: error.remedy)
        if let rows = error.rows {
            found.add(rows, of: connection)
            return
        }
        for detail in error.details.isEmpty ? [error.cause] : error.details {
            found.add(
                once: ProblemLines.Line(place: 0, source: nil, problem: "\(detail) (\(connection))"), of: nil)
        }
    }

    private mutating func add(remedy: String?) {
        if let remedy, !remedies.contains(remedy) { remedies.append(remedy) }
    }

    /// - Parameters:
    ///   - summary: what several rows have in common, behind their number: "do not name a user".
    ///   - ending: what follows from it: "nothing was changed".
    package func error(_ kind: ZoshError.Kind, _ summary: String, ending: String?, at span: Span?, code: String? = nil)
        -> ZoshError
    {
        let file = found.files.count == 1 ? found.files.first : nil
        let cause =
            count == 1
            ? found.lines[0].text
            : found.said.isEmpty
                ? "\(count) rows\(file.map { " of \($0)" } ?? "") \(summary)"
                : "\(count) problems in \(file ?? "the rows")"
        var error = ZoshError(kind, cause, consequence: ending, at: span, code: code, rows: found)
        if count != 1 { error.details = found.details }
        error.remedy = remedies.isEmpty ? nil : remedies.prefix(3).joined(separator: "; ")
        return error
    }
}

extension ZoshError {
    /// What is wrong with one row, with its place where it comes from a file.
    package init(
        _ kind: Kind, _ problem: String, in origin: RowOrigin?, consequence: String? = nil, at span: Span? = nil,
        remedy: String? = nil
    ) {
        guard let origin else {
            self.init(kind, problem, consequence: consequence, at: span, remedy: remedy)
            return
        }
        var rows = RowProblems()
        rows.add(problem, at: origin, row: 1, remedy: remedy)
        self = rows.error(kind, "", ending: consequence, at: span)
    }
}

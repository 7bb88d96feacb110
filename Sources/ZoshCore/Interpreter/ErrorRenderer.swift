public import ZoshKit

/// An error as lines for standard error: the one place where errors become text.
///
/// One sentence, the line with a caret under the place, what to do next, where to read more. Every line is fit for a
/// terminal whatever the error quotes.
public struct ErrorRenderer: Sendable {
    /// Columns of a line, whatever it quotes.
    private static let longest = 1000
    /// Scalars an excerpt may take.
    private let room: Int

    /// - Parameter columns: of the terminal the lines are for.
    public init(columns: Int = 104) { room = min(max(columns, 20) - 4, 100) }

    public func lines(_ error: ZoshError, in source: SourceText?) -> [String] {
        var lines: [String] = []
        // The answer is the person's own: it is not a mistake to be pointed at.
        if error.kind == .declined, error.code == nil {
            let file = source?.name.map { name in
                "\(name):\(error.span.flatMap { source?.lineNumber(of: $0) }.map { "\($0): " } ?? " ")"
            }
            let said = [(file ?? "") + error.problem] + (error.remedy.map { ["  hint: \($0)"] } ?? [])
            return said.map(\.neutralised)
        }
        let place = source.flatMap { source in error.span.map { source.place(of: $0) } }
        lines.append(
            place.map { header(error, $0, source) } ?? "zosh: \(source?.name.map { "\($0): " } ?? "")\(error.problem)")
        if let place, !place.text.isEmpty { lines += excerpt(place) }
        lines += error.details.map { "  \($0)" }
        let guide = error.code.flatMap(ErrorGuide.entry)
        let remedy = error.remedy ?? guide?.remedy
        // A question stands for itself: "did you mean …?"
        if let remedy { lines.append(error.suggestion == nil ? "  hint: \(remedy)" : "  \(remedy)") }
        // Only what `explain` can answer; an undocumented word stands in the sentence.
        if guide != nil, let code = error.code { lines.append("  more: explain \(Syntax.quoted(code))") }
        return lines.map(Self.fit)
    }

    /// An error for a program: `code` is Zoho's own, else the kind of error, and `place` where in which text it is.
    public func json(_ error: ZoshError, in source: SourceText?) -> String {
        let place: Value =
            if let source, let span = error.span {
                Self.place(source.place(of: span), of: source)
            } else if let name = source?.name {
                .row(["file": .string(Self.fit(name)), "line": .null, "column": .null, "text": .null])
            } else {
                .null
            }
        let remedy = error.remedy ?? error.code.flatMap(ErrorGuide.entry)?.remedy
        return Self.json(
            code: error.code ?? error.kind.rawValue, ExitStatus(error.kind), error.problem, error.details, place, remedy
        )
    }

    /// A failure without an error: rows that failed or were not found.
    /// - Parameter problem: what the status means where nothing else is known.
    public func json(_ status: ExitStatus, _ problem: String? = nil) -> String {
        Self.json(code: "\(status)", status, problem ?? HelpPage.meaning(of: status), [], .null, nil)
    }

    private static func json(
        code: String, _ status: ExitStatus, _ problem: String, _ details: [String], _ place: Value, _ remedy: String?
    ) -> String {
        JSONWriter.text(
            .row([
                "code": .string(code), "status": .integer(Int64(status.rawValue)), "problem": .string(fit(problem)),
                "details": .list(details.map { .string(fit($0)) }), "place": place, "remedy": Value(remedy.map(fit)),
            ]))
    }

    private static func place(_ place: SourceText.Place, of source: SourceText) -> Value {
        let marked = place.text.unicodeScalars.dropFirst(place.span.lower).prefix(place.span.upper - place.span.lower)
        return .row([
            "file": Value(source.name.map(fit)), "line": .integer(Int64(place.line)),
            "column": .integer(Int64(place.span.lower + 1)),
            "text": .string(fit(String(String.UnicodeScalarView(marked)))),
        ])
    }

    /// What was typed is quoted, and some things must not be said again.
    private static func fit(_ text: String) -> String { SecretShape.masked(text).brief(longest) }

    private func header(_ error: ZoshError, _ place: SourceText.Place, _ source: SourceText?) -> String {
        if let name = source?.name { return "\(name):\(place.line): \(error.problem)" }
        return place.line > 1 ? "zosh: line \(place.line): \(error.problem)" : "zosh: \(error.problem)"
    }

    /// The line and a caret under the place; of a long line the part around it.
    private func excerpt(_ place: SourceText.Place) -> [String] {
        let scalars = Array(place.text.unicodeScalars)
        func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])).neutralised }
        let start = place.span.lower > room * 4 / 5 ? place.span.lower - room * 2 / 5 : 0
        let end = min(scalars.count, start + room)
        let lower = min(place.span.lower, end)
        let upper = min(max(place.span.upper, lower), end)
        let before = (start > 0 ? "…" : "") + text(start..<lower)
        let line = before + text(lower..<end) + (end < scalars.count ? "…" : "")
        let caret =
            String(repeating: " ", count: DisplayWidth.of(before))
            + String(repeating: "^", count: max(1, DisplayWidth.of(text(lower..<upper))))
        return ["  " + line, "  " + caret]
    }
}

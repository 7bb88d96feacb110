internal import ZoshKit

/// A text that errors point into: a line somebody typed, or a file.
public struct SourceText: Sendable, Hashable {
    /// The file's path; nil for what was typed.
    public let name: String?
    public let text: String

    /// The number of the text's first line, when it is a piece of something longer.
    public let firstLine: Int

    public init(_ text: String, name: String? = nil, firstLine: Int = 1) {
        self.text = text
        self.name = name
        self.firstLine = firstLine
    }

    /// A line of the text, without its line break.
    struct Place: Sendable, Hashable {
        /// From 1.
        let line: Int
        let text: String
        /// The span inside the line, in scalars; a span over several lines is cut to the first.
        let span: Span
    }

    /// Where a span begins.
    func place(of span: Span) -> Place {
        let scalars = Array(text.unicodeScalars)
        let lower = min(span.lower, scalars.count)
        let start = scalars[..<lower].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let end = scalars[lower...].firstIndex(of: "\n") ?? scalars.count
        let number = scalars[..<start].count { $0 == "\n" } + firstLine
        return Place(
            line: number, text: String(String.UnicodeScalarView(scalars[start..<end])),
            span: Span(lower - start, max(lower, min(span.upper, end)) - start))
    }

    /// The line each place is in, from `firstLine`, in one pass over the text.
    /// - Parameter places: in ascending order.
    func lines(of places: [Int]) -> [Int] {
        var lines: [Int] = []
        var line = firstLine
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            while lines.count < places.count, places[lines.count] <= offset { lines.append(line) }
            if scalar == "\n" { line += 1 }
        }
        return lines + Array(repeating: line, count: places.count - lines.count)
    }

    /// The text of a span.
    func excerpt(_ span: Span) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(span.lower).prefix(span.upper - span.lower)))
    }
}

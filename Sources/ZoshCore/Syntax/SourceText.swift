internal import ZoshKit

/// A text that errors point into: a typed line, or a file.
public struct SourceText: Sendable, Hashable {
    /// The file's path; nil for what was typed.
    public let name: String?
    public let text: String

    /// The number of the text's first line, when it is a piece of something longer.
    public let firstLine: Int

    /// Where each line begins: a script asks for a place with every command it runs.
    private let starts: [Start]

    private struct Start: Hashable {
        /// In scalars, as spans count.
        let offset: Int
        let index: String.Index
    }

    public init(_ text: String, name: String? = nil, firstLine: Int = 1) {
        self.text = text
        self.name = name
        self.firstLine = firstLine
        let scalars = text.unicodeScalars
        var starts = [Start(offset: 0, index: scalars.startIndex)]
        var offset = 0
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            // CR alone ends lines in old files.
            let isBreak = scalar == "\n" || scalar == "\r" && (index == scalars.endIndex || scalars[index] != "\n")
            offset += 1
            if isBreak { starts.append(Start(offset: offset, index: index)) }
        }
        self.starts = starts
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
        let number = ordinal(of: span.lower)
        let start = starts[number]
        let rest = text.unicodeScalars[start.index...]
        let line = rest.prefix { $0 != "\n" && $0 != "\r" }
        let lower = min(max(span.lower - start.offset, 0), line.count)
        return Place(
            line: number + firstLine, text: String(line),
            span: Span(lower, max(lower, min(span.upper - start.offset, line.count))))
    }

    /// The number of the line a span begins in, from `firstLine`.
    func lineNumber(of span: Span) -> Int { ordinal(of: span.lower) + firstLine }

    /// The text of a span.
    func excerpt(_ span: Span) -> String {
        let start = starts[ordinal(of: span.lower)]
        return String(
            text.unicodeScalars[start.index...].dropFirst(span.lower - start.offset).prefix(span.upper - span.lower))
    }

    /// From 0: the last line that begins at or before the place.
    private func ordinal(of place: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle].offset <= place { low = middle } else { high = middle }
        }
        return low
    }
}

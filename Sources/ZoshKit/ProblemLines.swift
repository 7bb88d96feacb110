/// What is wrong with rows, a line each, in the order of their places: what an error that is made of several problems
/// keeps of them.
package struct ProblemLines: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        /// The line of a file or the number of a row, by which they are shown.
        package let place: Int
        /// `users.csv:3`, `row 3`; nil for what is said of no place.
        package let source: String?
        package let problem: String

        package var text: String { source.map { "\($0): \(problem)" } ?? problem }

        package init(place: Int, source: String?, problem: String) {
            self.place = place
            self.source = source
            self.problem = problem
        }
    }

    /// Lines kept; of more only their number is known.
    private static let most = 50

    package private(set) var lines: [Line] = []
    /// All of them, those that are not kept included.
    package private(set) var count = 0
    package private(set) var files: Set<String> = []
    /// What was said of a whole file or of no place.
    package private(set) var said: Set<String> = []

    package init() {}

    package mutating func add(_ line: Line, of file: String?) {
        count += 1
        if let file { files.insert(file) }
        insert(line)
    }

    /// What is said once, however often it is found.
    /// - Returns: whether it was new.
    @discardableResult
    package mutating func add(once line: Line, of file: String?) -> Bool {
        guard said.insert("\(file ?? "") \(line.problem)").inserted else { return false }
        add(line, of: file)
        return true
    }

    /// - Parameter connection: whose rows they are, where a line is to say it.
    package mutating func add(_ others: ProblemLines, of connection: String? = nil) {
        count += others.count
        files.formUnion(others.files)
        said.formUnion(others.said)
        for line in others.lines {
            insert(
                Line(
                    place: line.place, source: line.source,
                    problem: line.problem + (connection.map { " (\($0))" } ?? "")))
        }
    }

    /// The lines, and how many more there are.
    package var details: [String] {
        lines.map(\.text) + (count > lines.count ? ["… and \(count - lines.count) more"] : [])
    }

    private mutating func insert(_ line: Line) {
        guard lines.count < Self.most else { return }
        lines.insert(line, at: lines.lastIndex { $0.place <= line.place }.map { $0 + 1 } ?? 0)
    }
}

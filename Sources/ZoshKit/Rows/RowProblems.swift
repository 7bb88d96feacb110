/// What is wrong with rows, collected so that all of it is reported at once, each with its file and line.
package struct RowProblems: Sendable {
    /// With the line or row they are about, by which they are shown.
    private var lines: [(place: Int, text: String)] = []
    private var files: Set<String> = []
    /// What was said of a file's headings.
    private var said: Set<String> = []
    package private(set) var count = 0
    private var remedies: [String] = []

    /// Lines shown; more say no more.
    private static let most = 50

    package init() {}

    package var isEmpty: Bool { count == 0 }

    /// - Parameter number: of the row, from 1, where no file says its line.
    package mutating func add(_ problem: String, at origin: RowOrigin?, row number: Int, remedy: String? = nil) {
        count += 1
        if let origin { files.insert(origin.file) }
        if lines.count < Self.most {
            add(line: "\(origin?.description ?? "row \(number)"): \(problem)", at: origin?.line ?? number)
        }
        if let remedy, !remedies.contains(remedy) { remedies.append(remedy) }
    }

    /// Something about all rows of a file, once, at its headings.
    package mutating func add(file problem: String, at origin: RowOrigin?, remedy: String? = nil) {
        guard said.insert("\(origin?.file ?? "") \(problem)").inserted else { return }
        count += 1
        if let file = origin?.file { files.insert(file) }
        let place = origin.map { origin in origin.headingLine.map { "\(origin.file):\($0)" } ?? origin.description }
        if lines.count < Self.most { add(line: "\(place ?? "the rows"): \(problem)", at: 0) }
        if let remedy, !remedies.contains(remedy) { remedies.append(remedy) }
    }

    private mutating func add(line text: String, at place: Int) {
        lines.insert((place, text), at: lines.lastIndex { $0.place <= place }.map { $0 + 1 } ?? 0)
    }

    /// Those found by another look at the same rows.
    package mutating func add(_ others: RowProblems) {
        count += others.count
        files.formUnion(others.files)
        said.formUnion(others.said)
        for (place, text) in others.lines where lines.count < Self.most { add(line: text, at: place) }
        remedies += others.remedies.filter { !remedies.contains($0) }
    }

    /// What another look at rows of a connection ended in, whether or not it is about single rows.
    package mutating func add(_ error: ZoshError, of connection: String) {
        if let remedy = error.remedy, !remedies.contains(remedy) { remedies.append(remedy) }
        let details =
            error.details.isEmpty ? [error.problem.replacing("; nothing was changed", with: "")] : error.details
        for detail in details {
            if let more = detail.firstMatch(of: /^… and (\d+) more$/) {
                count += Int(more.1) ?? 0
                continue
            }
            count += 1
            let place = detail.prefixMatch(of: #/(.+?):(\d+): /#)
            if let place { files.insert(String(place.1)) } else { said.insert(detail) }
            guard lines.count < Self.most else { continue }
            add(line: "\(detail) (\(connection))", at: place.flatMap { Int($0.2) } ?? 0)
        }
    }

    /// - Parameters:
    ///   - summary: what several rows have in common, behind their number: "do not name a user".
    ///   - ending: what follows from it: "nothing was changed".
    package func error(_ kind: ZoshError.Kind, _ summary: String, ending: String?, at span: Span?, code: String? = nil)
        -> ZoshError
    {
        let ending = ending.map { "; \($0)" } ?? ""
        var error: ZoshError
        if count == 1 {
            error = ZoshError(kind, lines[0].text + ending, at: span, code: code)
        } else {
            let file = files.count == 1 ? files.first : nil
            let what =
                said.isEmpty
                ? "\(count) rows\(file.map { " of \($0)" } ?? "") \(summary)"
                : "\(count) problems in \(file ?? "the rows")"
            error = ZoshError(kind, what + ending, at: span, code: code)
            error.details = lines.map(\.text) + (count > lines.count ? ["… and \(count - lines.count) more"] : [])
        }
        error.remedy = remedies.isEmpty ? nil : remedies.prefix(3).joined(separator: "; ")
        return error
    }
}

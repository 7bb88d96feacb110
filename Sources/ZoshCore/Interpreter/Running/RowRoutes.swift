internal import ZoshKit

/// Where the rows of a write go: one part for each connection that their column names, in the order of the rows, and
/// what is wrong with the column.
struct RowRoutes {
    private(set) var parts: [(connection: ConnectionSummary, rows: [Row])] = []
    private(set) var problems = RowProblems()
    private var places: [String: Int] = [:]
    private var firstRows: [(row: Row, number: Int)] = []

    init(_ rows: [Row], among all: [ConnectionSummary]) throws(ZoshError) {
        var column = ConnectionColumn()
        for (index, row) in rows.enumerated() {
            guard let (name, rest) = try column.split(row), !name.isEmpty else {
                // A line of a table in which nothing stands says nothing.
                if row.values.allSatisfy({ $0.text.trimmedOfUnseen.isEmpty }) { continue }
                problems.add(
                    "no connection is given", at: row.origin, row: index + 1,
                    remedy: "every row names its connection: \(all.map(\.name).fewNames)")
                continue
            }
            if let place = places[name] {
                parts[place].rows.append(rest)
                continue
            }
            do {
                let found = try ConnectionSearch.named(name, among: all)
                places[name] = parts.count
                parts.append((found, [rest]))
                firstRows.append((row, index + 1))
            } catch {
                problems.add(error, at: row.origin, row: index + 1)
            }
        }
    }

    /// Finds the connections that may not be changed, and says so at the first row of each.
    mutating func check(_ may: (ConnectionSummary) throws -> Void) {
        for (part, first) in zip(parts, firstRows) {
            do { try may(part.connection) } catch {
                let error = ZoshError.placed(error, at: Span(0, 0))
                let count = part.rows.count
                problems.add(
                    error.problem + (count == 1 ? "" : " (\(count) rows)"), at: first.row.origin, row: first.number,
                    remedy: error.remedy)
            }
        }
    }
}

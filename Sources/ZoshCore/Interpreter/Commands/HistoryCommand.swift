internal import ZoshKit

/// `history`, `history 20`: earlier lines with the numbers `history run` and `history save` take.
struct HistoryCommand: CoreCommand {
    let signature = Signature("history", "Show earlier lines", facts: [.isBesideTheWork], effect: .local) {
        Argument("count", .integer(1...), .optional, "How many; 20 if left out")
    }

    let examples = [Example("history 50", "the latest fifty, oldest first")]

    let listing: any HistoryListing

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let lines = try await listing.recent(try call["count"] ?? 20)
        var columns = Columns(["number", "connection", "line"])
        // A line that is cut off cannot be recognised.
        columns.isReport = true
        return RowStream(
            columns,
            rows: lines.map {
                ["number": .integer(Int64($0.number)), "connection": Value($0.context), "line": .string($0.line)]
            })
    }
}

internal import ZoshKit

struct History: CoreCommand {
    let signature = Signature("history", "Show earlier lines", effect: .local) {
        Argument("count", .integer(1...), .optional, "How many; 20 if left out")
    }

    let listing: any HistoryListing

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let lines = try await listing.recent(try call["count"] ?? 20)
        return RowStream(Columns(["line"]), rows: lines.map { ["line": .string($0)] })
    }
}

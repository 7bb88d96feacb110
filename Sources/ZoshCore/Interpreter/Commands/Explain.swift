internal import ZoshKit

/// `explain CODE`: what an error code of Zoho means and what to do.
struct Explain: ProseCommand {
    let signature = Signature("explain", "Explain a Zoho error code", facts: [.isBesideTheWork], effect: .local) {
        Argument("code", .errorCode, .optional, "The code; all of them if left out")
    }

    let examples = [Example("explain OAUTH_SCOPE_MISMATCH", "what it means, and what to do")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let guides = try guide(call).map { [$0] } ?? ErrorGuide.all
        let rows: [Row] = guides.map { guide in
            [
                "code": .string(guide.code), "meaning": .string(guide.meaning), "remedy": .string(guide.remedy),
                "statuses": .list(guide.statuses.map { .integer(Int64($0)) }),
                "exit_status": .integer(Int64(ExitStatus(guide.kind).rawValue)), "source": .string(guide.source),
            ]
        }
        var columns = Columns(["code", "meaning", "remedy"])
        columns.isReport = true
        return RowStream(columns, rows: rows)
    }

    func wantsProse(_ call: Call, _ core: CoreContext) async -> Bool {
        let format = await core.format
        return call.isGiven("code") && (format == nil || format == .table)
    }

    func page(_ call: Call, _ core: CoreContext) async throws -> [String] {
        guard let guide = try guide(call) else { return [] }
        var lines = ["\(guide.code): \(guide.meaning)", "", "  try:         \(guide.remedy)"]
        if !guide.statuses.isEmpty {
            lines.append("  HTTP status: \(guide.statuses.map(String.init).joined(separator: ", "))")
        }
        lines.append("  exit status: \(ExitStatus(guide.kind).rawValue)")
        if !guide.aliases.isEmpty { lines.append("  also seen:   \(guide.aliases.joined(separator: ", "))") }
        lines.append("  source:      \(guide.source)")
        return lines
    }

    func check(_ call: Call) throws { _ = try guide(call) }

    private func guide(_ call: Call) throws -> ErrorGuide? {
        guard let code: String = try call["code"] else { return nil }
        guard let guide = ErrorGuide.entry(for: code) else {
            throw ZoshError(
                .notFound, "unknown error code '\(code)'", at: call.span(of: "code"),
                remedy: Suggestion.remedy(for: code, among: ErrorGuide.all.map(\.code)) ?? "explain")
        }
        return guide
    }
}

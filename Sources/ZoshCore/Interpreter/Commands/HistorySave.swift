internal import ZoshKit

/// `history save FILE 10-20`: earlier lines as a script.
struct HistorySave: CoreCommand {
    let signature = Signature(
        "history save", "Write earlier lines to a script", facts: [.isBesideTheWork], effect: .local
    ) {
        Argument("file", .file, "The script to write")
        Argument("lines", .string, "Which: 10-20, or one number")
        Flag("append", "Add to the file")
        Flag("force", "Replace a file that exists")
    }

    let examples = [Example("history save offboarding.zosh 10-20", "then: replay offboarding.zosh --check")]

    let listing: any HistoryListing

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let path: String = try call.require("file")
        let wanted = try Self.range(call)
        let lines = try await listing.lines(wanted)
        guard !lines.isEmpty else {
            throw ZoshError(.notFound, "there are no such lines", at: call.span(of: "lines"), remedy: "history")
        }
        let draft: FileDraft
        do {
            draft = try FileDraft(path, call.flag("append") ? .append : call.flag("force") ? .replace : .create)
        } catch let error as ZoshError { throw error.at(call.span(of: "file")) }
        do {
            try await draft.write(Array(lines.map { $0.line + "\n" }.joined().utf8))
            try await draft.commit()
        } catch {
            await draft.discard()
            throw error
        }
        let row: Row = ["file": .string(path), "lines": .integer(Int64(lines.count))]
        return RowStream(Columns(["file", "lines"]), rows: [row])
    }

    private static func range(_ call: Call) throws -> ClosedRange<Int> {
        let text: String = try call.require("lines")
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 1, first <= last
        else {
            throw ZoshError(
                .usage, "'\(text)' is not a range of lines", at: call.span(of: "lines"),
                remedy: "write one number, or two as in 10-20")
        }
        return first...last
    }
}

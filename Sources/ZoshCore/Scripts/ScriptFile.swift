internal import ZoshKit

/// Reads the file a script command was given.
enum ScriptFile {
    /// Files that run files that run files … end here.
    static let deepest = 16

    static func read(_ call: Call, _ core: CoreContext) async throws -> SourceText {
        let path: String = try call.require("file")
        guard core.runner.text.depth < deepest else {
            throw ZoshError(.usage, "files run one another too deeply here", at: call.span(of: "file"))
        }
        do {
            return SourceText(try await core.files.text(at: path), name: path == "-" ? "standard input" : path)
        } catch {
            throw ZoshError.placed(error, at: call.span(of: "file"))
        }
    }
}

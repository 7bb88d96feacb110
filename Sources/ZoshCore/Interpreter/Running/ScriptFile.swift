internal import ZoshKit

#if canImport(Glibc)
    internal import Glibc
#endif

/// Reads the file a script command was given.
enum ScriptFile {
    /// Files that run files that run files … end here.
    static let deepest = 16

    /// - Throws: also when the file is running already: nothing could end it, and each round may be two.
    static func read(_ call: Call, _ core: CoreContext) async throws -> SourceText {
        let path: String = try call.require("file")
        guard !core.runner.text.files.contains(wholePath(path)) else {
            throw ZoshError(
                .usage, "'\(path)' would run itself", at: call.span(of: "file"),
                remedy: "to run once for each row: … | each { … }")
        }
        guard core.runner.text.depth < deepest else {
            throw ZoshError(.usage, "too many nested runs", at: call.span(of: "file"))
        }
        do {
            return SourceText(
                LineBreaks.read(try await core.files.text(at: path)), name: path == "-" ? "standard input" : path)
        } catch {
            throw ZoshError.placed(error, at: call.span(of: "file"))
        }
    }

    /// The path a script is remembered by, wherever it is called from; the name itself when there is no such file.
    static func wholePath(_ name: String?) -> String {
        guard let name, let found = realpath(FilePath.resolved(name), nil) else { return name ?? "" }
        defer { free(found) }
        return String(cString: found)
    }
}

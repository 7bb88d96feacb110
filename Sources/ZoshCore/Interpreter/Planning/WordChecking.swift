internal import ZoshKit

/// A command that can tell more of its words than their types say, before anything of its text runs.
protocol WordChecking: CoreCommand {
    /// - Throws: `ZoshError` at a word that the command will refuse.
    func check(_ call: Call) throws
}

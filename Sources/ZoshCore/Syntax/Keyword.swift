/// Words that begin a statement of another form than a pipeline.
///
/// They are grammar, and what they do is not what a command of that name does: a text is parsed before any registry is
/// asked. The registry's commands `let` and `alias` are there for help, for completion and for `alias` alone.
enum Keyword: String {
    /// `let NAME = PIPELINE`.
    case keep = "let"
    /// `alias NAME = PIPELINE`.
    case abbreviate = "alias"
    /// `param NAME TYPE`.
    case declare = "param"

    /// Whether a pipeline stands behind `NAME =`.
    var bindsPipeline: Bool { self != .declare }
}

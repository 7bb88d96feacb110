/// What the line that made the rows means for how they are shown: what no stage knows and every sink needs.
///
/// For example the heading `users list` above its rows in a script of several commands.
public struct Showing: Sendable, Hashable {
    /// The pipeline as it was typed; nil in a script, whose lines were not typed just now.
    public var line: String?
    /// The pipeline whose rows these are, where a text shows more than one result; nil where nothing else is shown.
    public var heading: String?
    /// Whether pulling the rows makes the changes they report.
    public var changes = false
    /// Whether more of a script follows by itself: then nothing may wait for a key.
    public var isIntermediate = false

    public init() {}
}

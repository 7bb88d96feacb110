/// How much more of a stream its reader may want: what a source that asks ahead needs to know before it does.
///
/// For example `first 5` asks with `.onePage`, so that no page is read ahead.
public enum Demand: Sendable, Hashable {
    /// Every row there is: asking for the next pages ahead of time wastes nothing.
    case everything
    /// Perhaps no more than this page (`first 5`, a limit): a page asked for ahead of time may be a call for nothing.
    case onePage
}

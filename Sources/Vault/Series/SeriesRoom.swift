/// How much a series takes.
public struct SeriesRoom: Sendable, Equatable {
    /// Items, unfinished ones included.
    public let count: Int
    /// Bytes of headers and entries as they are stored.
    public let bytes: Int

    init(_ state: SeriesState) {
        count = state.count
        bytes = state.byteCount + state.body.count
    }
}

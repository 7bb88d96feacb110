/// One request the emulator has answered, with secrets left out.
///
/// Bodies and headers are never kept, and query values that can carry a secret are replaced, so a
/// test may print a record.
public struct RequestRecord: Sendable, Equatable {
    /// Code of the data centre that was asked.
    public let dataCentre: String
    public let route: Route
    public let method: String
    /// The path without the query.
    public let path: String
    /// The query in the order it came, decoded; secret values read "‹secret›".
    public let query: [QueryItem]
    /// The HTTP status of the reply, 0 when the connection was cut instead.
    public let status: Int

    /// A name and a value of a query.
    public struct QueryItem: Sendable, Equatable {
        public let name: String
        public let value: String
    }
}

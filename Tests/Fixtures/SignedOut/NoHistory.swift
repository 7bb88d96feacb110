public import ZoshCore

/// The history of a person who has typed nothing yet.
public struct NoHistory: HistoryListing {
    public init() {}

    public func recent(_ count: Int) async throws -> [EarlierLine] { [] }
    public func lines(_ numbers: ClosedRange<Int>) async throws -> [EarlierLine] { [] }
}

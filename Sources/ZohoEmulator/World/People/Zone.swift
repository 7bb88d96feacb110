/// A time zone as far as user records need one: a name, an offset, and whether summer moves it.
struct Zone: Sendable, Equatable {
    enum Summer: Sendable { case none, american, european }

    let name: String
    /// Seconds east of Greenwich in winter; the `offset` key of a user is this in milliseconds.
    let standard: Int
    let summer: Summer

    /// Seconds east of Greenwich at an instant. Summer runs by whole days, which is exact enough
    /// for a record's modification time.
    func offset(at seconds: Int) -> Int {
        guard summer != .none else { return standard }
        let today = Int((Double(seconds + standard) / 86_400).rounded(.down))
        let year = TimeText.day(today).year
        let bounds: (Int, Int)
        if summer == .american {
            bounds = (Self.sunday(onOrAfter: 8, month: 3, year), Self.sunday(onOrAfter: 1, month: 11, year))
        } else {
            bounds = (Self.sunday(onOrAfter: 25, month: 3, year), Self.sunday(onOrAfter: 25, month: 10, year))
        }
        return today >= bounds.0 && today < bounds.1 ? standard + 3600 : standard
    }

    private static func sunday(onOrAfter day: Int, month: Int, _ year: Int) -> Int {
        let start = TimeText.daysSince1970(.init(year: year, month: month, day: day))
        return start + (7 - (start + 4) % 7) % 7
    }
}

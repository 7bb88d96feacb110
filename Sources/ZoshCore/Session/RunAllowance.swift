internal import ZoshKit

/// What the flags of a process allow a run, kept with it: taken up again, it is allowed the same.
struct RunAllowance: Sendable {
    var atMost: Int?
    var administrators = false

    init(_ settings: Session.Settings) {
        atMost = settings.atMost
        administrators = settings.administrators
    }

    init(_ session: SessionSnapshot) {
        atMost = session.atMost
        administrators = session.administrators
    }

    /// Of a run that was written down.
    init(of header: Row) {
        atMost = header["at-most"]?.integer.flatMap { Int(exactly: $0) }
        administrators = header["administrators"]?.bool == true
    }

    /// Nothing besides what is allowed now.
    init() {}

    /// Writes it into the header of a run.
    func note(in header: inout Row) {
        header["at-most"] = atMost.map { .integer(Int64($0)) } ?? .null
        if administrators { header["administrators"] = true }
    }
}

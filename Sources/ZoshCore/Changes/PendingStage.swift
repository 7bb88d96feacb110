internal import ZoshKit

/// Settles what an earlier attempt may have sent before it died: done when Zoho shows the result.
///
/// A user who is not there is added again. Zoho refuses a second user with the same address (`DUPLICATE_DATA`, Insert
/// User documentation), so a first request that lands late costs a refused row and never a second person.
enum PendingStage {
    /// The clocks of two machines may differ by this much; seconds.
    static let skew: Int64 = 600

    static func settle(_ planned: inout [PlannedChange], _ session: SessionSnapshot, with writer: any ChangeWriter)
        async throws
    {
        let arrivals = try await arrivals(planned, writer)
        for index in planned.indices where planned[index].settled == nil {
            guard let since = planned[index].pendingSince else { continue }
            let current = planned[index].current
            switch planned[index].change.operation {
            case .updateUser(_, let fields):
                guard let current, FieldComparison.open(fields, in: current).isEmpty else { continue }
                planned[index].settled = ChangeReport(.done, message: "done before; Zoho shows the new values")
            case .deleteUser:
                guard current == nil || current?.string("status") == "deleted" else { continue }
                planned[index].settled = ChangeReport(.done, message: "done before; Zoho shows the user as deleted")
            case .createUser:
                guard case .newUser(let email) = planned[index].change.subject, let row = arrivals[email.lowercased()]
                else { continue }
                planned[index].settled = report(row, since, session)
            default: continue
            }
        }
    }

    private static func arrivals(_ planned: [PlannedChange], _ writer: any ChangeWriter) async throws -> [String: Row] {
        var emails: Set<String> = []
        var first: Int64?
        for one in planned where one.settled == nil {
            guard let since = one.pendingSince, case .newUser(let email) = one.change.subject else { continue }
            emails.insert(email.lowercased())
            first = min(first ?? since, since)
        }
        guard let first else { return [:] }
        return try await writer.users(withEmails: emails, changedSince: first - skew)
    }

    /// Somebody with the address is there. Ours when they came after the attempt and by our own hand, as far as Zoho
    /// tells either.
    private static func report(_ row: Row, _ since: Int64, _ session: SessionSnapshot) -> ChangeReport? {
        let creator = row["created_by.id" as FieldPath].string ?? row["created_by__s.id" as FieldPath].string
        let isOurs = creator == nil || creator == session.connection?.userID
        if let created = row.string("created_time").flatMap({ DateReader.system.instant(of: $0) }),
            created < since - skew
        {
            return nil
        }
        let id = row.string("id")
        return isOurs
            ? ChangeReport(.done, id: id, message: "done before; Zoho shows the new user")
            : ChangeReport(.unchanged, id: id, message: "added by someone else in the meantime")
    }
}

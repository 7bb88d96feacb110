public import ZoshKit

/// The plans of this machine: writes them, and reads back those that may be applied.
public actor PlanRegistry: PlanService {
    let files: any PlanFiles
    let signer: any PlanSigner
    let keys: any ApprovalKeys
    private let history: JobHistory
    /// What was opened here and how many others have signed it, by digest.
    private(set) var opened: [String: (changes: [Change], approvals: Int)] = [:]

    public init(
        in files: any PlanFiles, sealedBy signer: any PlanSigner, approvedWith keys: any ApprovalKeys,
        history: JobHistory
    ) {
        self.files = files
        self.signer = signer
        self.keys = keys
        self.history = history
    }

    /// Seconds since 1970.
    nonisolated var now: Int64 { history.now() }

    // MARK: Making

    /// Refuses what no plan can be made of, before anything is read.
    nonisolated func check(_ effects: [any Effect], _ session: SessionSnapshot, _ call: Call, at path: String) throws {
        guard effects.allSatisfy(\.reachesZoho), call.origin.plan == nil, let line = call.origin.line else {
            throw ZoshError(.usage, "only changes at Zoho can be planned", at: call.span)
        }
        guard !line.isInScript else {
            throw ZoshError(
                .usage, "a plan is made of a typed line, not of a line of a script", at: call.span,
                remedy: "show what the script would do: replay FILE --dry-run")
        }
        guard session.fixedConnection == nil else {
            throw ZoshError(
                .usage, "a plan is for one connection, and this is a line for several", at: call.span,
                remedy: "make one plan for each: zosh --connection NAME --plan FILE COMMAND")
        }
        do { try files.checkIsFree(path) } catch let error as ZoshError { throw error.at(call.span) }
    }

    nonisolated func word(for path: String) -> String { files.word(for: path).neutralised }

    func write(_ document: PlanDocument, to path: String) async throws {
        let digest = signer.digest(of: Array(document.body.utf8))
        let seals = PlanDocument.Seals(digest: digest, seal: try await signer.seal(digest))
        try await files.write(document.bytes(seals), to: path, replacing: false)
    }

    // MARK: Applying

    public func open(_ path: String, on connection: ConnectionSummary) async throws -> OpenedPlan {
        let name = path.neutralised
        let (document, seals) = try read(path)
        let header = document.header
        guard try await signer.isSeal(seals.seal, over: seals.digest) else {
            throw ZoshError(
                .refused, "the plan '\(name)' was edited, or made with another store or before 'vault rekey'",
                remedy: PlanDocument.remake)
        }
        try Self.check(header, isFor: connection, name)
        if let job = try await history.job(applying: seals.digest, madeAt: header.made) {
            throw JobHistory.applied(by: job)
        }
        try checkTime(of: header, name)
        guard header.policy == connection.approvals else {
            throw ZoshError(
                .refused,
                "the plan '\(name)' was made when '\(connection.name)' demanded \(header.policy) "
                    + "approval\(header.policy == 1 ? "" : "s"), and now it demands \(connection.approvals)",
                remedy: PlanDocument.remake)
        }
        let changes = document.rows.compactMap(\.change)
        let approvers = try await approvals(of: document, seals)
        opened[seals.digest] = (changes, approvers.count)
        return OpenedPlan(
            changes: changes, approvers: approvers, uncounted: seals.approvals.count - approvers.count,
            line: header.line, author: header.author, made: header.made,
            expires: header.expires, mark: PlanMark(digest: seals.digest, expires: header.expires),
            undoes: header.undoes)
    }

    /// A plan that is exactly what zosh writes; who made it is not known yet.
    func read(_ path: String) throws -> (document: PlanDocument, seals: PlanDocument.Seals) {
        let name = path.neutralised
        let bytes = try files.read(path, atMost: PlanDocument.mostBytes)
        let (document, seals) = try PlanDocument.read(bytes, named: name)
        guard signer.digest(of: Array(document.body.utf8)) == seals.digest else { throw PlanDocument.edited(name) }
        return (document, seals)
    }

    func checkTime(of header: PlanHeader, _ name: String) throws {
        guard header.made <= now + Self.clockSkew else {
            throw ZoshError(
                .refused, "the plan '\(name)' is dated in the future (\(Timestamp.rfc3339(header.made)))",
                remedy: "set the clock of this machine")
        }
        guard now < header.expires, header.expires - header.made <= PlanMark.lifetime else {
            throw ZoshError(
                .refused, "the plan '\(name)' expired at \(Timestamp.rfc3339(header.expires))",
                remedy: PlanDocument.remake)
        }
    }

    /// How much a clock may be put right between making and applying; seconds.
    static let clockSkew: Int64 = 300

    private static func check(
        _ header: PlanHeader, isFor connection: ConnectionSummary, _ name: String
    ) throws {
        let isSame =
            header.connection == connection.name && header.org == connection.orgID
            && header.dataCentre == connection.dataCentre && header.environment == connection.environment.rawValue
        guard isSame else {
            throw ZoshError(
                .refused,
                "the plan '\(name)' is for \(header.organisation) (\(header.connection), \(header.environment)), and "
                    + "this is \(connection.orgName) (\(connection.name), \(connection.environment.rawValue))"
                    .neutralised,
                remedy: "use the connection it was made for: connections list")
        }
        guard header.author.lowercased() == connection.email.lowercased() else {
            throw ZoshError(
                .refused,
                "the plan '\(name)' was made as \(header.author), and you are signed in as \(connection.email)"
                    .neutralised,
                remedy: PlanDocument.remake)
        }
    }
}

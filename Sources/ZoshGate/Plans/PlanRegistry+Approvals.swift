public import ZoshKit

/// Signs plans of others, and knows whose signatures count under one's own.
extension PlanRegistry {
    public func review(_ path: String) async throws -> ReviewedPlan {
        let (document, seals) = try read(path)
        let header = document.header
        try checkTime(of: header, path.neutralised)
        return ReviewedPlan(
            line: header.line, author: header.author, connection: header.connection,
            organisation: header.organisation, place: "\(header.environment), \(header.dataCentre)",
            made: header.made, expires: header.expires, policy: header.policy, digest: seals.digest,
            rows: document.rows.map(\.sentence), planned: document.rows.compactMap(\.change).count,
            isOwn: try await signer.isSeal(seals.seal, over: seals.digest))
    }

    /// The public key of this store and how it is sent to others, for a person with this e-mail address.
    public func ownKey(as email: String) async throws -> (approver: Approver, text: String) {
        let key = try await keys.own()
        let approver = Approver(
            name: "you", email: email.lowercased(), key: key, fingerprint: ApproverText.fingerprint(of: key, signer))
        return (approver, ApproverText.text(of: key, email: email, signer))
    }

    public func approvers() async throws -> [Approver] { try await keys.approvers() }

    public func approver(named name: String, key text: String) async throws -> Approver {
        let approver = try ApproverText.approver(named: name, text, signer)
        guard try await keys.own() != approver.key else {
            throw ZoshError(
                .refused, "that is the key of this store, and you cannot approve your own plans",
                remedy: "ask an approver for the key that 'approve keys list' shows them")
        }
        for other in try await keys.approvers() where other.name == name || other.key == approver.key {
            throw ZoshError(
                .refused, "there is an approver '\(other.name)' with \(other.name == name ? "that name" : "that key")",
                remedy: "approve keys remove \(other.name)")
        }
        return approver
    }

    /// Does what the gate has let through.
    /// - Returns: what is to be said of it.
    public func perform(_ change: PlanChange) async throws -> String? {
        switch change.operation {
        case .approve(let path, let digest): return try await approve(path, digest)
        case .addApprover(let approver):
            try await keys.keep(approver)
            return nil
        case .removeApprover(let name):
            guard try await keys.forget(name) else {
                throw ZoshError(.notFound, "there is no approver '\(name.neutralised)'", remedy: "approve keys list")
            }
            return nil
        }
    }

    private func approve(_ path: String, _ digest: String) async throws -> String {
        var (document, seals) = try read(path)
        let header = document.header
        guard seals.digest == digest else { throw PlanDocument.edited(path.neutralised) }
        try checkTime(of: header, path.neutralised)
        guard try await !signer.isSeal(seals.seal, over: seals.digest) else {
            throw ZoshError(
                .refused, "this store made the plan, and you cannot approve your own plans",
                remedy: "send the file to someone else, who runs: approve FILE")
        }
        let fingerprint = ApproverText.fingerprint(of: try await keys.own(), signer)
        guard !seals.approvals.contains(where: { $0.signer == fingerprint }) else {
            throw ZoshError(.refused, "you have approved this plan already")
        }
        guard seals.approvals.count < PlanDocument.mostApprovals else {
            throw ZoshError(.refused, "a plan holds at most \(PlanDocument.mostApprovals) approvals")
        }
        var approval = PlanApproval(by: fingerprint, at: now)
        approval.signature = try await keys.sign(approval.message(for: header, digest))
        seals.approvals.append(approval)
        try await files.write(document.bytes(seals), to: path, replacing: true)
        return "signed with key \(fingerprint); send the file back to \(header.author)".neutralised
    }

    /// Whose signatures under a plan count here: others than its author and this store, each once.
    func approvals(of document: PlanDocument, _ seals: PlanDocument.Seals) async throws -> [Approver] {
        guard !seals.approvals.isEmpty else { return [] }
        let (header, own) = (document.header, try await keys.own())
        let pinned = try await keys.approvers()
        var counted: [Approver] = []
        for approval in seals.approvals {
            guard let approver = pinned.first(where: { $0.fingerprint == approval.signer }), approver.key != own,
                approver.email.lowercased() != header.author.lowercased(),
                approval.at <= now + Self.clockSkew, approval.at < header.expires,
                !counted.contains(where: { $0.key == approver.key || $0.email == approver.email }),
                keys.isSignature(
                    approval.signature, of: approval.message(for: header, seals.digest), by: approver.key)
            else { continue }
            counted.append(approver)
        }
        return counted
    }

    /// How many others have signed the plan that these changes are, as it was opened here; 0 when they are anything
    /// else.
    func approvals(of mark: PlanMark?, for effects: [any Effect]) -> Int {
        guard let mark, let plan = opened[mark.digest] else { return 0 }
        let changes = Set(plan.changes)
        return effects.allSatisfy { ($0 as? Change).map(changes.contains) ?? false } ? plan.approvals : 0
    }
}

extension PlanRow {
    /// `planned: Ada Lovelace <ada@acme.example>: role: Manager → Product Manager`.
    var sentence: String {
        let row = row
        let text = row.string("change") ?? row.string("message") ?? row.string("action") ?? ""
        let doubt = row["change"] == nil ? nil : row.string("message")
        return (["\(outcome): \(row.string("subject") ?? ""): \(text)"] + [doubt].compactMap(\.self))
            .joined(separator: "; ").neutralised
    }
}

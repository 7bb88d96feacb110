/// A person whose approvals count here, by the key they sign with.
///
/// For example Ada, whose signature under a plan counts where the connection demands approvals.
public struct Approver: Sendable, Hashable {
    /// What this store calls them.
    public let name: String
    public let email: String
    /// Their public key, in hexadecimal digits.
    public let key: String
    /// What of the key is spoken aloud and compared: `1a2b 3c4d 5e6f 7081 92a3`.
    public let fingerprint: String

    package init(name: String, email: String, key: String, fingerprint: String) {
        self.name = name
        self.email = email
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// Changes plans and the keys of those who approve them; nothing changes at Zoho.
///
/// For example a signature under a plan.
public struct PlanChange: Effect, Hashable {
    public enum Operation: Sendable, Hashable {
        /// Sign a plan.
        /// - Parameter digest: of the plan that was shown.
        case approve(path: String, digest: String)
        case addApprover(Approver)
        case removeApprover(name: String)
    }

    public let operation: Operation
    public let shown: Row

    public init(_ operation: Operation, shown: Row = Row()) {
        self.operation = operation
        self.shown = shown
    }

    public var blast: BlastClass { .access }

    public var target: EffectTarget {
        switch operation {
        case .approve(let path, _): EffectTarget(noun: "plan", name: path)
        case .addApprover(let approver): EffectTarget(noun: "approver", name: approver.name)
        case .removeApprover(let name): EffectTarget(noun: "approver", name: name)
        }
    }

    public var action: String {
        switch operation {
        case .approve: "approve"
        case .addApprover: "add"
        case .removeApprover: "remove"
        }
    }

    public var label: String {
        switch operation {
        case .approve(let path, _): path
        case .addApprover(let approver): "\(approver.name) <\(approver.email)>, \(approver.fingerprint)"
        case .removeApprover(let name): name
        }
    }
}

public import ZoshKit

/// One change of what zosh itself stores: a connection, the sealed store, an OAuth client. It may hold secrets and is
/// never written down.
public struct LocalChange: Effect {
    public enum Subject: Sendable, Hashable {
        case connection(name: String)
        case store
        case client(name: String)
    }

    public enum Operation: Sendable {
        /// Redeem a consent and store the connection. Its blast is `.harmless`: the person has consented already, so
        /// the gate does not ask again.
        case signIn(SignInRequest)
        /// Forget a connection; `revoke` also ends its grant at Zoho.
        case signOut(connection: String, revoke: Bool)
        case renameConnection(from: String, to: String)
        case setConnection(name: String, key: String, value: String)
        case changeStore(StoreChange)
        /// Store an OAuth client, replacing the one of that name.
        case saveClient(ClientDraft)
        case forgetClient(name: String)
    }

    public let subject: Subject
    public let action: String
    public let operation: Operation
    public let shown: Row
    public let blast: BlastClass

    public init(
        _ subject: Subject, action: String, operation: Operation, shown: Row = Row(), blast: BlastClass
    ) {
        self.subject = subject
        self.action = action
        self.operation = operation
        self.shown = shown
        self.blast = blast
    }

    public var target: EffectTarget {
        switch subject {
        case .connection(let name): EffectTarget(noun: "connection", name: name)
        case .client(let name): EffectTarget(noun: "client", name: name)
        case .store: EffectTarget(noun: "store", name: "")
        }
    }

    public var label: String {
        switch subject {
        case .connection(let name), .client(let name): name
        case .store: "the store"
        }
    }
}

import Vault
import ZoshKit

/// The one sealed store of this process: opened when something stored is needed, never before.
///
/// It knows who can be asked for a key and in which order; what is in the store is the adapters' business.
/// Invariant: nothing is ever kept anywhere but sealed. Without a key there is a refusal that names the choices.
actor StoreKeeper {
    nonisolated let store: SealedStore
    /// The key that needs nobody: `ZOSH_KEY_FILE`, else `ZOSH_KEY_COMMAND`.
    private let unattended: KeySource?
    private let console: any Console
    private let canAsk: Bool
    private var opening: Task<Void, any Error>?
    /// After `vault lock`, only `vault unlock` opens the store again.
    private var isLockedByHand = false

    /// - Parameters:
    ///   - keyFile: `ZOSH_KEY_FILE`.
    ///   - keyCommand: `ZOSH_KEY_COMMAND`.
    ///   - canAsk: whether a person can be asked for the passphrase.
    init(directory: String, keyFile: String?, keyCommand: String?, console: any Console, canAsk: Bool) {
        store = SealedStore(at: directory)
        unattended = keyFile.map { .keyFile($0) } ?? keyCommand.map { .command($0) }
        self.console = console
        self.canAsk = canAsk
    }

    /// The store, unlocked; nil when there is none yet.
    func existing() async throws -> SealedStore? {
        try await mapped { guard try await self.store.isCreated else { return nil } 
            try await self.open()
            return self.store
        }
    }

    /// The store, unlocked, without asking anybody: what prompt and completion may use.
    func openedSilently() async -> SealedStore? {
        guard !isLockedByHand, (try? await store.isCreated) == true else { return nil }
        if await store.isUnlocked { return store }
        // A command may take its time or open a window of its own: only for somebody who needs the store.
        guard case .keyFile? = unattended else { return nil }
        return (try? await open()) == nil ? nil : store
    }

    /// The store, unlocked, created if need be.
    func forWriting() async throws -> SealedStore {
        if let store = try await existing() { return store }
        return try await mapped {
            let key = try await self.newKey()
            try await self.store.create(with: key)
            return self.store
        }
    }

    func unlock() async throws {
        isLockedByHand = false
        try await mapped {
            guard try await self.store.isCreated else { throw VaultError.notCreated(path: self.store.path) }
            try await self.open()
        }
    }

    func lock() async {
        isLockedByHand = true
        await store.lock()
    }

    /// Several commands of one line may need the store at once; the question is asked once.
    private func open() async throws {
        if await store.isUnlocked { return }
        guard !isLockedByHand else { throw VaultError.locked }
        if let opening { return try await opening.value }
        let task = Task {
            if let unattended { return try await store.unlock(with: unattended) }
            guard canAsk else { throw Self.noKey("the store is locked") }
            for attempt in 1...3 {
                let passphrase = try await console.askSecret("Passphrase: ")
                do { return try await store.unlock(with: .passphrase(passphrase)) } catch VaultError.wrongKey where attempt < 3 {
                    console.note("That is not the passphrase.")
                }
            }
        }
        opening = task
        defer { opening = nil }
        try await task.value
    }

    private func newKey() async throws -> KeySource {
        if let unattended { return unattended }
        guard canAsk else { throw Self.noKey("there is no store yet, and no key to make one with") }
        console.note("zosh keeps grants in a sealed store: \(store.path)\nChoose the passphrase that will open it. It cannot be recovered.")
        let first = try await console.askSecret("New passphrase: ")
        let second = try await console.askSecret("Again: ")
        guard !first.isEmpty, first.matches(second) else {
            throw ZoshError(.usage, first.isEmpty ? "an empty passphrase protects nothing" : "the two passphrases differ", remedy: "nothing was stored; try again")
        }
        return .passphrase(first)
    }

    private static func noKey(_ problem: String) -> ZoshError {
        ZoshError(
            .auth, problem,
            remedy: "set ZOSH_KEY_FILE to a key file (zosh vault keygen FILE makes one), or run zosh at a terminal to type a passphrase")
    }

    private func mapped<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let error as VaultError { throw ZoshError(error) }
    }
}

extension ZoshError {
    /// The store's own words, under the exit status they mean: 4 when a key is missing, 1 for everything else.
    init(_ error: VaultError) {
        let kind: Kind =
            switch error {
            case .notCreated, .locked, .wrongKey, .noSlot, .rekeyed, .keyFile, .keyCommand: .auth
            default: .local
            }
        self.init(kind, String(error.problem.trimmingSuffix { $0 == "." }), remedy: error.remedy)
    }
}

extension String {
    /// Without the characters at its end that match.
    fileprivate func trimmingSuffix(_ matches: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, matches(last) { rest.removeLast() }
        return rest
    }
}

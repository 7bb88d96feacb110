import Glibc
import Synchronization
import Vault
import ZoshKit

/// The one sealed store of this process: opened when something stored is needed, never before.
///
/// It knows who can be asked for a key and in which order; what is in the store is the adapters' business.
/// Invariant: nothing is ever kept anywhere but sealed. Without a key there is a refusal that names the choices.
actor StoreSession {
    nonisolated let store: SealedStore
    nonisolated let keys: KeyPrompts
    private var opening: Task<Void, any Error>?
    /// After `vault lock`, only a person opens the store again: at the next question, or with `vault unlock`.
    private var isLockedByHand = false
    /// After an idle lock what the login session keeps does not open the store here: a person must show to be back.
    private var isLockedByIdleness = false
    /// When the login session forgets the key, as far as this process knows.
    private var keptUntil: ContinuousClock.Instant?
    /// How long the store stays open without anything being done; nil for ever.
    private(set) var patience: Duration? = AutoLock.standard
    /// What else must be forgotten when the store is locked: tokens in memory, open connections.
    nonisolated let whenLocked = LockCallback()
    /// What must be written before a login spends anything that works once.
    nonisolated let beforeSignIn = SignInCallback()

    /// - Parameters:
    ///   - directory: where the store is or will be.
    ///   - refusal: why it must not be there.
    init(directory: String, refusal: ZoshError? = nil, keys: KeyPrompts) {
        store = SealedStore(at: directory, refusal: refusal.map { .placeRefused($0.problem, fix: $0.remedy) })
        self.keys = keys
    }

    /// Whether anything lies where the store is, without a look into it.
    nonisolated var isThere: Bool { access(store.path, F_OK) == 0 }

    /// The store, unlocked; nil when there is none yet.
    func existing() async throws -> SealedStore? {
        try await mapped {
            guard try await self.isCreated else { return nil }
            try await self.open()
            return self.store
        }
    }

    /// A store that another process has removed or replaced is locked by that: then what else is locked with it goes
    /// too.
    private var isCreated: Bool {
        get async throws {
            let wasUnlocked = await store.isUnlocked
            let isCreated = try await store.isCreated
            if wasUnlocked, await !store.isUnlocked { await whenLocked.run() }
            return isCreated
        }
    }

    /// Opens the store; false when it is damaged, so that only what is intact in it can be read.
    func opensWhole() async throws -> Bool {
        try await mapped {
            do {
                guard try await self.store.isCreated else { throw VaultError.notCreated(path: self.store.path) }
                try await self.open()
                try await self.store.read { _ in }
                return true
            } catch VaultError.damaged {
                return false
            }
        }
    }

    /// The store, unlocked, without asking: what prompt and completion may use.
    func openedSilently() async -> SealedStore? {
        // Without a store this costs no change of threads, in a script of many lines that need none.
        guard !isLockedByHand, isThere, (try? await isCreated) == true else { return nil }
        if (try? await store.isOpen()) == true { return store }
        // A key command may take its time or open its own window: it runs only for a line that needs the store.
        if case .keyFile? = keys.unattended { return (try? await open()) == nil ? nil : store }
        guard !isLockedByIdleness, (try? await store.unlockFromSession()) == true else { return nil }
        await recallPatience()
        return store
    }

    /// The store, unlocked, created if need be.
    func forWriting() async throws -> SealedStore {
        if let store = try await existing() { return store }
        return try await mapped {
            let key = try await self.keys.first(for: self.store)
            try await self.store.create(with: key, scrypt: self.keys.cost(of: key))
            self.isLockedByIdleness = false
            await self.keepForSession(key)
            return self.store
        }
    }

    /// - Parameter time: for how long later processes of this login session need no key; nil for the usual time.
    func unlock(keepingFor time: Duration?) async throws {
        isLockedByHand = false
        try await mapped {
            guard try await self.store.isCreated else { throw VaultError.notCreated(path: self.store.path) }
            try await self.open()
            guard let time else { return }
            if try await self.store.keepUnlocked(for: time) { return self.noteKept(for: time) }
            throw ZoshError(
                .local, "this system keeps no keys for a login session", remedy: "the store is open until zosh ends")
        }
    }

    /// Wipes the key, here and for the login session.
    func lock() async throws {
        isLockedByHand = true
        let result: Result<Void, any Error>
        do { result = .success(try await store.lockSession()) } catch { result = .failure(error) }
        await whenLocked.run()
        try await mapped { try result.get() }
    }

    /// Locks the store when it was not used for as long as the person allowed; the next command that needs it asks,
    /// although other processes of the login session may still open it.
    /// - Returns: whether it was open and is locked now.
    func lockIfIdle() async -> Bool {
        guard let patience, await store.isUnlocked, await store.lockIfIdle(for: patience) else { return false }
        isLockedByIdleness = true
        await whenLocked.run()
        return true
    }

    /// Wipes the key at the end of the process; the login session may stay unlocked.
    func close() async { await store.lock() }

    func setPatience(_ time: Duration?) async throws {
        guard let store = try await existing() else { throw ZoshError(VaultError.notCreated(path: self.store.path)) }
        let before = patience
        try await mapped {
            try await AutoLock.save(time, in: store)
            guard let time, self.isSooner(time, than: before) else { return }
            try await store.shortenSession(to: time)
            self.noteKept(for: time)
        }
        patience = time
    }

    /// Whether a key the login session keeps would outlive `time` from now. One that another process has kept was kept
    /// for as long as an idle store stays open.
    private func isSooner(_ time: Duration, than before: Duration?) -> Bool {
        if let keptUntil, keptUntil > .now { return .now + time < keptUntil }
        return time < before ?? AutoLock.longest
    }

    /// Opens the store with a key that was just presented.
    func open(with key: KeySource) async throws {
        try await store.unlock(with: key)
        isLockedByHand = false
        isLockedByIdleness = false
        await recallPatience()
    }

    /// Several commands of one line may need the store at once; the question is asked once. Another process may have
    /// rekeyed the store: then it is opened again, like a locked one.
    private func open() async throws {
        if try await store.isOpen() { return }
        // After a lock by hand the person is asked; a key that needs no person would make the lock a word.
        guard !isLockedByHand || keys.asksThePerson else { throw VaultError.locked }
        if let opening { return try await Self.wait(for: opening) }
        let task = Task {
            if keys.keyFile == nil, !isLockedByIdleness, !isLockedByHand, try await store.unlockFromSession() { return }
            let key = try await keys.open(store)
            isLockedByIdleness = false
            isLockedByHand = false
            await recallPatience()
            await keepForSession(key)
        }
        opening = task
        defer { opening = nil }
        try await Self.wait(for: task)
        await recallPatience()
    }

    /// An interrupted line must not wait for a key command that is still running.
    private static func wait(for opening: Task<Void, any Error>) async throws {
        try await withTaskCancellationHandler {
            try await opening.value
        } onCancel: {
            opening.cancel()
        }
    }

    private func recallPatience() async { patience = await AutoLock.saved(in: store) }

    /// Best effort: without a keyring the next process asks again.
    private func keepForSession(_ key: KeySource) async {
        if case .keyFile = key { return }
        let time = patience ?? AutoLock.longest
        if (try? await store.keepUnlocked(for: time)) == true { noteKept(for: time) }
    }

    private func noteKept(for time: Duration) { keptUntil = .now + time }
}

/// Something to run later, set once all it uses exists.
final class LockCallback: Sendable {
    private let body = Mutex<@Sendable () async -> Void>({})

    func set(_ new: @escaping @Sendable () async -> Void) { body.withLock { $0 = new } }

    func run() async { await body.withLock { $0 }() }
}

/// The same for what can fail, and then stops the login.
final class SignInCallback: Sendable {
    private let body = Mutex<@Sendable () async throws -> Void>({})

    func set(_ new: @escaping @Sendable () async throws -> Void) { body.withLock { $0 = new } }

    func run() async throws { try await body.withLock { $0 }() }
}

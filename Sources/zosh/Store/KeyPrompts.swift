import Vault
import ZoshKit
import ZoshTrust

/// Who can present a key to the store, and in which order they are asked: a key file, a key command, the person.
struct KeyPrompts: Sendable {
    /// `ZOSH_KEY_FILE`, or a service's credential.
    let keyFile: String?
    /// `ZOSH_KEY_COMMAND`: a program that prints the passphrase.
    let keyCommand: String?
    let console: any SecretPrompt
    /// Whether a person can be asked for the passphrase.
    let canAsk: Bool
    /// What guessing a new passphrase must cost; nil measures what this machine can bear.
    var scrypt: ScryptParameters?

    /// The key that needs no person.
    var unattended: KeySource? { keyFile.map { .keyFile($0) } ?? command }

    /// Whether only the person at the terminal can open the store.
    var asksThePerson: Bool { canAsk && unattended == nil }

    var command: KeySource? { keyCommand.map { .command($0) } }

    /// Opens the store and returns the key that did.
    func open(_ store: SealedStore) async throws -> KeySource {
        if let unattended {
            do {
                try await store.unlock(with: unattended)
                return unattended
            } catch let error as VaultError where canAsk && error.isAboutTheKey {
                // A person is here: the passphrase may still fit.
                console.note("Note: \(error.problem)")
            }
        }
        guard canAsk else { throw Self.cannotAsk("the store is locked") }
        guard try await store.hasPassphrase else { throw VaultError.noSlot(.passphrase) }
        for attempt in 1...3 {
            let key = KeySource.passphrase(try await console.askSecret("Passphrase: "))
            do {
                try await store.unlock(with: key)
                return key
            } catch VaultError.wrongKey where attempt < 3 {
                console.note("That is not the passphrase")
            }
        }
        throw VaultError.wrongKey
    }

    /// The key a new store is made with.
    func first(for store: SealedStore) async throws -> KeySource {
        if let unattended { return unattended }
        guard canAsk else { throw Self.cannotAsk("there is no store yet, and no key to create one with") }
        console.note(
            "zosh keeps grants in a sealed store: \(store.path)\nChoose the passphrase that will open it. It cannot "
                + "be recovered."
        )
        return .passphrase(try await newPassphrase())
    }

    /// A key for a store that may be locked, without opening it: what `vault verify` needs for a damaged one.
    func any() async throws -> KeySource {
        if let unattended { return unattended }
        guard canAsk else { throw Self.cannotAsk("the store is locked") }
        return .passphrase(try await console.askSecret("Passphrase: "))
    }

    /// Asked twice where a person types it blindly, and again when the two differ or it is short and not wanted after
    /// all: what has led here (a grant code that works once) cannot be asked for again.
    func newPassphrase(_ prompt: String = "New passphrase: ") async throws -> Secret {
        var attempt = 0
        while true {
            attempt += 1
            let first = try await console.askSecret(prompt)
            let problem: String
            if first.isEmpty {
                problem = "an empty passphrase protects nothing"
            } else if try await !isLongEnough(first) {
                problem = "nothing was set"
            } else {
                guard canAsk else { return first }
                if try await first.matches(console.askSecret("Again: ")) { return first }
                problem = "the passphrases do not match"
            }
            guard canAsk, attempt < 3 else { throw ZoshError(.usage, problem, remedy: "nothing was stored; try again") }
            console.note("\(problem.prefix(1).uppercased() + problem.dropFirst()), try again")
        }
    }

    /// Characters below which guessing a passphrase is a matter of patience.
    private static let shortest = 12

    /// Whether a passphrase is long enough, or wanted all the same; without a person the warning has to do.
    private func isLongEnough(_ passphrase: Secret) async throws -> Bool {
        let count = passphrase.withString(\.count)
        guard count < Self.shortest else { return true }
        let warning =
            "This passphrase has \(count) character\(count == 1 ? "" : "s"). Anyone with a copy of the file can guess "
            + "it; "
            + "\(Self.shortest) or more protect it."
        guard canAsk else {
            console.note("Warning: \(warning)")
            return true
        }
        return try await console.confirm(
            Confirmation(question: "Use this short passphrase anyway?", details: [warning]))
    }

    /// What guessing the key must cost; a key file cannot be guessed.
    func cost(of key: KeySource) throws -> ScryptParameters {
        if case .keyFile = key { return .standard }
        return try scrypt ?? .calibrated()
    }

    static func cannotAsk(_ problem: String) -> ZoshError {
        ZoshError(
            .auth, problem,
            remedy:
                "set ZOSH_KEY_FILE to a key file (`zosh vault keygen FILE` makes one) or ZOSH_KEY_COMMAND to a program "
                + "that prints the passphrase, or run zosh at a terminal to type it")
    }
}

extension SealedStore {
    /// Whether any slot opens with a passphrase, no matter who knows it.
    var hasPassphrase: Bool {
        get throws { try status()?.slots.contains { $0.scrypt != nil } ?? false }
    }
}

extension VaultError {
    /// Whether another key could help.
    fileprivate var isAboutTheKey: Bool {
        switch self {
        case .wrongKey, .noSlot, .keyFile, .keyCommand, .confineMissing: true
        default: false
        }
    }
}

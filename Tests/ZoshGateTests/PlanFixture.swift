import Synchronization
import Testing
import ZoshGate
import ZoshKit

/// Files in memory.
final class PlanFolder: PlanFiles {
    private let files = Mutex<[String: [UInt8]]>([:])

    func text(_ path: String) -> String { files.withLock { String(decoding: $0[path] ?? [], as: UTF8.self) } }
    func put(_ text: String, at path: String) { files.withLock { $0[path] = Array(text.utf8) } }

    func read(_ path: String, atMost most: Int) throws -> [UInt8] {
        guard let bytes = files.withLock({ $0[path] }) else { throw ZoshError(.notFound, "there is no file '\(path)'") }
        return bytes
    }

    func word(for path: String) -> String { path }

    func checkIsFree(_ path: String) throws {
        if files.withLock({ $0[path] != nil }) { throw ZoshError(.usage, "the file '\(path)' exists") }
    }

    func write(_ bytes: [UInt8], to path: String, replacing: Bool) async throws {
        files.withLock { $0[path] = bytes }
    }
}

/// A store's seal, played: everybody can work out a digest, only who has the key a seal.
struct PlayedSigner: PlanSigner {
    var key = "ours"

    func digest(of bytes: [UInt8]) -> String { Self.hash(bytes) }
    func seal(_ digest: String) async throws -> String { Self.hash(Array((key + digest).utf8)) }
    func isSeal(_ seal: String, over digest: String) async throws -> Bool { try await self.seal(digest) == seal }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8]) -> String {
        String(bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
    }
}

/// An organisation at which lines are run, planned and applied.
struct PlannedCompany {
    let world: Organisation
    let folder = PlanFolder()
    let shelf: Shelf
    var connection = Gate.acme
    var signer = PlayedSigner()
    var keys = PlayedKeys()
    var now: Int64 = 1_000_000
    var run = 0

    init(_ users: [Row], on shelf: Shelf = Shelf(), answers: [ChangeResult] = []) {
        world = Organisation(users, answers: answers)
        self.shelf = shelf
    }

    private var history: JobHistory { JobHistory(in: shelf) { [now] in now } }

    var registry: PlanRegistry { PlanRegistry(in: folder, sealedBy: signer, approvedWith: keys, history: history) }

    /// One line of several writes.
    /// - Parameter plan: the file a plan of it goes to; nil does it.
    @discardableResult
    mutating func line(
        _ writes: [[Change]], plan: String? = nil, mark: PlanMark? = nil,
        write: WriteOptions = WriteOptions(yes: true, administrators: true),
        console: Listener = Listener(), registry: PlanRegistry? = nil
    ) async throws -> [Row] {
        run += 1
        let line = LineTally("line \(run)")
        line.begin(unit: 0)
        let history = history
        let gate = ChangeGate(
            session: Gate.session { $0.connection = connection }, console: console, executor: world, history: history,
            plans: registry ?? self.registry, settle: {})
        var rows: [Row] = []
        do {
            for (number, changes) in writes.enumerated() {
                var options = write
                options.plan = plan
                var call = Gate.call(options)
                call.origin = Origin(line: line, step: Origin.Step(run: run, unit: 0, stage: number))
                call.origin.plan = mark
                rows += try await gate.apply(changes, for: call).collect()
            }
        } catch {
            _ = await line.end()
            throw error
        }
        for plan in line.takePlans() { _ = try await plan.lineEnded(after: .done) }
        _ = await line.end()
        return rows
    }

    /// Takes a line up again after its process has died.
    mutating func resume(run: Int, write: WriteOptions = WriteOptions(yes: true, administrators: true)) async throws
        -> [Row]
    {
        let history = JobHistory(in: await shelf.afterKill) { [now] in now }
        let step = try #require(try await history.steps(of: run, since: 0).first)
        let line = LineTally("line \(run)")
        line.begin(unit: 0)
        let gate = ChangeGate(
            session: Gate.session { $0.connection = connection }, console: Listener(), executor: world,
            history: history, plans: registry, settle: {})
        var call = Gate.call(write)
        call.origin = Origin(line: line, step: step.step)
        let rows = try await gate.apply(step.changes, for: call).collect()
        _ = await line.end()
        return rows
    }

    /// What `apply FILE` does.
    @discardableResult
    mutating func apply(_ path: String) async throws -> [Row] {
        let registry = registry
        let plan = try await registry.open(path, on: connection)
        return try await line([plan.changes], mark: plan.mark, registry: registry)
    }
}

/// The keys of one person's store, played.
final class PlayedKeys: ApprovalKeys {
    private let key: String
    private let known = Mutex<[Approver]>([])

    /// - Parameter letter: the key, 64 times.
    init(_ letter: Character = "a") { key = String(repeating: letter, count: 64) }

    func own() async throws -> String { key }

    func sign(_ message: [UInt8]) async throws -> String { Self.signature(message, key) }

    func isSignature(_ signature: String, of message: [UInt8], by key: String) -> Bool {
        signature == Self.signature(message, key)
    }

    private static func signature(_ message: [UInt8], _ key: String) -> String {
        PlayedSigner().digest(of: message + Array(key.utf8))
    }

    func approvers() async throws -> [Approver] { known.withLock { $0 } }
    func keep(_ approver: Approver) async throws { known.withLock { $0.append(approver) } }

    func forget(_ name: String) async throws -> Bool {
        known.withLock { known in
            defer { known.removeAll { $0.name == name } }
            return known.contains { $0.name == name }
        }
    }
}

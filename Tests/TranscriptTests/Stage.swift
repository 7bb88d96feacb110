import Foundation
import Synchronization
import Vault
import ZohoEmulator
import ZoshCore
import ZoshKit
import ZoshTesting

@testable import zosh

/// The shell as a transcript sees it: the real engine, the real client, a real store, an emulated Zoho; only the
/// terminal is played.
final class Stage: Sendable {
    let engine: Engine
    let emulator: Emulator
    private let home: URL
    private let output = Collected()
    private let errors: Collected
    private let answers: Answers

    /// - Parameter setup: `users`, `seed`, `world`, `width` (a terminal of so many columns), `login=no`, `interactive`,
    ///   `key=passphrase` (the person opens the store). `HOME` in a line or an answer is a folder of the session's own.
    init(_ setup: [String: String]) async throws {
        home = FileManager.default.temporaryDirectory.appending(path: "zosh-stage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        var configuration = EmulatorConfiguration()
        configuration.users = setup["users"].flatMap(Int.init) ?? 12
        configuration.seed = setup["seed"].flatMap(UInt64.init) ?? 7
        if let world = setup["world"] { configuration.world = Array(try Data(contentsOf: Stage.transcripts.appending(path: "worlds/\(world)"))) }
        emulator = try await Emulator.start(configuration)

        let keyFile = home.appending(path: "key").path
        try KeyFile.generate(at: keyFile)
        var settings = Settings()
        settings.clientID = emulator.announcement.client_id
        settings.clientSecret = Secret(copying: emulator.announcement.client_secret)
        settings.ownAccounts = emulator.announcement.accounts
        settings.ownAPI = emulator.announcement.api
        if setup["key"] != "passphrase" { settings.keyFile = keyFile }
        settings.home = home.appending(path: "home").path

        let interactive = setup["interactive"] != nil
        var session = Session.Settings()
        session.interactive = interactive
        let errors = Collected()
        self.errors = errors
        let narrator = Narrator(isTerminal: false, write: { errors.append(Array($0.utf8)) })
        answers = Answers(narrator: narrator, interactive: interactive)
        let width = setup["width"].flatMap(Int.init)
        engine = try Engine(
            Engine.Surroundings(
                settings: settings, session: session, narrator: narrator, console: answers, canAsk: interactive,
                output: output,
                target: { OutputTarget(isTerminal: width != nil, width: width ?? 80, colour: false, utf8: true) },
                dates: DateReader(now: { 1_790_000_000 }), scrypt: .least),
            places: Places(home: settings.home) { _ in nil })
        if setup["login"] != "no" {
            let typed = setup["key"] == "passphrase" ? ["correct horse", "correct horse"] : []
            _ = await play("auth login acme --self-client --yes", [emulator.announcement.grant_code] + typed)
        }
    }

    /// Runs one line and gives what a transcript expects of it.
    func play(_ line: String, _ given: [String]) async -> [String] {
        output.clear()
        errors.clear()
        answers.give(given)
        let line = line.replacing("HOME", with: home.path)
        let result = await engine.interpreter.run(line, interactive: answers.interactive, showing: engine.printer)
        return Transcript.lines(output: output.text, errors: errors.text, status: result.status.rawValue)
            .map { $0.replacing(home.path, with: "HOME") }
    }

    func close() async {
        // Nothing stays in the keyring of whoever runs the tests.
        try? await engine.keeper.lock()
        await engine.close()
        await emulator.stop()
        try? FileManager.default.removeItem(at: home)
    }

    static let transcripts = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Transcripts")
}

/// Bytes somebody wrote.
final class Collected: ByteSink {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    func clear() { bytes.withLock { $0 = [] } }
    func write(_ more: [UInt8]) async throws { append(more) }
}

/// The person, played: answers in order; whoever is asked more often than answers were given has given up.
final class Answers: Console {
    let interactive: Bool
    private let narrator: Narrator
    private let waiting = Mutex<[String]>([])

    init(narrator: Narrator, interactive: Bool) {
        self.narrator = narrator
        self.interactive = interactive
    }

    func give(_ answers: [String]) { waiting.withLock { $0 = answers } }

    func note(_ text: String) { narrator.say(text) }

    func ask(_ prompt: String) async throws -> String {
        let answer = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw ZoshError(.cancelled, "nobody answers '\(prompt)'") }
        return answer
    }

    func askSecret(_ prompt: String) async throws -> Secret { Secret(copying: try await ask(prompt)) }

    func confirm(_ question: Confirmation) async throws -> Bool {
        guard interactive else { return false }
        for line in question.details { narrator.say("  " + line.neutralised) }
        narrator.say(question.question)
        let answer = try await ask(question.question)
        return question.word.map { $0 == answer } ?? (answer == "y")
    }
}

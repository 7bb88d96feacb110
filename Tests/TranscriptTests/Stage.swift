import Foundation
import Synchronization
import Vault
import ZohoClient
import ZohoEmulator
import ZoshCore
import ZoshKit
import ZoshTesting
import ZoshTrust

@testable import zosh

/// The shell as a transcript sees it: the real engine, the real client, a real store, an emulated Zoho; only the
/// terminal is played.
final class Stage: Sendable {
    let engine: Engine
    let emulator: Emulator
    private let home: URL
    /// The files of Tests/Field, under a path whose length is the same wherever the tests are.
    private let files: String
    /// How far the machine's clock has moved since the session began; seconds.
    private let passed: Passed
    private let output = Collected()
    private let errors: Collected
    private let answers: Answers

    /// - Parameter setup: `users`, `seed`, `world`, `width` (a terminal of so many columns), `login=no`, `interactive`,
    ///   `key=passphrase` (the person opens the store), `orgs` (three organisations signed in as acme, globex and
    ///   initech; acme is the current one). `HOME` in a line is a folder of the session's own, `FILES` is
    ///   Tests/Field/files; for logins `dcs=us,eu` (data centres by their own codes), `home=eu` (where the account
    ///   lives), `client-dcs=us` (where the client is switched on), `client=none`, `browser=accept`, `device=accept`,
    ///   `ssh`, `dc=eu` (`ZOHO_DC`), `org-count` (of each data centre), `redirect=other` (none of Zoho's), `expired`
    ///   (access tokens dead), `faults` and `licences` (of the emulator), `fail=token:200:invalid_code;…`
    ///   (replies that Zoho gives next, in the order of each route).
    init(_ setup: [String: String]) async throws {
        home = Stage.temporary.appending(path: "zosh-stage-\(UUID().uuidString)")
        let passed = Passed()
        self.passed = passed
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let link = Stage.temporary.appending(path: "f-\(UUID().uuidString.prefix(8))")
        files = link.path
        try FileManager.default.createSymbolicLink(
            atPath: files, withDestinationPath: Stage.tests.appending(path: "Field/files").path)
        var configuration = EmulatorConfiguration()
        configuration.users = setup["users"].flatMap(Int.init) ?? 12
        configuration.licences = setup["licences"].flatMap(Int.init)
        configuration.seed = setup["seed"].flatMap(UInt64.init) ?? 7
        if let world = setup["world"] {
            configuration.world = Array(
                try Data(contentsOf: Stage.tests.appending(path: "Transcripts/worlds/\(world)")))
        }
        if let codes = setup["dcs"] { configuration.dataCentres = codes.split(separator: ",").map(String.init) }
        if let codes = setup["client-dcs"] {
            configuration.clientDataCentres = Set(codes.split(separator: ",").map(String.init))
        }
        configuration.accountDataCentre = setup["home"]
        if let faults = setup["faults"] { configuration.faults = faults }
        configuration.orgs = setup["org-count"].flatMap(Int.init) ?? (setup["orgs"] == nil ? 1 : 3)
        let redirect = "http://localhost:\(PlayedBrowser.freePort())/api/auth_callback"
        if setup["redirect"] != "other" { configuration.redirectURIs = [redirect] }
        let emulator = try await Emulator.start(configuration)
        self.emulator = emulator

        let keyFile = home.appending(path: "key").path
        try KeyFile.generate(at: keyFile)
        var settings = Settings()
        if setup["client"] != "none" {
            settings.clientID = emulator.announcement.client_id
            settings.clientSecret = Secret(copying: emulator.announcement.client_secret)
            settings.clientSource = "environment"
        }
        if setup["dcs"] == nil {
            settings.ownAccounts = emulator.announcement.accounts
            settings.ownAPI = emulator.announcement.api
        }
        settings.redirectURI = redirect
        settings.dataCentre = setup["dc"]
        if setup["key"] != "passphrase" { settings.keyFile = keyFile }
        settings.home = home.appending(path: "home").path

        let interactive = setup["interactive"] != nil
        var session = Session.Settings()
        session.interactive = interactive
        let errors = Collected()
        self.errors = errors
        let narrator = Narrator(isTerminal: false, write: { errors.append(Array($0.utf8)) })
        let decision = setup["browser"] ?? "accept"
        answers = Answers(narrator: narrator, interactive: interactive)
        let clock = StageClock(emulator) {
            if let device = setup["device"] { await emulator.settleDevices(allow: device == "accept") }
        }
        let person = BrowserEnvironment(hasDisplay: setup["ssh"] == nil, isRemote: setup["ssh"] != nil) { address in
            clock.isVisited(
                by: Task { _ = try? await PlayedBrowser().open(PlayedBrowser().decide(decision, at: address)) })
            return true
        }
        let width = setup["width"].flatMap(Int.init)
        engine = try Engine(
            Engine.Surroundings(
                settings: settings, session: session, narrator: narrator, console: answers, canAsk: interactive,
                output: output,
                target: { OutputTarget(isTerminal: width != nil, width: width ?? 80, colour: false, utf8: true) },
                dates: DateReader(now: { 1_790_000_000 + passed.seconds }, zones: .utcHere), scrypt: .least,
                clock: clock, machine: person,
                dataCentres: setup["dcs"] == nil
                    ? []
                    : emulator.announcement.data_centres.map {
                        // Nobody listens on port 1.
                        DataCentre(
                            code: $0.code, accounts: setup["accounts"] == "gone" ? "http://127.0.0.1:1" : $0.accounts,
                            api: $0.api)
                    }),
            places: Places(home: settings.home) { _ in nil })
        if setup["login"] != "no" {
            let typed = setup["key"] == "passphrase" ? ["correct horse", "correct horse"] : []
            _ = await play("auth login acme --self-client --yes", typed + [emulator.announcement.grant_code])
        }
        if setup["orgs"] != nil {
            for (org, name) in [(1, "globex"), (2, "initech")] {
                _ = await play("auth login \(name) --self-client --yes", [await emulator.issueGrantCode(org: org)])
            }
            _ = await play("use acme", [])
        }
        if setup["expired"] != nil { await emulator.expireAccessTokens() }
        for failure in setup["fail"]?.split(separator: ";") ?? [] { fail(failure) }
    }

    /// Lets Zoho give a reply next: `token:200:invalid_code`.
    private func fail(_ failure: Substring) {
        let parts = failure.split(separator: ":").map { String($0).removingPercentEncoding ?? "" }
        guard parts.count == 3, let route = Route(rawValue: parts[0]), let status = Int(parts[1]) else { return }
        emulator.script(status, Self.body(parts[2], of: route), for: route)
    }

    /// A failure as its route words it: a page, what accounts say, what the CRM says of a record or of a request.
    private static func body(_ text: String, of route: Route) -> String {
        guard !text.hasPrefix("<"), !text.hasPrefix("{") else { return text }
        let failure = #"{"code":"\#(text)","details":{},"message":"as documented","status":"error"}"#
        switch route {
        case .createUser, .updateUser, .deleteUser: return #"{"users":[\#(failure)]}"#
        case .startAuditExport: return #"{"audit_log_export":[\#(failure)]}"#
        case _ where text.utf8.first.map { (65...90).contains($0) } == true && !text.contains(" "): return failure
        default: return #"{"error":"\#(text)"}"#
        }
    }

    /// A file of the session's own folder, which lines call HOME.
    func path(_ name: String) -> String { home.appending(path: name).path }

    /// Runs one line and gives what a transcript expects of it; `:clock 3600` lets the machine's clock move instead.
    func play(_ line: String, _ given: [String]) async -> [String] {
        if line.hasPrefix(":clock ") {
            passed.add(Int64(line.dropFirst(7)) ?? 0)
            return []
        }
        if line.hasPrefix(":fail ") {
            fail(line.dropFirst(6))
            return []
        }
        // Somebody changes a user in the web page: `:web 4 city Rome`.
        if line.hasPrefix(":web ") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let position = Int(words[1]) else { return ["not a change: \(line)"] }
            await emulator.changeInWebPage(position, words[2], to: words[3], by: 0)
            return []
        }
        output.clear()
        errors.clear()
        answers.give(given)
        let line = line.replacing("HOME", with: home.path).replacing("FILES", with: files)
        let result = await engine.interpreter.run(line, interactive: answers.interactive, showing: engine.printer)
        return Transcript.lines(
            output: masked(output.text), errors: masked(errors.text), status: result.status.rawValue)
    }

    /// Runs lines as standard input gives them.
    func feed(_ text: String) async -> [String] {
        output.clear()
        errors.clear()
        let result = await engine.interpreter.run(lines: Lines(text), showing: engine.printer)
        return Transcript.lines(output: output.text, errors: errors.text, status: result.status.rawValue)
    }

    private final class Lines: LineReading {
        private let rest: Mutex<ArraySlice<Substring>>
        init(_ text: String) { rest = Mutex(text.split(separator: "\n")[...]) }
        func next() async throws -> String? { rest.withLock { $0.popFirst().map(String.init) } }
    }

    /// What differs from run to run, by name.
    private func masked(_ text: String) -> String {
        text.replacing(files, with: "FILES").replacing(home.path, with: "HOME")
            .replacing(/http:\/\/127\.0\.0\.1:\d+\/oauth\/v2\/auth\?\S+/, with: "ADDRESS")
            .replacing(/http:\/\/localhost:\d+\/api\/auth_callback/, with: "REDIRECT")
            .replacing(/approve: zosh-approver:\S+/, with: "approve: KEY")
            .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
            .replacing(/port \d+ of/, with: "port PORT of")
            // Waits are drawn by lot, so their number is as well.
            .replacing(
                /waiting \d+ s(\nZoho is rate-limiting us; waiting \d+ s)*/, with: "waiting N s"
            )
            .replacing(/\(\d+ ms/, with: "(N ms")
            .replacing(/trying again in [01]:\d\d/, with: "trying again in M:SS")
            .replacing(/\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME")
    }

    /// `GRANT` is a fresh code from the console, `GRANT 1` one of the second organisation; `ID` and `SECRET` are the
    /// client's.
    func meant(by answer: String) async -> String {
        switch answer {
        case "ID": return emulator.announcement.client_id
        case "SECRET": return emulator.announcement.client_secret
        case _ where answer.hasPrefix("GRANT"):
            let code = await emulator.issueGrantCode(
                org: Int(answer.dropFirst(6)) ?? 0, client: emulator.announcement.client_id)
            // As a web page's text comes along with what stands around it.
            return answer == "GRANT WITH BLANKS" ? " \t\(code)\u{A0} " : code
        default: return answer
        }
    }

    func close() async {
        // Nothing stays in the keyring of the user who runs the tests.
        try? await engine.storeSession.lock()
        await engine.close()
        await emulator.stop()
        try? FileManager.default.removeItem(at: home)
        try? FileManager.default.removeItem(atPath: files)
    }

    /// Not `TMPDIR`, whose length would be seen: in the width of a column, in what is marked below a line.
    private static let temporary = URL(filePath: "/tmp")

    static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}

/// Seconds by which a clock has moved.
final class Passed: Sendable {
    private let total = Mutex<Int64>(0)

    var seconds: Int64 { total.withLock { $0 } }
    func add(_ more: Int64) { total.withLock { $0 += more } }
}

/// Bytes somebody wrote.
final class Collected: ByteSink {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    func clear() { bytes.withLock { $0 = [] } }
    func write(_ more: [UInt8]) async throws { append(more) }
}

/// The person, played: answers in order; one who is asked more often than answers were given has given up.
final class Answers: SecretPrompt {
    let interactive: Bool
    private let narrator: Narrator
    private let waiting = Mutex<[String]>([])
    /// The last authorization address shown.
    private let address = Mutex("")

    init(narrator: Narrator, interactive: Bool) {
        self.narrator = narrator
        self.interactive = interactive
    }

    func give(_ answers: [String]) { waiting.withLock { $0 = answers } }

    func note(_ text: String) {
        if let shown = text.firstMatch(of: /http:\S+\/oauth\/v2\/auth\?\S+/) {
            address.withLock { $0 = String(shown.0) }
        }
        narrator.say(text)
    }

    func ask(_ prompt: String) async throws -> String {
        let answer = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw ZoshError(.cancelled, "nobody answers '\(prompt)'") }
        guard answer.hasPrefix("PASTE ") else { return answer }
        // What a browser elsewhere ended at.
        let shown = address.withLock { $0 }
        let end = try await PlayedBrowser().decide(answer.contains("reject") ? "reject" : "accept", at: shown)
        return answer.hasSuffix("foreign") ? end.replacing("state=", with: "state=x") : end
    }

    func askSecret(_ prompt: String) async throws -> Secret { Secret(copying: try await ask(prompt)) }

    func confirm(_ question: Confirmation) async throws -> Bool {
        guard interactive else { return false }
        for line in question.details { narrator.say("  " + line.neutralised) }
        // As at a terminal, where the word to be typed stands behind the question.
        narrator.say(question.question + (question.word.map { " Type \($0) to continue:" } ?? ""))
        let answer = try await ask(question.question)
        return try question.word.map { try question.isConfirmed(typing: answer, for: $0) } ?? (answer == "y")
    }
}

/// The machine's clock, except that nobody waits: sleeping lets time pass for us and for Zoho, and lets a person
/// with a device in hand decide.
final class StageClock: ClientClock {
    private let passed = Mutex(Duration.zero)
    private let system = SystemClock()
    private let emulator: Emulator
    private let decide: @Sendable () async -> Void
    private let visit = Mutex<Task<Void, Never>?>(nil)

    init(_ emulator: Emulator, decide: @escaping @Sendable () async -> Void) {
        self.emulator = emulator
        self.decide = decide
    }

    var now: Int64 { system.now + passed.withLock { $0 }.components.seconds }
    var uptime: Duration { system.uptime + passed.withLock { $0 } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        passed.withLock { $0 += duration }
        emulator.clock.advance(by: duration)
        await decide()
        // Time stands still while a browser is on its way.
        await visit.withLock({ $0 })?.value
        await Task.yield()
    }

    func isVisited(by task: Task<Void, Never>) { visit.withLock { $0 = task } }
}

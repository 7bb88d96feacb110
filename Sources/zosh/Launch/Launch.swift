import Glibc
import LineEditor
import ZohoClient
import ZohoEmulator
import ZoshCore
import ZoshGate
import ZoshKit
import ZoshTrust

/// One run of zosh: from parsed arguments to an exit status.
struct Launch: Sendable {
    let arguments: Arguments
    let running: RunningLine
    let post: SignalRouter

    /// - Returns: how the process is to end; a program that reads JSON has been given the reason.
    func run() async -> ExitStatus {
        let narrator = Narrator(colour: mayColour, isStopping: { [running] in running.isStopping })
        post.connect(narrator)
        let isShell = Work(arguments, inputIsTerminal: isatty(0) == 1) == .shell
        if arguments.format?.isJSON == true, !isShell { narrator.failures.want() }
        let status = post.status(await run(narrator))
        if !isShell { narrator.end(with: status) }
        return status
    }

    private func run(_ narrator: Narrator) async -> ExitStatus {
        do {
            let demo = arguments.demo ? try await Demo.start(arguments) : nil
            do {
                let status = try await run(demo, narrator)
                await demo?.end()
                return status
            } catch {
                await demo?.end()
                throw error
            }
        } catch let error as ZoshError {
            narrator.pause()
            narrator.say(narrator.errors.lines(error, in: nil).joined(separator: "\n"), isAlarm: true)
            narrator.failures.note(error, in: nil)
            return ExitStatus(error.kind)
        } catch {
            narrator.say("zosh: \(error)".neutralised)
            return .failed
        }
    }

    private func run(_ demo: Demo?, _ narrator: Narrator) async throws -> ExitStatus {
        let settings: Settings
        if let demo { settings = try demo.settings() } else { settings = Settings.load() }
        Hardening.eraseEnvironment()
        if let mistake = settings.fileMistake {
            narrator.say("Note: \(Settings.file) is not used: \(mistake.problem)".neutralised)
        }
        let places = Places(home: settings.home) { name in getenv(name).map { String(cString: $0) } }
        let work = Work(arguments, inputIsTerminal: isatty(0) == 1)
        // A shell keeps its history and obeys init.zosh.
        if work == .shell, let refusal = places.refusal { throw refusal }
        if arguments.plan != nil, !work.isOneLine { throw Work.planTakesOneLine }
        let terminal = self.terminal(for: work)
        if let terminal { post.connect(terminal, isShell: work == .shell) }
        let engine = try engine(settings, places, work, terminal, narrator)
        if demo != nil { try await signIn(demo, engine) }
        let status = await perform(work, engine, terminal, places, isDemo: demo != nil)
        await engine.close()
        return status
    }

    /// Questions go to standard error when standard output is not the person's.
    private func terminal(for work: Work) -> Terminal? {
        guard isatty(0) == 1 else { return nil }
        if work == .shell { return Terminal() }
        return isatty(2) == 1 ? Terminal(output: 2) : nil
    }

    private func engine(
        _ settings: Settings, _ places: Places, _ work: Work, _ terminal: Terminal?, _ narrator: Narrator
    ) throws -> Engine {
        let console = TerminalConsole(narrator: narrator, terminal: terminal, inputIsFree: work != .standardInput)
        var session = Session.Settings()
        session.format = arguments.format
        session.readOnly = arguments.readOnly
        session.dryRun = arguments.dryRun
        session.plan = arguments.plan
        session.yes = arguments.yes
        session.atMost = arguments.atMost
        session.administrators = arguments.administrators
        session.interactive = terminal != nil
        session.connectionIsFixed = arguments.connection != nil
        session.allowsExternal = arguments.allowExternal
        let outputIsTerminal = isatty(1) == 1
        let colour = outputIsTerminal && mayColour
        let utf8 = terminal?.isUTF8 ?? true
        let output = DescriptorSink(1) { narrator.makeRoom() }
        let network = NetworkSettings { name in getenv(name).map { String(cString: $0) } }
        return try Engine(
            Engine.Surroundings(
                settings: settings, session: session, connection: arguments.connection, trace: arguments.trace,
                narrator: narrator, console: console, canAsk: terminal != nil, output: output,
                target: { OutputTarget(isTerminal: outputIsTerminal, width: Width.of(1), colour: colour, utf8: utf8) },
                network: network,
                pager: work == .shell && !isDumb ? terminal.map { Pager(terminal: $0, running: running) } : nil),
            places: places)
    }

    private var isDumb: Bool { getenv("TERM").map { String(cString: $0) } == "dumb" }

    /// Whether a terminal may be given colours.
    private var mayColour: Bool { !arguments.noColor && (getenv("NO_COLOR").map { strlen($0) } ?? 0) == 0 && !isDumb }

    private func perform(_ work: Work, _ engine: Engine, _ terminal: Terminal?, _ places: Places, isDemo: Bool) async
        -> ExitStatus
    {
        switch work {
        case .shell:
            guard let terminal else { return .failed }
            let greeting =
                isDemo
                ? "An emulated Zoho; these users are not real.\nTry: tour   users list   users find a   help   (Tab "
                    + "completes, Ctrl-D leaves)"
                : !engine.storeSession.isThere
                    ? "You are not signed in yet.\nTry: auth setup   auth login   help   (zosh --demo plays on an "
                        + "emulated Zoho)"
                    : nil
            return await Shell(
                engine: engine, terminal: terminal, running: running, greeting: greeting, initFile: places.initFile
            ).run()
        case .line, .words, .script, .standardInput:
            let status = await running.run { _ in await perform(work, engine) }.status
            // The last line after a failure belongs to it.
            if status == .done, let left = await engine.unfinishedJobs() { engine.narrator.say(left) }
            return status
        }
    }

    /// What needs no terminal.
    private func perform(_ work: Work, _ engine: Engine) async -> ExitStatus {
        let (interpreter, printer) = (engine.interpreter, engine.printer)
        return switch work {
        case .shell: .done
        case .line(let text): await interpreter.run(text, showing: printer).status
        case .words(let words): await interpreter.run(words: words, showing: printer).status
        case .script(let path, let words):
            await interpreter.run(words: ["replay", path] + words, showing: printer).status
        case .standardInput: await interpreter.run(lines: StandardInput(), showing: printer).status
        }
    }

    /// The demo's login takes the same way a person's does.
    private func signIn(_ demo: Demo?, _ engine: Engine) async throws {
        guard let demo else { return }
        // It asks for what the code allows, so that nothing about scopes needs to be said.
        let wish = LoginOptions(name: "demo", scopes: Emulator.announcedScopes.map { Scope($0) })
        let code = LoginProof.code(
            Secret(copying: demo.emulator.announcement.grant_code), redirectURI: nil, verifier: nil)
        let request = SignInRequest(wish, way: .selfClient, client: nil, dataCentre: nil, proof: code)
        let change = LocalChange(
            .connection(name: "demo"), action: "sign in", operation: .signIn(request), blast: .harmless)
        // Through the gate like any change, but not under the flags meant for what the person does.
        let gate = ChangeGate(
            session: SessionSnapshot(yes: true), console: engine.console,
            executor: ShellChangeExecutor(
                writer: nil, zoho: NoConnection(error: NoConnection.notSignedIn), connections: engine.connectionAdmin,
                store: StoreAdmin(storeSession: engine.storeSession), jobs: engine.jobs))
        let row = try await gate.apply([change], for: Call(Signature("auth login", "", effect: .writesLocally)))
            .collect().first
        guard row?["outcome"]?.text == "done" else {
            throw ZoshError(.bug, "the emulated login failed: \(row?["message"]?.text ?? "no answer")")
        }
    }
}

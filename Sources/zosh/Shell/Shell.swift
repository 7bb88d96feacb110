import Glibc
import LineEditor
import ZoshCore
import ZoshKit

/// The interactive loop: read a line, run it, come back.
///
/// The prompt is drawn before store, network or plugins are touched; who we are fills in when it is known.
struct Shell: Sendable {
    let engine: Engine
    let terminal: Terminal
    let running: RunningLine
    let greeting: String?
    /// The person's own lines for every shell; scripts and single commands never see them.
    let initFile: String

    func run() async -> ExitStatus {
        let state = PromptState(isUTF8: terminal.isUTF8)
        let delegate = ShellDelegate(engine: engine, terminal: terminal, state: state)
        let history = engine.history
        let reader = EditorThread { [terminal] () -> any LineSource in
            if let editor = Editor(terminal: terminal, history: history, delegate: delegate) { return editor }
            return PlainReader(terminal: terminal, history: history, delegate: delegate)
        }
        if let mistake = TrustedFile.mistake(at: initFile, danger: "have it run anything") {
            for line in engine.narrator.errors.lines(mistake, in: nil) { engine.narrator.say(line) }
        } else if access(initFile, F_OK) == 0 {
            _ = await running.run { [engine, initFile] silence in
                let printer = engine.printer.silenced(by: silence)
                return await engine.interpreter.run(words: ["source", initFile], showing: printer).status
            }
        }
        engine.tour.attachToPrompt()
        if let greeting { engine.narrator.say(greeting) }
        let arrival = Task.detached { await PromptRefresher(engine: engine, terminal: terminal, state: state).look() }
        defer { arrival.cancel() }
        // A prompt that cannot be drawn again is drawn once it can say who we are.
        if !terminal.isEditable {
            // As a line that runs, so that waiting can be interrupted.
            _ = await running.run { _ in
                await arrival.value
                return .done
            }
        }
        while true {
            let idle = IdleWatch(storeSession: engine.storeSession, terminal: terminal, state: state).start()
            let next = await reader.next()
            // A lock that has begun is waited for: no line starts while keys are being wiped.
            idle.cancel()
            await idle.value
            switch next {
            case .line(let text):
                guard text.contains(where: { !$0.isWhitespace }) else { continue }
                if await run(text, state, after: arrival) { return .done }
            case .interrupted: continue
            case .endOfInput: return .done
            case .terminated(let signal): return ExitStatus(endedBy: signal)
            }
        }
    }

    /// - Parameter arrival: what must be known before the first line runs; waiting for it can be interrupted.
    /// - Returns: whether the person wants to leave.
    private func run(_ text: String, _ state: PromptState, after first: Task<Void, Never>) async -> Bool {
        let leaving = ExitRequest()
        let aliases = state.current.aliases
        engine.narrator.beginLine()
        let ending = await running.run { [engine] silence in
            await first.value
            // Kept before it runs: whatever ends the shell, the line is there to be looked at.
            try? await engine.history.flush()
            let printer = engine.printer.silenced(by: silence)
            let result = await engine.interpreter.run(text, interactive: true, showing: printer)
            if result.wantsExit { leaving.ask() }
            return result.status
        }
        // An abandoned line may still hold the store.
        if ending.unfinished == nil { await engine.note(text, aliases: aliases, failed: ending.status != .done) }
        engine.narrator.endLine()
        if ending.unfinished == nil,
            let news = await engine.tour.news(after: text, ending.status, engine.interpreter)
        {
            engine.narrator.say(news)
        }
        let arrival = PromptRefresher(engine: engine, terminal: terminal, state: state)
        if let line = ending.unfinished {
            state.show(status: ending.status)
            follow(line)
            // The line may hold what the look needs, and the prompt is promised at once.
            Task.detached { [terminal] in
                await arrival.refresh(ending.status, isNews: false)
                terminal.redrawPrompt()
            }
        } else {
            await arrival.refresh(ending.status)
        }
        return leaving.isAsked
    }

    /// Names what an abandoned line leaves uncertain, and reports how that ended once it has.
    private func follow(_ line: Task<ExitStatus, Never>) {
        guard let meter = engine.narrator.meter else { return }
        let uncertain = meter.abandon()
        engine.narrator.say(UncertainChanges.sentence(uncertain, unread: meter.reading.unread))
        Task.detached { [terminal] in
            _ = await line.value
            if let news = UncertainChanges.news(uncertain, meter) { terminal.post(news) }
        }
    }
}

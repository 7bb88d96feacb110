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
        if access(initFile, R_OK) == 0 {
            _ = await running.run { await engine.interpreter.run(words: ["source", initFile], showing: engine.printer).status }
        }
        if let greeting { engine.narrator.say(greeting) }
        let arrival = Task.detached { await Arrival(engine: engine, terminal: terminal, state: state).look() }
        defer { arrival.cancel() }
        while true {
            let idle = IdleWatch(keeper: engine.keeper, terminal: terminal, state: state).start()
            let next = await reader.next()
            // A lock that has begun is waited for: no line starts while keys are being wiped.
            idle.cancel()
            await idle.value
            switch next {
            case .line(let text):
                guard text.contains(where: { !$0.isWhitespace }) else { continue }
                await arrival.value
                if await run(text, state) { return .done }
            case .interrupted: continue
            case .endOfInput: return .done
            case .terminated: return .terminated
            }
        }
    }

    /// - Returns: whether the person wants to leave.
    private func run(_ text: String, _ state: PromptState) async -> Bool {
        let leaving = Leaving()
        let status = await running.run { [engine] in
            let result = await engine.interpreter.run(text, interactive: true, showing: engine.printer)
            if result.wantsExit { leaving.ask() }
            return result.status
        }
        engine.narrator.pause()
        if running.isAbandoned {
            engine.narrator.say("stopped waiting; a change in flight may still have happened: look before you repeat it")
        }
        await Arrival(engine: engine, terminal: terminal, state: state).refresh(failed: status > .done)
        return leaving.isAsked
    }
}

internal import Synchronization
public import ZoshKit

/// The tour of one session: which step it is at, and whether the line just typed has done it.
///
/// The shell asks after every line. A step is done by a line with the same commands and the same `--options` that ends
/// with 0 and has changed, or planned, what the step is about; what else it says is for the person to choose.
public final class Tour: Sendable {
    private struct State {
        /// The next step; the number of steps once all are done.
        var step = 0
        var isOn = false
        /// The line that is running has shown the step itself.
        var isShown = false
        var hasPrompt = false
        var round = 1

        var steps: [TourStep] { TourStep.all(inRound: round) }
    }

    private let state = Mutex(State())
    private let isOnDemo: Bool

    /// - Parameter isOnDemo: whether Zoho is the emulated one, where lines to try do no harm.
    public init(isOnDemo: Bool) { self.isOnDemo = isOnDemo }

    /// Notes that lines are typed at a prompt, where questions can be asked.
    public func attachToPrompt() { state.withLock { $0.hasPrompt = true } }

    /// Begins, or continues where it was left.
    func start(again: Bool) throws -> [String] {
        guard isOnDemo else {
            throw ZoshError(
                .usage, "the tour runs on the emulated Zoho, not on your organisation",
                remedy: "start zosh --demo, then type tour")
        }
        return try state.withLock { state in
            guard state.hasPrompt else {
                throw ZoshError(
                    .usage, "the tour needs a prompt to type at", remedy: "start zosh --demo, then type tour")
            }
            if again || state.step == state.steps.count {
                // What the round before has added is there.
                if state.step > 0 { state.round += 1 }
                state.step = 0
            }
            state.isOn = true
            state.isShown = true
            return Self.lines(of: state.step, state.steps)
        }
    }

    func stop() -> [String] {
        state.withLock { state in
            defer { state.isOn = false }
            return state.isOn
                ? ["Stopped before step \(state.step + 1); tour continues there"] : ["The tour is not running"]
        }
    }

    /// What to say after a line; nil when there is nothing.
    public func news(after text: String, _ status: ExitStatus, _ interpreter: Interpreter) async -> String? {
        let current = state.withLock { state -> (number: Int, step: TourStep)? in
            defer { state.isShown = false }
            return state.isOn && !state.isShown ? (state.step, state.steps[state.step]) : nil
        }
        guard let (step, wanted) = current else { return nil }
        guard await interpreter.runsTheSame(text, as: wanted.line) else {
            return "(tour, step \(step + 1): \(wanted.line); tour stop leaves)"
        }
        guard status == .done else {
            return "Not yet: the line ended with \(status.rawValue). Again:\n  \(wanted.line)"
        }
        if let outcome = wanted.outcome, !interpreter.lastRows.contains(where: { $0.string("outcome") == outcome }) {
            return "Not yet: nothing was \(outcome == "done" ? "changed" : "planned"). Again:\n  \(wanted.line)"
        }
        return state.withLock { state in
            state.step = step + 1
            guard state.step < state.steps.count else {
                state.isOn = false
                return TourStep.ending
            }
            return (["Done."] + Self.lines(of: state.step, state.steps)).joined(separator: "\n")
        }
    }

    private static func lines(of step: Int, _ steps: [TourStep]) -> [String] {
        ["Step \(step + 1) of \(steps.count). \(steps[step].why)", "  \(steps[step].line)"]
    }
}

extension Interpreter {
    /// What the line before has shown.
    fileprivate var lastRows: [Row] {
        if case .rows(let rows, _, _)? = session.variables[Syntax.lastRows] { rows } else { [] }
    }

    /// Whether two typed texts run the same commands with the same options; `--yes` only answers ahead.
    func runsTheSame(_ text: String, as other: String) async -> Bool {
        let (typed, wanted) = (await commands(in: text), await commands(in: other))
        return typed.paths == wanted.paths
            && (typed.options == wanted.options || typed.options == wanted.options.union(["--yes"]))
    }

    private func commands(in text: String) async -> (paths: [[String]], options: Set<String>) {
        let plan = await plan(
            Parser.parse(text), text, aliases: await session.aliases, variables: session.variables.names, prefixes: true
        )
        let options = text.split { $0.isWhitespace }.filter { $0.hasPrefix("--") }.map(String.init)
        return (plan.pipelines.flatMap(\.stages).compactMap { $0.signature?.path }, Set(options))
    }
}

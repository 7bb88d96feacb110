public import ZoshKit

/// The commands of the language itself: the one list of them.
public struct CoreModule: ShellModule {
    public let name = "language"
    public let summary = "Stages, scripts, settings and help"
    public let commands: [any Command]

    /// - Parameters:
    ///   - version: what `version` says.
    ///   - program: what man pages and completion scripts say of the program around the language; asked for when one is
    ///     made.
    ///   - tour: of this session.
    ///   - history: where `history` reads; without it there is no such command.
    ///   - keys: who understands `bind`; without it there is no such command.
    public init(
        version: String, program: (@Sendable () -> ProgramManual)? = nil, tour: Tour = Tour(isOnDemo: false),
        history: (any HistoryListing)? = nil,
        keys: (any KeyBinding)? = nil
    ) {
        let stages: [any Command] = [
            Where(), Select(), Sort(), Slice(.first), Slice(.last), Slice(.skip), Unique(), Group(), Join(), Count(),
            IDs(),
            Each(), Assert(), Expand(), OpenCommand(), SaveCommand(),
        ]
        let language: [any Command] = [
            LetCommand(), AliasCommand(), Source(), Replay(version: version), Requires(version: version), FanOut(),
            RecordStart(version: version), RecordStop(), SetCommand(),
            Help(program: program ?? { ProgramManual(version: version) }), Explain(), TourCommand(tour: tour),
            VersionCommand(version: version),
            Exit(),
        ]
        let earlier: [any Command] =
            history.map { [HistoryCommand(listing: $0), HistoryRun(listing: $0), HistorySave(listing: $0)] } ?? []
        let bind: [any Command] = keys.map { [BindCommand(keys: $0)] } ?? []
        commands = stages + language + earlier + bind
    }
}

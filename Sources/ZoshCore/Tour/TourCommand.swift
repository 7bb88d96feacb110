internal import ZoshKit

/// `tour`: a newcomer's first ten lines, each typed at the real prompt.
struct TourCommand: ProseCommand {
    let signature = Signature(
        "tour", "Learn zosh in ten steps that you type yourself, on the demo", facts: [.isBesideTheWork], effect: .local
    ) {
        Argument("action", .choice(Action.self), .optional, "stop leaves, restart begins again; tour goes on")
    }

    enum Action: String, CaseIterable {
        case stop, restart
    }

    let tour: Tour

    func page(_ call: Call, _ core: CoreContext) async throws -> [String] { try lines(call) }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        RowStream(Columns(["line"]), rows: try lines(call).map { ["line": .string($0)] })
    }

    private func lines(_ call: Call) throws -> [String] {
        let action: String? = try call["action"]
        switch action.flatMap(Action.init(rawValue:)) {
        case .stop: return tour.stop()
        case .restart: return try tour.start(again: true)
        case nil: return try tour.start(again: false)
        }
    }
}

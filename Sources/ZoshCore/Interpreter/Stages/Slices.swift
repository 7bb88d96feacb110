internal import ZoshKit

/// `first 5`, `last 5`, `skip 5`: rows by their place. `first` asks for no more pages than it needs.
struct Slice: CoreCommand {
    enum Part: String, Sendable, CaseIterable { case first, last, skip }

    let signature: Signature
    let examples: [Example]
    private let part: Part

    init(_ part: Part) {
        self.part = part
        let summary =
            switch part {
            case .first: "Keep the first rows"
            case .last: "Keep the last rows"
            case .skip: "Leave out the first rows"
            }
        signature = Signature(part.rawValue, summary, facts: [.keepsFields], input: .required, effect: .local) {
            Argument("count", .integer(0...), .optional, "How many; 1 if left out")
        }
        examples = [Example("users list | \(part.rawValue) 5")]
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let count = try call["count"] ?? 1
        switch part {
        case .first: return input.transformed { First(left: count) }
        case .last: return input.transformed { Last(limit: count) }
        case .skip: return input.transformed { Skip(left: count) }
        }
    }

    private struct First: RowTransform {
        var left: Int
        var isDone: Bool { left == 0 }
        func demand(for downstream: Demand) -> Demand { .onePage }

        mutating func apply(_ rows: [Row]) -> [Row] {
            let kept = rows.prefix(left)
            left -= kept.count
            return Array(kept)
        }
    }

    private struct Skip: RowTransform {
        var left: Int

        mutating func apply(_ rows: [Row]) -> [Row] {
            let dropped = min(left, rows.count)
            left -= dropped
            return Array(rows.dropFirst(dropped))
        }
    }

    private struct Last: RowTransform {
        let limit: Int
        var kept: [Row] = []
        func demand(for downstream: Demand) -> Demand { .everything }

        mutating func apply(_ rows: [Row]) -> [Row] {
            kept += rows.suffix(limit)
            // Trimmed by halves, so that each row is moved a bounded number of times.
            if kept.count / 2 > limit { kept.removeFirst(kept.count - limit) }
            return []
        }

        mutating func finish() -> [Row] {
            defer { kept = [] }
            return Array(kept.suffix(limit))
        }
    }
}

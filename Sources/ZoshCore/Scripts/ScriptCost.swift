internal import ZoshKit

/// What a line will ask of Zoho, as far as that can be known before it runs: API calls, by multiplying what is typed.
struct ScriptCost: CustomStringConvertible {
    /// Calls whatever the rows are.
    private var calls = 0
    /// Calls for every row that comes down the pipe, or for every hundred.
    private var perRow = 0
    private var perHundred = 0
    /// For each connection of a fan-out.
    private var isPerConnection = false

    /// - Parameter people: how many the kept directory knows; nil when it is empty.
    init(_ pipelines: [PlannedPipeline], people: Int?) {
        for pipeline in pipelines {
            for (index, stage) in pipeline.stages.enumerated() {
                add(stage, hasInput: index > 0, people, inBlock: false)
            }
        }
    }

    private mutating func add(_ stage: PlannedStage, hasInput: Bool, _ people: Int?, inBlock: Bool) {
        if stage.isFanOut { isPerConnection = true }
        for inner in stage.block?.statements.flatMap(\.ownPipelines) ?? [] {
            for (index, inside) in inner.stages.enumerated() {
                add(inside, hasInput: index > 0, people, inBlock: !stage.isFanOut)
            }
        }
        guard let signature = stage.signature else { return }
        let named = stage.given.count { $0.parameter.type.element == .user || $0.parameter.type.element == .userID }
        switch signature.effect {
        case .local, .writesLocally: return
        case .reads where inBlock: perRow += 1
        case .reads where signature.states(.isPaged):
            let isBounded = stage.given.contains { ["limit", "page"].contains($0.parameter.name) }
            calls += isBounded ? 1 : max(1, ((people ?? 1) + 199) / 200)
        case .reads where hasInput: perHundred += 1
        case .reads: calls += max(1, (named + 99) / 100)
        case .writes where inBlock: perRow += 2
        case .writes where hasInput || named == 0 && stage.fields.isEmpty:
            perRow += 1
            perHundred += 1
        case .writes:
            calls += max(1, named) + (named + 99) / 100
        }
    }

    /// `3`, `1 + 1 a row + 1 a 100 rows`.
    var description: String {
        var parts = calls > 0 ? [String(calls)] : []
        if perRow > 0 { parts.append("\(perRow) a row") }
        if perHundred > 0 { parts.append("\(perHundred) per 100 rows") }
        let text = parts.isEmpty ? "0" : parts.joined(separator: " + ")
        return isPerConnection ? "\(text), each connection" : text
    }
}

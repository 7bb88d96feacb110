internal import ZoshKit

/// What the stages behind one will change: nothing, or whom, and how many of them at most.
struct WriteAhead: Sendable {
    /// The first command that writes; nil when nothing does.
    var command: String?
    /// Whether the line says how many may change.
    private(set) var isLimited = false
    /// The fields that are set, in API names.
    private(set) var fields: Set<String> = []

    init(_ stages: some Sequence<PlannedStage>) {
        let names = Resource.users.fieldNames
        for stage in stages.flatMap(\.withInner) where stage.signature?.isWrite == true {
            command = command ?? stage.signature?.name
            if stage.given.contains(where: { $0.parameter.name == "at-most" }) { isLimited = true }
            for field in stage.fields {
                if case .field(let known) = names.meaning(of: field.name) {
                    fields.insert(known.name)
                } else {
                    fields.insert(field.name)
                }
            }
        }
    }
}

extension PlannedStage {
    /// The stage and those of its block.
    fileprivate var withInner: [PlannedStage] {
        [self] + (block?.statements.flatMap { $0.ownPipelines.flatMap { $0.stages.flatMap(\.withInner) } } ?? [])
    }
}

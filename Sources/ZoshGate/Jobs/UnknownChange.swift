internal import ZoshKit

/// A recorded change that this version cannot do: it is of a noun or a form that came later.
///
/// It holds its place among the rows of its job and can be shown; nothing does it or takes it back.
struct UnknownChange: Effect {
    static let reason = "this version of zosh does not know this change"

    /// As it was read, to be written again like that.
    let recorded: Row
    let target: EffectTarget
    let action: String
    let label: String
    let shown = Row()
    let blast = BlastClass.irreversible

    init(_ recorded: Row) {
        self.recorded = recorded
        let name = recorded.string("id") ?? recorded.string("new") ?? ""
        target = EffectTarget(noun: recorded.string("resource") ?? "", name: name)
        action = recorded.string("action") ?? recorded.string("verb") ?? ""
        label = recorded.string("name") ?? name
    }
}

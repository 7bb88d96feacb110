internal import ZoshKit

/// A field that a stage reads, and where it is written.
struct FieldUse: Sendable, Hashable {
    let path: FieldPath
    let span: Span
    /// Whether it holds a status of users, for which there are two words.
    let isStatus: Bool

    /// - Parameter originalPath: the field's name before `select … as` renamed it.
    init(_ path: FieldPath, at span: Span, originalPath: FieldPath? = nil) {
        self.path = path
        self.span = span
        isStatus = UserStatus.isStatus(path) || originalPath.map(UserStatus.isStatus) == true
    }

    init(_ value: BoundValue) { self.init(FieldPath(value.text), at: value.span) }
}

/// A stage that reads fields of the rows before the pipe.
protocol FieldStage: CoreCommand {
    /// The fields it reads when it is called so, in the order they are written.
    /// - Parameter condition: the condition after `where` and `assert`, its variables known.
    func fieldsRead(_ call: Call, _ condition: Condition?) throws -> [FieldUse]

    /// Names that mean something to the stage itself when the rows have no such field.
    var ownNames: Set<String> { get }
}

extension FieldStage {
    var ownNames: Set<String> { [] }
}

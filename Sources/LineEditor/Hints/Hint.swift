/// Dim text behind the cursor that is not part of the line.
public struct Hint: Equatable, Sendable {
    /// What is shown.
    public var text: String
    /// True when → or End puts the text into the line; false when it only explains what may follow.
    public var isInsertable: Bool

    public init(_ text: String, isInsertable: Bool) {
        self.text = text
        self.isInsertable = isInsertable
    }
}

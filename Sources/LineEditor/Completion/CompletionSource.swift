/// Where what Tab offers comes from, from memory and at once.
public protocol CompletionSource: AnyObject, Sendable {
    /// What Tab offers.
    /// - Parameter cursor: in Unicode scalars from the start of `text`.
    func completions(_ text: String, cursor: Int) -> Completions

    /// The same, when `filter` was typed into the menu: what a list too long to be whole left out may come in.
    func completions(_ text: String, cursor: Int, narrowedBy filter: String) -> Completions
}

extension CompletionSource {
    public func completions(_ text: String, cursor: Int, narrowedBy filter: String) -> Completions {
        completions(text, cursor: cursor)
    }
}

extension Sequence<String> {
    /// The first three, and how many more there are: `acme, globex, initech and 29 more`. For errors, which must stay
    /// readable however many names there are; the names are fit for a terminal.
    public var fewNames: String {
        let names = Array(self)
        let shown = names.prefix(3).map(\.neutralised).joined(separator: ", ")
        return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
    }
}

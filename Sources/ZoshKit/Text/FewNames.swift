extension Sequence<String> {
    /// The first three, and how many more there are: `acme, globex, initech and 29 more`. For errors, which must stay
    /// readable however many names there are; the names are fit for a terminal.
    public var fewNames: String { fewNames(3) }

    /// The first so many, and how many more there are.
    public func fewNames(_ most: Int) -> String {
        let names = Array(self)
        let shown = names.prefix(most).listedNames
        return names.count > most ? "\(shown) and \(names.count - most) more" : shown
    }

    /// All of them: `'Sales, EU', Support`. What would look like several names, or like none, stands in quotes.
    public var listedNames: String { map(\.neutralised.listedName).joined(separator: ", ") }
}

extension String {
    /// A comma between parentheses parts nothing.
    fileprivate var listedName: String {
        let outside = replacing(/\([^()]*\)/, with: "")
        let isPlain =
            !isEmpty && !outside.contains { ",;".contains($0) } && !outside.contains(" and ") && first != " "
            && last != " "
        return isPlain ? self : contains("'") ? "\"\(self)\"" : "'\(self)'"
    }
}

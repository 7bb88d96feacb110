extension SessionSnapshot {
    /// Checks that the current connection's login allows every one of these changes.
    /// - Throws: `ZoshError.auth`, which names the scopes that are missing.
    package func checkLogin(allows changes: [Change], at span: Span) throws(ZoshError) {
        let needed = Set(changes.compactMap { $0.resource.scopes[$0.verb] })
        try checkLogin(allows: needed.sorted { $0.name < $1.name }, at: span)
    }
}

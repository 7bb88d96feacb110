internal import ZoshKit

/// The few styles tables use, or none of them.
struct TableStyle {
    let colour: Bool

    // SGR 1 bold, 2 dim; 22 ends both. 31 red, 32 green, 33 yellow; 39 ends them.
    func bold(_ text: String) -> String { colour ? "\u{1B}[1m" + text + "\u{1B}[22m" : text }
    func dim(_ text: String) -> String { colour ? "\u{1B}[2m" + text + "\u{1B}[22m" : text }

    /// A state in the colour that says whether it needs attention; any other word as it is.
    func state(_ text: String) -> String {
        guard colour, let code = Self.code(text) else { return text }
        return "\u{1B}[\(code)m" + text + "\u{1B}[39m"
    }

    /// A cell that was cut has the colour of the only state it can be.
    private static func code(_ text: String) -> Int? {
        if let code = codes[text] { return code }
        guard text.count > 1, text.last == "…" else { return nil }
        let found = Set(codes.filter { $0.key.hasPrefix(text.dropLast()) }.values)
        return found.count == 1 ? found.first : nil
    }

    /// Whether the values of this column are states.
    static func holdsStates(_ name: String) -> Bool { ["status", "outcome", "state"].contains(name) }

    /// Whether a state says that nothing is left to do.
    static func isSettled(_ value: Value) -> Bool {
        ["active", "done", "ok", "connected", "planned", "unchanged"].contains(value.text)
    }

    private static let codes: [String: Int] = {
        var codes: [String: Int] = [:]
        for word in ["active", "done", "ok", "connected", "unlocked"] { codes[word] = 32 }
        for word in ["disabled", "disabled dormant", "inactive", "planned", "unchanged", "warning", "locked"] {
            codes[word] = 33
        }
        for word in ["deleted", "closed", "refused", "failed", "unverified", "not started", "error", "expired"] {
            codes[word] = 31
        }
        return codes
    }()
}

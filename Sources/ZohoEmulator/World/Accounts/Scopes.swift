/// A set of OAuth scopes, compared as Zoho compares them: without regard to letter case, `ALL`
/// covering every operation and a parent covering what is below it.
struct Scopes: Sendable, Equatable {
    /// As they were asked for.
    let names: [String]
    private let lowered: Set<String>

    init(_ names: [String]) {
        self.names = names
        lowered = Set(names.map { $0.lowercased() })
    }

    /// Reads a list parted by commas or blanks.
    init(list: String) {
        self.init(list.split { $0 == "," || $0 == " " }.map(String.init))
    }

    /// Whether a call that needs `service.area.OPERATION` (or a longer chain) is allowed.
    func cover(_ needed: String) -> Bool {
        var parts = needed.lowercased().split(separator: ".").map(String.init)
        guard let operation = parts.popLast() else { return true }
        while !parts.isEmpty {
            let area = parts.joined(separator: ".")
            if lowered.contains(area + "." + operation) || lowered.contains(area + ".all") { return true }
            if area.hasSuffix(".scope") { return false }
            parts.removeLast()
            if parts.count == 1 { return lowered.contains(parts[0] + ".scope.all") }
        }
        return false
    }

    /// The first name that no Zoho service could have, which fails a whole consent.
    var unknown: String? {
        names.first { name in
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            let operation = parts.last?.lowercased() ?? ""
            let service = parts.first?.lowercased() ?? ""
            return parts.count < 3 || parts.contains { $0.isEmpty }
                || !["zohocrm", "aaaserver", "zohofiles", "profile", "zohosearch"].contains(service)
                || !["all", "read", "create", "update", "delete", "write"].contains(operation)
        }
    }
}

internal import ZoshKit

/// What a script says about where it belongs: `requires zosh=0.1 connection=acme org=60001 dc=eu`.
struct ScriptHeader: Sendable, Hashable {
    /// The command it is written as.
    static let command = "requires"

    var version: String?
    var connection: String?
    var org: String?
    var dataCentre: String?
    var environment: String?
    var span: Span

    init(version: String?, _ connection: ConnectionSummary?) {
        self.version = version
        self.connection = connection?.name
        org = connection?.orgID
        dataCentre = connection?.dataCentre
        environment = connection?.environment.rawValue
        span = Span(0, 0)
    }

    init(_ stage: PlannedStage) throws(ZoshError) {
        span = stage.span
        for given in stage.given {
            guard case .value(let value) = given.source else {
                throw ZoshError(
                    .usage, "a script's header holds no variables", at: stage.span, remedy: "write the value itself")
            }
            set(given.parameter.name, value.text)
        }
    }

    init(_ call: Call) {
        span = call.span
        for parameter in call.signature.parameters {
            if let value = call.values(parameter.name).last { set(parameter.name, value.text) }
        }
    }

    private mutating func set(_ name: String, _ text: String) {
        switch name {
        case "zosh": version = text
        case "connection": connection = text
        case "org": org = text
        case "dc": dataCentre = text
        default: environment = text
        }
    }

    /// The line that says all this.
    var line: String {
        let parts = [
            ("zosh", version), ("connection", connection), ("org", org), ("dc", dataCentre),
            ("environment", environment),
        ]
        return ([Self.command] + parts.compactMap { name, value in value.map { "\(name)=\(Syntax.quoted($0))" } })
            .joined(
                separator: " ")
    }

    /// - Throws: `ZoshError.usage` when this zosh is older than the script needs.
    func check(version own: String) throws {
        guard let version else { return }
        /// Nil for what is not a version: an empty part (`.`, `1.`) must not count as a zero that everything satisfies.
        func numbers(_ text: String) -> [Int]? {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
                part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
            }
            return parts.contains(nil) ? nil : parts.compactMap(\.self)
        }
        guard let mine = numbers(own), let needed = numbers(version) else {
            throw ZoshError(.usage, "'\(version)' is not a version", at: span, remedy: "zosh=\(own)")
        }
        let padded = mine + Array(repeating: 0, count: max(0, needed.count - mine.count))
        if padded.lexicographicallyPrecedes(needed) {
            throw ZoshError(
                .usage, "the script needs zosh \(version), and this is \(own)", at: span, remedy: "install a newer zosh"
            )
        }
    }

    /// Whether the script says for which organisation it is.
    var namesAPlace: Bool { org != nil || dataCentre != nil || environment != nil || connection != nil }

    /// Whether both can be for the same organisation: what both state must be equal.
    func isOf(_ other: ScriptHeader) -> Bool {
        func agree(_ one: String?, _ two: String?) -> Bool { one == nil || two == nil || one == two }
        let isSame = org != nil && other.org != nil ? org == other.org : agree(connection, other.connection)
        return isSame && agree(dataCentre, other.dataCentre) && agree(environment, other.environment)
    }

    /// Whether a connection is the one meant. Where the organisation is stated it decides: the name of a
    /// connection is each user's own choice.
    func fits(_ summary: ConnectionSummary) -> Bool {
        if let org {
            guard org == summary.orgID else { return false }
        } else if let connection, connection != summary.name {
            return false
        }
        if let dataCentre, dataCentre != summary.dataCentre { return false }
        return environment.map { $0 == summary.environment.rawValue } ?? true
    }

    /// The stored connection the header means: the one of its name, else the only one of its organisation.
    func meant(among all: [ConnectionSummary]) -> ConnectionSummary? {
        let fitting = all.filter(fits)
        return fitting.first { $0.name == connection } ?? (fitting.count == 1 ? fitting[0] : nil)
    }

    /// What may be meant when the header names a connection that is not stored, and nothing else to know it by.
    func misspelling(among all: [ConnectionSummary]) -> String? {
        guard org == nil, let connection, !all.isEmpty, !all.contains(where: { $0.name == connection }) else {
            return nil
        }
        return ConnectionSearch.unknown(connection, among: all.map(\.name)).remedy
    }

    /// Where the script belongs, for a person.
    var place: String {
        var parts: [String] = []
        if let org {
            parts.append("organisation \(org)")
        } else if let connection {
            parts.append("connection '\(connection)'")
        }
        if let dataCentre { parts.append("data centre \(dataCentre)") }
        if let environment, environment != ZohoEnvironment.production.rawValue { parts.append(environment) }
        return parts.joined(separator: ", ")
    }
}

extension PlannedLine {
    /// The `requires` command, when the line is nothing else.
    var header: PlannedStage? {
        guard statements.count == 1, case .run(let pipeline) = statements[0].action, pipeline.stages.count == 1,
            pipeline.stages[0].isHeader
        else { return nil }
        return pipeline.stages[0]
    }

    /// A header is the first line and nothing else. Anywhere else work could come before it, or continue after it in
    /// the wrong organisation.
    func checkHeader(isFirst: Bool) throws(ZoshError) {
        var found: Span?
        visit { if $0.isHeader { found = found ?? $0.span } }
        guard let place = found else { return }
        guard header != nil else {
            throw ZoshError(
                .usage, "'requires' must be on a line by itself", at: place,
                remedy: "make it the first line, and nothing else")
        }
        guard isFirst else {
            throw ZoshError(
                .usage, "'requires' must be the first line and appear once", at: place,
                remedy: "make it the first line; one 'requires' can say all: requires zosh=0.1 connection=acme")
        }
    }
}

extension PlannedStage {
    fileprivate var isHeader: Bool { signature?.states(.heads) == true }
}

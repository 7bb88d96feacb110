public import ZoshKit

/// Finds the stored connection a word means, and words what to say when it means none.
public enum ConnectionSearch {
    /// The connection of exactly this name.
    /// - Throws: `ZoshError.notFound` with the nearest name, or a few of those there are.
    public static func named(_ name: String, among all: [ConnectionSummary], at place: Span? = nil) throws(ZoshError)
        -> ConnectionSummary
    {
        if let found = all.first(where: { $0.name == name }) { return found }
        throw unknown(name, among: all.map(\.name), at: place)
    }

    /// The connection a person means by its name, by its organisation's name, or by a part of either that fits no other
    /// one. The whole counts before the part, and a name before an organisation.
    /// - Throws: `ZoshError.notFound` when nothing fits, `.usage` when several do.
    public static func meant(by text: String, among all: [ConnectionSummary], at place: Span? = nil) throws(ZoshError)
        -> ConnectionSummary
    {
        if let found = all.first(where: { $0.name == text }) { return found }
        let wanted = folded(text)
        guard !wanted.isEmpty else { throw unknown(text, among: all.map(\.name), at: place) }
        let ways: [(ConnectionSummary) -> Bool] = [
            { folded($0.name) == wanted }, { folded($0.orgName) == wanted },
            { folded($0.name).contains(wanted) || folded($0.orgName).contains(wanted) },
        ]
        for fits in ways {
            let found = all.filter(fits)
            if found.count == 1 { return found[0] }
            guard found.isEmpty else {
                throw ZoshError(
                    .usage, "'\(text.neutralised)' fits \(found.count) connections: \(found.map(\.name).fewNames)",
                    at: place,
                    remedy: "use \(found[0].name), or another of them")
            }
        }
        throw unknown(text, among: all.map(\.name), at: place)
    }

    /// Nothing has this name.
    public static func unknown(_ name: String, among names: [String], at place: Span? = nil) -> ZoshError {
        let remedy =
            names.isEmpty
            ? "sign in: auth login"
            : Suggestion.remedy(for: name, among: names) ?? "there are: \(names.fewNames)"
        return ZoshError(.notFound, "there is no connection '\(name.neutralised)'", at: place, remedy: remedy)
    }

    /// Several are stored and the line does not say which one it means.
    public static func noneChosen(_ names: [String]) -> ZoshError {
        ZoshError(
            .usage, "\(names.count) connections are stored and none is chosen: \(names.fewNames)",
            remedy: "use NAME at the prompt; --connection NAME or ZOSH_CONNECTION elsewhere")
    }

    /// The name was given to another organisation after rows were read, or a line had begun, under it.
    static func isAnother(_ name: String, since: String = "these rows were read") -> ZoshError {
        ZoshError(
            .refused, "'\(name.neutralised)' now names a different organisation than when \(since)",
            remedy: "list them with: connections list; then choose the rows again")
    }

    private static func folded(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.lowercased()
    }
}

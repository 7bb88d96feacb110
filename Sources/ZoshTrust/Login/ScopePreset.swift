public import ZoshKit

/// Sets of scopes with a name, so that they need not be looked up to sign in.
///
/// Letter for letter as Zoho's documents write them: one unknown scope spoils the whole consent.
public enum ScopePreset: String, Sendable, CaseIterable {
    /// Looks, changes nothing.
    case readOnly = "read-only"
    /// What administering people needs, and no more: no records of modules, no audit log.
    case admin
    /// Everything about users, modules, settings and the organisation.
    case full

    public var scopes: [Scope] {
        switch self {
        case .readOnly:
            [
                "ZohoCRM.users.READ", "ZohoCRM.org.READ", "ZohoCRM.settings.roles.READ",
                "ZohoCRM.settings.profiles.READ",
                "ZohoCRM.settings.fields.READ", "ZohoCRM.settings.user_groups.READ",
                "ZohoCRM.settings.territories.READ",
            ]
        case .admin:
            [
                "ZohoCRM.users.ALL", "ZohoCRM.org.READ", "ZohoCRM.settings.roles.ALL", "ZohoCRM.settings.profiles.ALL",
                "ZohoCRM.settings.fields.READ", "ZohoCRM.settings.user_groups.ALL", "ZohoCRM.settings.territories.ALL",
            ]
        case .full:
            [
                "ZohoCRM.users.ALL", "ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.org.ALL",
                "AaaServer.profile.READ",
            ]
        }
    }

    /// The scopes meant by a preset's name or by a list parted by commas or blanks.
    /// - Throws: `ZoshError.usage` for a word that is neither; Zoho's own refusal comes late and names nothing.
    public static func scopes(of text: String) throws(ZoshError) -> [Scope] {
        if let preset = ScopePreset(rawValue: text) { return preset.scopes }
        let words = text.split { $0 == "," || $0 == " " }.map(String.init)
        guard !words.isEmpty else { throw unknown(text) }
        for word in words {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count >= 3,
                parts.allSatisfy({
                    !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
                })
            else { throw unknown(word) }
        }
        return words.map { Scope($0) }
    }

    private static func unknown(_ word: String) -> ZoshError {
        ZoshError(
            .usage, "'\(word.neutralised)' is neither a preset nor a scope",
            remedy:
                "use \(allCases.map(\.rawValue).joined(separator: ", ")), or scopes such as "
                + "ZohoCRM.users.READ,ZohoCRM.org.READ"
        )
    }
}

extension [Scope] {
    /// Both lists, without what is covered already.
    public func extended(by more: [Scope]) -> [Scope] {
        let added = missing(from: more)
        return filter { old in !added.contains { $0.covers(old) } } + added
    }
}

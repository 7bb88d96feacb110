/// What one of Zoho's error codes means and what to do about it: the text behind `explain CODE` and behind the remedy
/// of every error.
///
/// Zoho's messages change their spelling from version to version; the codes do not. So everything here hangs on the
/// code, and `kind` is the only thing that decides how zosh ends.
///
/// For example `ErrorGuide.entry(for: "LICENSE_LIMIT_EXCEEDED")?.remedy`.
public struct ErrorGuide: Sendable, Hashable {
    /// As Zoho writes it, its own misspellings included.
    public let code: String
    public let kind: ZoshError.Kind
    /// The HTTP statuses it was documented or seen with, the most usual first.
    public let statuses: [Int]
    /// A sentence with its period.
    public let meaning: String
    /// What to do next: a phrase without a period, to stand after "try:".
    public let remedy: String
    /// Where Zoho says so.
    public let source: String
    /// Other spellings of the same code.
    public let aliases: [String]

    init(
        _ code: String, _ kind: ZoshError.Kind, _ statuses: [Int], _ meaning: String, remedy: String, source: String,
        aliases: [String] = []
    ) {
        self.code = code
        self.kind = kind
        self.statuses = statuses
        self.meaning = meaning
        self.remedy = remedy
        self.source = source
        self.aliases = aliases
    }

    /// Every documented code: those of the CRM API first, those of long lists, then those of signing in.
    public static let all: [ErrorGuide] = crm + paging + login

    private static let byCode: [String: ErrorGuide] = {
        var table: [String: ErrorGuide] = [:]
        for guide in all {
            for name in [guide.code] + guide.aliases where table[name] == nil { table[name] = guide }
        }
        return table
    }()

    private static let byFoldedCode: [String: ErrorGuide] = Dictionary(
        all.flatMap { guide in ([guide.code] + guide.aliases).map { (folded($0), guide) } },
        uniquingKeysWith: { first, _ in first })

    /// The entry for a code. An exact spelling wins; else case, spaces, `_` and `-` are not minded.
    ///
    /// Exactness matters once: `access_denied` is a person who declined, `Access Denied` a throttle.
    public static func entry(for code: String) -> ErrorGuide? { byCode[code] ?? byFoldedCode[folded(code)] }

    private static func folded(_ code: String) -> String {
        String(code.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
    }
}

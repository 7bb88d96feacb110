/// What a heading of a file says of its column: the user's id, or an e-mail address of theirs.
///
/// Directories and HR systems have their own words; case, blanks, `_` and `-` make no difference.
///
/// For example `PersonHeading("Work E-mail")` is `.email`.
public enum PersonHeading: Sendable, Hashable {
    case id, email

    public init?(_ heading: String) {
        let folded = Self.folded(heading)
        if Self.ids.contains(folded) {
            self = .id
        } else if Self.emails.contains(folded) {
            self = .email
        } else {
            return nil
        }
    }

    /// A heading as it is compared: small letters and digits, without the `[Required]` of Google's templates.
    public static func folded(_ heading: String) -> String {
        var text = heading.trimmedOfUnseen.lowercased()
        if text.hasSuffix("[required]") { text.removeLast("[required]".count) }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    !$0.isUnseen && $0 != "_" && $0 != "-" && $0 != "*" && $0 != "\u{2010}" && $0 != "\u{2011}"
                }))
    }

    /// Whether a heading says that its column names another person than the user the row is about.
    public static func isAnother(_ heading: String) -> Bool {
        let folded = folded(heading)
        return folded.hasSuffix("by") || folded.hasSuffix("to") || others.contains { folded.contains($0) }
    }

    private static let others = [
        "manager", "supervisor", "boss", "superior", "lead", "requester", "requestor", "approver", "owner", "creator",
        "assignee", "delegate", "deputy", "substitute", "replacement", "successor", "backup", "assistant", "sponsor",
        "reporting", "createdby", "modifiedby", "vorgesetzt", "responsable",
    ]

    private static let ids: Set<String> = [
        "id", "userid", "crmuserid", "zohoid", "zohouserid", "zohocrmid", "zohocrmuserid",
    ]

    private static let emails: Set<String> = [
        "email", "emailid", "emailaddress", "mail", "mailaddress", "useremail", "useremailid", "useremailaddress",
        "workemail",
        "workemailaddress", "workmail", "emailwork", "businessemail", "businessemailaddress", "companyemail",
        "companyemailaddress",
        "corporateemail", "officeemail", "primaryemail", "primaryemailaddress", "loginemail", "zohoemail",
        "userprincipalname",
        "upn", "primarysmtpaddress", "smtpaddress", "emailadresse", "adresseemail", "courriel", "correoelectrónico",
        "correoelectronico",
    ]
}

/// Which of a row's two names counts when they may not agree: `--key`.
public enum PersonKey: String, Sendable, CaseIterable, CallConvertible {
    case id, email
}

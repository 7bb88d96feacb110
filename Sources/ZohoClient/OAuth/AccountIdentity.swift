internal import ZoshKit

/// What `/oauth/user/info` says about a person, by whichever names this data centre uses.
///
/// The names vary: every key is looked up in all its spellings, with and without underscores. Without an organisation
/// the person's ZUID stands for it (a single-user organisation), and the e-mail's domain for its name.
struct AccountIdentity: Sendable, Equatable {
    let zuid: String
    let email: String
    let orgID: String
    let orgName: String

    init?(_ body: Value) {
        guard let row = body.row, let zuid = Self.first(["ZUID", "zuid"], in: row) else { return nil }
        self.zuid = zuid
        email = Self.first(["Email", "email", "EMAIL"], in: row) ?? ""
        orgID = Self.first(["org_id", "orgid", "organization_id", "organizationid", "ZGID", "zgid"], in: row) ?? zuid
        let names = [
            "company_name", "companyname", "organization_name", "organizationname", "Company_Name", "CompanyName",
        ]
        orgName = Self.first(names, in: row) ?? Self.domain(of: email) ?? "organisation \(orgID)"
    }

    /// The domain of an e-mail; nil when there is none.
    static func domain(of email: String) -> String? {
        guard let at = email.lastIndex(of: "@") else { return nil }
        let domain = email[email.index(after: at)...]
        return domain.isEmpty ? nil : String(domain)
    }

    /// Ids come as numbers or strings.
    private static func first(_ keys: [String], in row: Row) -> String? {
        for key in keys {
            switch row[key] {
            case .string(let text)? where !text.isEmpty: return text
            case .integer(let number)?: return String(number)
            case .decimal(let text)?: return text
            default: continue
            }
        }
        return nil
    }
}

/// A change that Zoho's documentation says it refuses, so that it is refused before anything is sent and a dry run says
/// what the run would.
///
/// For example an update that alters `email` of a user who has confirmed theirs (`EMAIL_UPDATE_NOT_ALOWED`).
public struct KnownRefusal: Sendable, Hashable {
    /// Which changes are refused.
    public enum Trigger: Sendable, Hashable {
        /// Every update and every deletion.
        case any
        /// An update that sends one of these fields, whatever its value.
        case sending(Set<String>)
        /// An update that sets one of these fields to another value than it has.
        case altering(Set<String>)
        /// An update that sets this value.
        case setting(Resource.FieldTest)
        /// An update of other fields that does not set this value as well.
        case without(Resource.FieldTest)
        /// A new record or an update that sets two fields to the same value.
        case equating(String, String)
        /// An update that lets a record refer to itself in this field.
        case referringToItself(String)
        /// A new record or an update with an e-mail address of this domain.
        case addressing(domain: String)
    }

    /// Of which records.
    public enum Subject: Sendable, Hashable {
        case anyone
        case caller
        case others
        /// Those of which one of these holds.
        case those([Resource.FieldTest])
    }

    public let trigger: Trigger
    public let subject: Subject
    /// What Zoho calls the refusal.
    public let code: String
    /// What the row says; `{field}` stands for the fields that are refused, `{state}` for the value of the record
    /// that decides.
    public let message: String

    public init(_ trigger: Trigger, of subject: Subject, _ code: String, _ message: String) {
        self.trigger = trigger
        self.subject = subject
        self.code = code
        self.message = message
    }
}

extension Resource {
    /// What Zoho is known to refuse about users (tables of errors of Add User, Update User and Delete User, v8).
    static let refusalsOfUsers = [
        KnownRefusal(
            .any,
            of: .those([
                FieldTest("type__s", "support user"), FieldTest("type__s", "system user"),
                FieldTest("type__s", "digital employee"),
            ]), "NOT_ALLOWED", "Zoho allows no changes to a {state}"),
        // "No field of a deactivated user can be updated".
        KnownRefusal(
            .without(FieldTest("status", "active")),
            of: .those([FieldTest("status", "disabled"), FieldTest("status", "disabled dormant")]), "NOT_ALLOWED",
            "the user is {state}; activate them first"),
        KnownRefusal(
            .sending(["time_zone", "language", "name_format__s", "sort_order_preference__s"]), of: .others,
            "NOT_ALLOWED", "only the user themself can change {field}"),
        KnownRefusal(
            .altering(["email"]), of: .those([FieldTest("confirm", "true")]), "EMAIL_UPDATE_NOT_ALOWED",
            "the e-mail of a confirmed user cannot be changed"),
        KnownRefusal(
            .sending(["customize_info"]), of: .those([FieldTest("confirm", "false")]), "NOT_ALLOWED",
            "{field} can be set only for a confirmed user"),
        KnownRefusal(
            .setting(FieldTest("reinvite", "true")), of: .those([FieldTest("confirm", "true")]), "INVALID_REQUEST",
            "a confirmed user cannot be invited again"),
        KnownRefusal(.altering(["profile"]), of: .caller, "INVALID_REQUEST", "you cannot change your own {field}"),
        KnownRefusal(
            .equating("number_separator", "decimal_separator"), of: .anyone, "MAPPING_MISMATCH",
            "{field} must be different"),
        // Among what "bad Reporting_To" names: a hierarchy has no circles.
        KnownRefusal(
            .referringToItself("Reporting_To"), of: .anyone, "INVALID_DATA", "a user cannot report to themself"),
        KnownRefusal(
            .addressing(domain: "zoho.com"), of: .anyone, "INVALID_DATA", "Zoho takes no address at zoho.com"),
    ]
}

extension ErrorGuide {
    private static let getUsers = "Get Users (CRM API v2 documentation)"
    private static let kaizen51 = "Kaizen #51, Handling Users"
    private static let usersAPI = "Users API (CRM API v8 documentation)"
    private static let profilesAPI = "Profiles API (CRM API v8 documentation)"
    private static let rolesAPI = "Roles API (CRM API v8 documentation)"
    private static let transferAPI = "Transfer and Delete User (CRM API v8 documentation)"
    private static let gateway = "CRM API status codes"

    static let crm: [ErrorGuide] = [
        // Get Users, in the order of its documentation.
        ErrorGuide(
            "INVALID_URL_PATTERN", .notFound, [404], "There is nothing at this address of the API.",
            remedy: "check the path and the API version", source: getUsers),
        ErrorGuide(
            "OAUTH_SCOPE_MISMATCH", .auth, [401],
            "The login is alive but was not granted the scope this request needs.",
            remedy: "sign in again with a scope that covers it: auth login", source: getUsers),
        ErrorGuide(
            "NO_PERMISSION", .permission, [403], "Your profile or role does not include this right.",
            remedy: "ask a CRM administrator for the right; no retry helps", source: getUsers),
        ErrorGuide(
            "INTERNAL_ERROR", .network, [500], "Zoho's server failed in a way it did not expect.",
            remedy: "try again; if it keeps failing, contact Zoho support", source: getUsers,
            aliases: ["INTERNAL_SERVER_ERROR"]),
        ErrorGuide(
            "INVALID_REQUEST_METHOD", .refused, [400, 405], "This address does not take this HTTP method.",
            remedy: "check whether the path is read, added to, updated or deleted", source: getUsers),
        ErrorGuide(
            "AUTHORIZATION_FAILED", .permission, [400, 401, 403],
            "The person behind the login may not do this, or the organisation's trial has ended.",
            remedy: "ask a CRM administrator", source: getUsers),
        ErrorGuide(
            "PATTERN_NOT_MATCHED", .refused, [400],
            "A value does not have the form Zoho expects, for example the type of users.",
            remedy: "check the value named; users types are AllUsers, ActiveUsers, AdminUsers …", source: getUsers),
        // Changing users.
        ErrorGuide(
            "INVALID_DATA", .refused, [400, 200],
            "A value or an id is not valid. For ids Zoho says so even with HTTP 200.",
            remedy: "check the value or id named; users list shows ids", source: kaizen51),
        ErrorGuide(
            "DUPLICATE_DATA", .refused, [400, 200],
            "A record with this value already exists; for users, the value is the e-mail address.",
            remedy: "look the person up first: users lookup E-MAIL", source: kaizen51),
        ErrorGuide(
            "MANDATORY_NOT_FOUND", .refused, [400], "A field that must be given is missing.",
            remedy: "give the field named; a new user needs first_name, last_name, email, role and profile",
            source: kaizen51),
        ErrorGuide(
            "LICENSE_LIMIT_EXCEEDED", .refused, [400], "All paid licences of the organisation are in use.",
            remedy: "deactivate a user or buy licences: Setup > Users", source: kaizen51),
        ErrorGuide(
            "INVALID_REQUEST", .refused, [400],
            "The request is understood but not possible: the primary contact cannot be deactivated or deleted, you "
                + "cannot do this to yourself, a confirmed user cannot be invited again.",
            remedy: "for the primary contact, make another user the primary contact first", source: kaizen51),
        ErrorGuide(
            "ID_ALREADY_DELETED", .refused, [400], "This user is deleted already.",
            remedy: "nothing to do; users list type=DeletedUsers shows them", source: kaizen51),
        ErrorGuide(
            "INACTIVE_USER", .permission, [403],
            "The person behind this login is deactivated, so the API is closed to them.",
            remedy: "have an administrator activate them, or sign in as another user", source: kaizen51),
        ErrorGuide(
            "ID_ALREADY_ACTIVE", .refused, [400], "This user is active already.", remedy: "nothing to do",
            source: usersAPI),
        ErrorGuide(
            "ID_ALREADY_DEACTIVATED", .refused, [400], "This user is deactivated already.", remedy: "nothing to do",
            source: usersAPI),
        ErrorGuide(
            "CANNOT_UPDATE_DELETED_USER", .refused, [400, 200], "A deleted user cannot be changed.",
            remedy: "add them again with users add", source: usersAPI),
        ErrorGuide(
            "NOT_ALLOWED", .refused, [400, 403],
            "Zoho never allows this for this record: a support, system or deleted user, a system profile, a field "
                + "only the person may set (time zone, language), your own record.",
            remedy: "see which record or field is named", source: usersAPI),
        ErrorGuide(
            "NOT_SUPPORTED", .refused, [400], "This field cannot be set through the API.",
            remedy: "leave out the field named (created_by, Modified_By, type__s)", source: usersAPI),
        ErrorGuide(
            "EMAIL_UPDATE_NOT_ALOWED", .refused, [400],
            "The e-mail of a confirmed user cannot be changed. (Zoho spells the code so.)",
            remedy: "only the person can change it, in their Zoho account", source: usersAPI,
            aliases: ["EMAIL_UPDATE_NOT_ALLOWED"]),
        ErrorGuide(
            "FEATURE_NOT_ENABLED", .refused, [400],
            "The feature this field belongs to is switched off in the organisation.",
            remedy: "switch the feature on in Setup, or leave out the field named", source: usersAPI),
        ErrorGuide(
            "FEATURE_NOT_AVAILABLE", .refused, [400], "The organisation's edition does not include this feature.",
            remedy: "leave out the field named", source: usersAPI),
        ErrorGuide(
            "CONFLICTING_DATA_FOUND", .refused, [400], "The new role conflicts with the user's manager.",
            remedy: "change Reporting_To first", source: usersAPI),
        ErrorGuide(
            "MAPPING_MISMATCH", .refused, [400],
            "Two fields contradict each other, for example equal number and decimal separators.",
            remedy: "change one of the fields named", source: usersAPI),
        ErrorGuide(
            "DEPENDENT_MISMATCH", .refused, [400], "A field needs another one beside it.",
            remedy: "give both fields named",
            source: usersAPI),
        ErrorGuide(
            "DEPENDENT_PARAM_MISSING", .refused, [400], "A parameter needs another one beside it.",
            remedy: "give the parameter named as well", source: usersAPI),
        ErrorGuide(
            "UNAPPROVABLE", .refused, [400],
            "Users of this organisation are managed elsewhere: Zoho One, CRM Plus, or a sandbox.",
            remedy: "use the administration page of Zoho One or CRM Plus", source: usersAPI),
        ErrorGuide(
            "ALREADY_USED", .refused, [400], "The value is taken.", remedy: "choose another value for the field named",
            source: usersAPI),
        ErrorGuide(
            "PERMISSION_DENIED", .permission, [403],
            "Zoho refuses this for this record: a closed user, your own record, or an organisation whose deletions "
                + "are limited.",
            remedy: "do it in the CRM's own pages, or ask Zoho's support", source: usersAPI),
        ErrorGuide(
            "EXPECTED_FIELD_MISSING", .refused, [400], "One of several alternative fields must be given.",
            remedy: "give one of the fields named", source: transferAPI),
        ErrorGuide(
            "REQUIRED_PARAM_MISSING", .refused, [400], "A parameter that must be in the address is missing.",
            remedy: "give the parameter named", source: transferAPI, aliases: ["MANDATORY_PARAM_MISSING"]),
        ErrorGuide(
            "CONCURRENT_JOB_LIMIT_EXCEEDED", .rateLimited, [400], "Too many transfers are running in the organisation.",
            remedy: "wait until one has ended", source: transferAPI),
        // Roles, profiles, groups, audit log.
        ErrorGuide(
            "CANNOT_DELETE", .refused, [400], "This profile cannot be deleted.",
            remedy: "system profiles stay; others need transfer_to", source: profilesAPI),
        ErrorGuide(
            "UNABLE_TO_PARSE_DATA_TYPE", .refused, [400],
            "A value is not of the kind expected, for example text where an id belongs.",
            remedy: "check the parameter named", source: rolesAPI),
        ErrorGuide(
            "LIMIT_EXCEEDED", .refused, [400], "The limit for this kind of item is reached.",
            remedy: "wait until one has ended, or remove one",
            source: "Export Audit Log (CRM API v8 documentation)"),
        ErrorGuide(
            "ALREADY_SCHEDULED", .refused, [400], "The same job is waiting already.", remedy: "wait for it to end",
            source: "Export Audit Log (CRM API v8 documentation)"),
        // The gateway in front of every call.
        ErrorGuide(
            "INVALID_TOKEN", .auth, [401], "The access token is expired, revoked, or of another data centre.",
            remedy: "auth refresh; if that fails, auth login", source: gateway, aliases: ["INVALID_OAUTHTOKEN"]),
        ErrorGuide(
            "AUTHENTICATION_FAILURE", .auth, [401], "The request carried no login, or one Zoho could not read.",
            remedy: "auth login", source: gateway),
        ErrorGuide(
            "API_NOT_SUPPORTED", .refused, [400], "This call does not exist in this version of the API.",
            remedy: "use the version named: api-version=v8", source: gateway),
        ErrorGuide(
            "TOO_MANY_REQUESTS", .rateLimited, [429],
            "Too many calls: either too many at once, or the organisation's credits for 24 hours are spent.",
            remedy: "wait; api credits shows what is left of the day", source: "CRM API limits", aliases: ["429"]),
    ]
}

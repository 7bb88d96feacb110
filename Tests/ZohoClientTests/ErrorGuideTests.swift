import Testing
import ZoshKit

@Suite struct `The guide to Zoho's errors` {
    @Test func `has every code once, whole and in the house's style`() {
        var names: Set<String> = []
        for guide in ErrorGuide.all {
            for name in [guide.code] + guide.aliases { #expect(names.insert(name).inserted, "\(name) twice") }
            #expect(guide.meaning.hasSuffix(".") || guide.meaning.hasSuffix(")"), "\(guide.code)")
            #expect(!guide.remedy.isEmpty && !guide.remedy.hasSuffix("."), "\(guide.code)")
            #expect(!guide.statuses.isEmpty && !guide.source.isEmpty, "\(guide.code)")
        }
    }

    @Test(arguments: [
        "invalid_client", "invalid_client_secret", "invalid_redirect_uri", "invalid_code", "access_denied",
        "Access Denied",
        "INVALID_DATA", "CANNOT_UPDATE_DELETED_USER", "EMAIL_UPDATE_NOT_ALOWED", "EMAIL_UPDATE_NOT_ALLOWED",
        "UNAPPROVABLE",
        "INVALID_TOKEN", "AUTHENTICATION_FAILURE", "TOO_MANY_REQUESTS", "API_NOT_SUPPORTED", "REQUIRED_PARAM_MISSING",
        "CONCURRENT_JOB_LIMIT_EXCEEDED", "CANNOT_DELETE", "ALREADY_SCHEDULED", "INTERNAL_SERVER_ERROR",
        "DISCRETE_PAGINATION_LIMIT_EXCEEDED", "TOKEN_BOUND_DATA_MISMATCH", "EXPIRED_VALUE", "RECORD_MODIFIED",
    ])
    func `knows a documented code as written and in lower case`(code: String) {
        #expect(ErrorGuide.entry(for: code) != nil)
        #expect(ErrorGuide.entry(for: code.lowercased()) != nil)
    }

    @Test func `tells the declined consent from the throttle by their spelling`() {
        #expect(ErrorGuide.entry(for: "access_denied")?.kind == .declined)
        #expect(ErrorGuide.entry(for: "Access Denied")?.kind == .rateLimited)
    }

    @Test func `knows nothing of other codes`() { #expect(ErrorGuide.entry(for: "NEVER_SEEN") == nil) }
}

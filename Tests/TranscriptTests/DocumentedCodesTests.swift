import Foundation
import Testing
import ZoshKit

/// Each error that Zoho documents for what zosh asks of it has a transcript: a person has seen what it looks like.
@Suite("The codes of Zoho's error tables")
struct DocumentedCodesTests {
    /// Documented for calls that zosh does not make by itself (`api` makes any), by the table they stand in.
    private static let ofOtherCalls: Set<String> = [
        // Transfer and Delete User.
        "CONCURRENT_JOB_LIMIT_EXCEEDED",
        // Writing roles and profiles.
        "CANNOT_DELETE", "UNABLE_TO_PARSE_DATA_TYPE",
        // Records of modules, and the pages of their lists.
        "TOKEN_BOUND_DATA_MISMATCH", "EXPIRED_VALUE", "RECORD_MODIFIED", "AMBIGUITY_DURING_PROCESSING",
        "INVALID_MODULE",
        // Making a self-client's code in the console.
        "INVALID_OAUTHSCOPE",
    ]

    private static func transcripts() throws -> String {
        try TranscriptTests.files.map { file in
            try String(contentsOf: Stage.tests.appending(path: file), encoding: .utf8).split(separator: "\n")
                // What a session is set up with has not been shown to anybody.
                .filter { !$0.hasPrefix("//") }.joined(separator: "\n")
        }.joined()
    }

    @Test("Each has a transcript")
    func shown() throws {
        let text = try Self.transcripts()
        let missing = ErrorGuide.all.map(\.code).filter { !Self.ofOtherCalls.contains($0) && !text.contains($0) }
        #expect(missing.isEmpty, "no transcript shows \(missing.joined(separator: ", "))")
    }

    @Test("Those of other calls are in the table of codes")
    func known() {
        #expect(Self.ofOtherCalls.isSubset(of: ErrorGuide.all.map(\.code)))
    }
}

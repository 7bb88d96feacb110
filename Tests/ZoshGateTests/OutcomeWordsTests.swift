import Testing
import ZoshKit

@testable import ZoshGate

/// The words for what happened to a change, which conditions are checked against before anything has changed.
@Suite("Outcome words")
struct OutcomeWordsTests {
    @Test("every outcome a row can have may be compared with, and no other")
    func listed() { #expect(KnownFields.outcomes == ChangeReport.Outcome.allCases.map(\.rawValue)) }
}

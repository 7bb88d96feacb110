import Testing
import ZoshKit

@testable import ZoshCore

@Suite("Lines that are a step of the tour")
struct TourMatchTests {
    @Test(
        "A step is a line with its commands and its options, whatever else it says",
        arguments: [
            ("people", "users list", true), ("users list limit=3", "users list", true),
            ("users update 1 city=X --dry-run", "users update 2 city=Y --dry-run", true),
            ("users update 1 city=X", "users update 1 city=X --dry-run", false),
            ("users update 1 city=X --dry-run", "users update 1 city=X", false),
            ("users update 1 city=X --yes", "users update 1 city=X", true),
            ("users list | count", "users list", false), ("users list", "users list | count", false),
            ("user li", "users list", true), ("", "users list", false),
        ])
    func same(typed: String, wanted: String, isSame: Bool) async throws {
        #expect(try await Rig().interpreter().runsTheSame(typed, as: wanted) == isSame)
    }

    @Test("A tour without a prompt, or elsewhere than on the demo, does not begin")
    func begins() throws {
        let here = Tour(isOnDemo: true)
        #expect(throws: ZoshError.self) { try here.start(again: false) }
        here.attachToPrompt()
        #expect(try here.start(again: false).first?.hasPrefix("Step 1 of 10") == true)
        #expect(here.stop() == ["Stopped before step 1; tour continues there"])
        #expect(here.stop() == ["The tour is not running"])
        let elsewhere = Tour(isOnDemo: false)
        elsewhere.attachToPrompt()
        #expect(throws: ZoshError.self) { try elsewhere.start(again: true) }
    }
}

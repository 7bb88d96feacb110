import Testing
import ZoshKit

/// What an error says is a text for people; what zosh goes by are facts beside it.
@Suite("Errors")
struct ErrorTests {
    @Test("what follows from a problem stands behind it, and goes with it when another is set")
    func consequence() {
        var error = ZoshError(.usage, "row 3 is wrong", consequence: "nothing was changed")
        #expect(error.problem == "row 3 is wrong; nothing was changed")
        #expect(error.cause == "row 3 is wrong")
        error.problem = "another; thing"
        #expect(error.consequence == nil)
        #expect(error.problem == "another; thing")
    }

    @Test("what is wrong with a row says its place once, however often it is collected")
    func placeOnce() {
        let file = RowOrigin(file: "users.csv", line: 3)
        let error = ZoshError(
            .usage, "there is no role 'x'", in: file, consequence: "nothing was changed",
            remedy: "did you mean 'y'?")
        #expect(error.problem == "users.csv:3: there is no role 'x'; nothing was changed")
        var problems = RowProblems()
        problems.add(error, at: file, row: 1)
        problems.add(ZoshError(.usage, "a second"), at: file, row: 1)
        #expect(
            problems.found.details == [
                "users.csv:3: there is no role 'x' (did you mean 'y'?)", "users.csv:3: a second",
            ])
    }

    @Test("the rows of a connection are counted and shown with its name, those that are not shown included")
    func ofConnection() {
        var own = RowProblems()
        for number in 1...60 { own.add("wrong", at: RowOrigin(file: "users.csv", line: number), row: number) }
        var all = RowProblems()
        all.add(own.error(.usage, "cannot be changed", ending: "nothing was changed", at: nil), of: "acme")
        all.add(ZoshError(.permission, "not allowed", consequence: "nothing was changed"), of: "globex")
        let error = all.error(.usage, "cannot be changed", ending: "nothing was changed", at: nil)
        #expect(error.problem == "61 problems in users.csv; nothing was changed")
        #expect(error.details.first == "users.csv:1: wrong (acme)")
        #expect(error.details.last == "… and 11 more")
    }
}

import Testing
import ZoshKit

@testable import ZoshCore

/// Lines that belong to the one before them, and what an unfinished text waits for.
struct ContinuationTests {
    @Test(arguments: [
        "a b\n| c d", "a b\n  | c d", "a b # why\n| c d", "a b |\nc d", "a b\\\n| c d",
    ])
    func `a line that begins with a pipe goes on with the one before`(text: String) {
        let program = Parser.parse(text)
        #expect(program.errors.isEmpty)
        #expect(program.lines.count == 1)
        #expect(
            program.lines.first?.statements.first.map { statement in
                if case .run(let pipeline) = statement.body { pipeline.stages.count } else { 0 }
            } == 2)
    }

    @Test(arguments: [("a\n&& b", 2), ("a\n|| b\n&& c", 3), ("a { b\n| c }\n&& d", 2)])
    func `so does one that begins with a condition, also behind a block`(text: String, statements: Int) {
        let program = Parser.parse(text)
        #expect(program.errors.isEmpty)
        #expect(program.lines.map(\.statements.count) == [statements])
    }

    @Test(arguments: ["| a", "\n| a", "a\n\n| b", "a\n# why\n| b", "a;\n| b"])
    func `where no command stands before it, it is a mistake`(text: String) {
        #expect(!Parser.parse(text).errors.isEmpty)
    }

    @Test(arguments: [
        ("a 'b\n", "quote ' is open"), ("a \"b\n", "quote \" is open"), ("each {\n", "bracket { is open"),
        ("a |\n", "pipe | is open: a command follows"),
        ("a &&\n", "&& is open: a command follows"), ("a ||\n", "|| is open: a command follows"),
        ("a { b |\n", "bracket { is open"),
    ])
    func `what is open has a name`(text: String, open: String) {
        #expect(Syntax.openPart(of: text) == open)
        #expect(!Syntax.isComplete(text))
    }
}

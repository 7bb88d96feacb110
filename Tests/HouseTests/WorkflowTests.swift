import Foundation
import Testing

@Suite("The workflow for others' machines")
struct WorkflowTests {
    @Test("It runs only scripts that .ci/run runs, so that nothing is held there and nowhere else")
    func callsScripts() throws {
        func text(_ path: String) throws -> String {
            try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
        }
        let workflow = try text(".github/workflows/ci.yml")
        let here = try text(".ci/run") + text("Makefile")
        let commands = workflow.matches(of: /(?m)^ *- run: (.+)$/).map { String($0.1) }
        #expect(commands.contains(".ci/run"))
        #expect(commands.count == workflow.matches(of: #/\brun: /#).count)
        for command in commands {
            let script = String(command.prefix { $0 != " " })
            #expect(script == ".ci/run" || here.contains(script), "\(command)")
            #expect(
                FileManager.default.isExecutableFile(atPath: Repository.root.appending(path: script).path), "\(script)")
        }
        for system in ["bookworm", "noble"] { #expect(workflow.contains(system), "\(system)") }
    }
}

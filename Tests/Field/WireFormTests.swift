import SignedOut
import Testing
import ZoshKit

@testable import ZoshCore
@testable import zosh

@Suite("Commands on a wire")
struct WireFormTests {
    private static func registry() throws -> CommandRegistry {
        try CommandRegistry(
            [CoreModule(version: "1.0", keys: EditorKeys())]
                + BuiltInPlugins.modules(
                    jobs: NoJobs(), plans: NoPlans(), timed: NoDueJobs(), audit: NoAudit(), accounts: NoAccounts(),
                    vault: NoVault(),
                    prompt: NoPrompt()))
    }

    @Test("The signature of every command comes back as it was, out of what help --json prints")
    func signatures() throws {
        let entries = try Self.registry().entries
        #expect(entries.count > 60)
        let text = JSONWriter.text(.row(CommandDescription.document(entries)), indent: 2)
        let commands = try #require(try JSONReader.value(of: text)["commands"].list)
        #expect(commands.count == entries.count)
        for (command, entry) in zip(commands, entries) {
            #expect(try Signature(wire: command) == entry.signature, "\(entry.signature.name)")
        }
    }

    @Test("A command that offers values itself offers none that its own parameter would not take")
    func offers() throws {
        for entry in try Self.registry().entries {
            for parameter in entry.signature.parameters {
                guard let offered = entry.command.candidates(for: parameter) else { continue }
                #expect(!offered.isEmpty && parameter.type == .string, "\(entry.signature.name) \(parameter.name)")
                #expect(Set(offered.map(\.text)).count == offered.count)
            }
        }
    }
}

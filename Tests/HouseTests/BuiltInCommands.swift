import SignedOut
import ZoshKit

@testable import ZoshCore
@testable import zosh

/// The commands a user can type, as the registry knows them.
enum BuiltInCommands {
    static func registry() throws -> CommandRegistry {
        try CommandRegistry(
            [CoreModule(version: "1.0", history: NoHistory(), keys: EditorKeys())]
                + BuiltInPlugins.modules(
                    jobs: NoJobs(), plans: NoPlans(), timed: NoDueJobs(), audit: NoAudit(), accounts: NoAccounts(),
                    vault: NoVault(), prompt: NoPrompt()))
    }

    /// Every name and alias, and the first words of those with several words, but for the names of nouns.
    static func names() throws -> (all: Set<String>, groups: Set<String>) {
        let all = Set(try registry().names)
        let groups = Set(all.compactMap { $0.split(separator: " ").dropLast().first.map(String.init) })
        return (all, groups.subtracting(Resource.all.map(\.name)))
    }
}

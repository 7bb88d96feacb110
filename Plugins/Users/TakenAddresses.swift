import ZoshKit

/// Who has an e-mail address already, as far as the list of users tells.
enum TakenAddresses {
    /// The ids of those who have an address, by address as it is compared.
    ///
    /// A dry run and a file of users ask for the list. For one alone Zoho itself refuses an address it has, and the
    /// list is looked at as far as it is in memory: a list of twenty thousand costs a hundred calls.
    static func holders(_ call: Call, of count: Int = 1, _ shell: ShellContext) async throws -> [String: String] {
        var snapshot = shell.directory.snapshot
        if count > 1 || call.write.dryRun || shell.session.dryRun {
            do { snapshot = try await shell.directory.fresh(within: 60) } catch let error as ZoshError
                where error.kind != .cancelled
            {
                // One who may write users need not be allowed to read them.
                shell.console.note("The list of users cannot be read, so addresses are unchecked: \(error.problem)")
            }
        }
        var holders: [String: String] = [:]
        // Of two with one address the one who is not deleted has it.
        for person in snapshot.people where !person.email.isEmpty && person.status == "deleted" {
            holders[EmailAddress.folded(person.email)] = person.id
        }
        for person in snapshot.people where !person.email.isEmpty && person.status != "deleted" {
            holders[EmailAddress.folded(person.email)] = person.id
        }
        return holders
    }
}

import ZoshKit

/// Which user already has an e-mail address, as far as the list of users shows.
enum TakenAddresses {
    /// The ids of the users that have an address, by address as it is compared.
    ///
    /// A dry run and a file of users ask for the list. For one user Zoho itself refuses an address it has, and
    /// only the list in memory is used: a list of twenty thousand costs a hundred calls.
    static func holders(_ call: Call, of count: Int = 1, _ shell: ShellContext) async throws -> [String: String] {
        var snapshot = shell.directory.snapshot
        if count > 1 || call.write.dryRun || shell.session.dryRun {
            do { snapshot = try await shell.directory.fresh(within: 60) } catch let error as ZoshError
                where error.kind != .cancelled
            {
                // A login that may write users need not be allowed to read them.
                shell.console.note("The list of users cannot be read, so addresses are unchecked: \(error.problem)")
            }
        }
        var holders: [String: String] = [:]
        // If two users share an address, the one that is not deleted counts.
        for person in snapshot.people where !person.email.isEmpty && person.status == "deleted" {
            holders[EmailAddress.folded(person.email)] = person.id
        }
        for person in snapshot.people where !person.email.isEmpty && person.status != "deleted" {
            holders[EmailAddress.folded(person.email)] = person.id
        }
        return holders
    }
}

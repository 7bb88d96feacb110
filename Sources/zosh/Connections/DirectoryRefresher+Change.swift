import ZoshCore
import ZoshKit

extension DirectoryRefresher {
    /// Learns that a change was made, or may have been: what is kept of the user is old until the user is read.
    func note(_ change: Change, _ result: ChangeResult) async {
        // A territory of a user changes nothing that is kept of them.
        guard change.resource == .users, change.within.isEmpty else { return }
        switch (change.write?.result, result) {
        case (.newcomer, .done(let id, _)):
            // Other processes must not take the kept list for whole.
            await outdate()
            noteWrite(to: id ?? "")
        case (.absence, .done(let id, _)): if let id = change.id ?? id { await putDeletion(of: id) }
        case (_, .done), (_, .accepted), (_, .uncertain): noteWrite(to: change.id ?? "")
        case (_, .unchanged), (_, .refused), (_, .failed): break
        }
    }
}

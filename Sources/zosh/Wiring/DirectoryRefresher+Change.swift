import ZoshCore
import ZoshKit

extension DirectoryRefresher {
    /// Learns that a change was made, or may have been: what is kept of the user is old until the user is read.
    func note(_ change: Change, _ result: ChangeResult) async {
        switch (change.operation, result) {
        case (.createUser, .done(let id, _, _)):
            // Other processes must not take the kept list for whole.
            await outdate()
            noteWrite(to: id ?? "")
        case (.createUser, .uncertain): noteWrite(to: "")
        case (.deleteUser(let id), .done): await putDeletion(of: id)
        case (.updateUser(let id, _), .done), (.updateUser(let id, _), .uncertain), (.deleteUser(let id), .uncertain):
            noteWrite(to: id)
        default: break
        }
    }
}

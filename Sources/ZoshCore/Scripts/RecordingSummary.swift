internal import ZoshKit

/// What a recording came to, for `record stop` to say.
struct RecordingSummary: Sendable {
    var lines = 0
    /// Lines kept as comments: they failed, ran elsewhere, or cannot run again.
    var comments = 0
    /// Lines the file could not take.
    var lost = 0
    /// Ids that no user, role or profile here has.
    var unknownIDs: Set<String> = []
    /// Whether a line runs another program, which a script may do only when it is allowed to.
    var runsPrograms = false

    func notes(for file: String) -> [String] {
        var notes: [String] = []
        if runsPrograms {
            notes.append("The script runs other programs; run it with: replay \(Syntax.quoted(file)) --allow-external")
        }
        if !unknownIDs.isEmpty {
            let some = unknownIDs.sorted().prefix(5).joined(separator: ", ") + (unknownIDs.count > 5 ? ", …" : "")
            notes.append(
                "No user, role or profile has these ids, and they mean nothing in another organisation: \(some)")
        }
        if lost > 0 { notes.append("\(lost) line\(lost == 1 ? "" : "s") could not be written to the file") }
        return notes
    }
}

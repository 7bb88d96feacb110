internal import ZoshKit

/// The variables of a recording that hold ids: `let ada_id = users lookup ada@x | select id`, once for each.
struct StandIns: Sendable {
    private var byRecord: [NamedRecord: String] = [:]

    var names: Set<String> { Set(byRecord.values) }

    /// - Parameter taken: names that mean something else.
    mutating func name(for record: NamedRecord, besides taken: Set<String>) -> (name: String, isNew: Bool) {
        if let name = byRecord[record] { return (name, false) }
        let stem = record.name.split(separator: "@").first.map(String.init) ?? ""
        var base = String(stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        if base.first?.isLetter != true { base = "the_" + base }
        var name = base + "_id"
        var number = 2
        while taken.contains(name) || names.contains(name) {
            name = "\(base)_id\(number)"
            number += 1
        }
        byRecord[record] = name
        return (name, true)
    }

    /// The names hold something else from now on.
    mutating func forget(_ names: [String]) { byRecord = byRecord.filter { !names.contains($0.value) } }
}

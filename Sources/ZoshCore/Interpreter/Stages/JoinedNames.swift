internal import ZoshKit

/// What the fields of the other side of a join are called in the joined rows: as they are, or `NAME_2` where the row
/// before the pipe has such a field.
///
/// A name is taken as it is found wherever a field is named: in any case, with space, `_` and `-` alike, and by a
/// label. Otherwise `Role` of a file would be meant where the user's `role` is.
struct JoinedNames {
    private let partners: [String]
    private var own: [Field]
    private var seen: Set<String> = []
    private var given: [String: String] = [:]

    /// - Parameters:
    ///   - partners: the other side's fields, without the key.
    ///   - own: what is known of the rows before the pipe.
    init(_ partners: [String], besides own: [Field]) {
        self.partners = partners
        self.own = own
        name()
    }

    subscript(partner: String) -> String { given[partner] ?? partner }

    /// Takes note of fields that nothing was known of before the rows came.
    mutating func see(_ rows: [Row]) {
        var more: [String] = []
        var shape: Shape?
        for row in rows where row.shape !== shape {
            shape = row.shape
            more += row.names.filter { seen.insert($0).inserted }
        }
        guard !more.isEmpty else { return }
        own += more.map { Field($0) }
        name()
    }

    private mutating func name() {
        let names = FieldNames(own)
        var used = Set(partners.map(FieldNames.folded))
        given = [:]
        for partner in partners where names.meaning(of: partner) != .unknown {
            var number = 2
            while !used.insert(FieldNames.folded("\(partner)_\(number)")).inserted
                || names.meaning(of: "\(partner)_\(number)") != .unknown
            {
                number += 1
            }
            given[partner] = "\(partner)_\(number)"
        }
    }
}

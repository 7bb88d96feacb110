internal import ZoshKit

/// Documented reads of the CRM API that `api get` is offered with.
enum APIPaths {
    static let known: [(path: String, meaning: String)] = nouns + others

    /// What the table of nouns tells.
    private static var nouns: [(path: String, meaning: String)] {
        let lists = Resource.all.filter { $0 != .fields }.flatMap { noun -> [(path: String, meaning: String)] in
            switch noun.reads {
            case .paged(_, let count, _):
                [(noun.path, "a page of \(noun.name)"), (count, "how many \(noun.name) there are")]
            case .whole: [(noun.path, noun.isSingle ? "the \(noun.noun)" : "all \(noun.name)")]
            }
        }
        // Only with a module are there fields.
        let fields = Resource.all.compactMap { noun in
            noun.module.map { ("\(Resource.fields.path)?module=\($0)", "the fields of \(noun.name)") }
        }
        return (lists + fields).map { path, meaning in (String(path.drop { $0 == "/" }), meaning) }
    }

    /// What no command reads.
    private static let others = [
        ("settings/modules", "all modules"), ("settings/territories", "all territories"),
        ("settings/users_groups", "all groups of users"),
    ]
}

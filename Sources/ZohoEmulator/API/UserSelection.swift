/// The people a listing selects, counted and paged without rendering anybody.
struct UserSelection {
    private let people: Directory
    private let candidates: [Int]?
    private let takesEverybody: Bool
    private let admits: (Int) -> Bool

    init(_ listing: UserListing, in organisation: Organisation) {
        let people = organisation.people
        self.people = people
        let roles = organisation.roles(for: listing)
        candidates = listing.ids.map { ids in
            Set(ids.compactMap { Int($0) }.compactMap(people.position)).sorted()
        }
        takesEverybody = listing.type == .AllUsers && listing.since == nil && listing.kind == nil
        admits = { position in
            let traits = people.traits(position)
            if let since = listing.since, traits.modified <= since { return false }
            if let kind = listing.kind, traits.kind != kind { return false }
            return listing.type.includes(traits, isCaller: position == organisation.caller, roles: roles)
        }
    }

    var count: Int {
        if takesEverybody { return candidates?.count ?? people.count }
        return positions(from: 0).reduce(0) { $0 + (admits($1) ? 1 : 0) }
    }

    /// Some people of a listing, and where the next page begins when there is one.
    struct Page {
        var positions: [Int] = []
        var next: Int?
    }

    /// One page. `mark` is a page whose first position is known; looking begins there.
    func page(_ number: Int, of size: Int, from mark: (page: Int, position: Int) = (1, 0)) -> Page {
        let (before, overflow) = (number - mark.page).multipliedReportingOverflow(by: size)
        guard !overflow else { return Page() }
        if takesEverybody && candidates == nil {
            guard before < people.count else { return Page() }
            let end = min(before + size, people.count)
            return Page(positions: Array(before..<end), next: end < people.count ? end : nil)
        }
        var page = Page()
        var seen = 0
        for position in positions(from: mark.position) where takesEverybody || admits(position) {
            if seen >= before {
                if page.positions.count == size {
                    page.next = position
                    return page
                }
                page.positions.append(position)
            }
            seen += 1
        }
        return page
    }

    private func positions(from first: Int) -> AnySequence<Int> {
        candidates.map { AnySequence($0) } ?? AnySequence(min(first, people.count)..<people.count)
    }
}

extension Organisation {
    /// The roles that one of v8's role types selects, relative to `role_id` or the caller's own.
    func roles(for listing: UserListing) -> Set<Int> {
        let start = listing.role ?? people.traits(caller).role
        func number(_ value: JSONValue?) -> Int? { value?.string.flatMap(Int.init) }
        func children(_ id: Int) -> [Int] {
            roles.filter { number($0["reporting_to"]?.object?["id"]) == id }.compactMap { number($0["id"]) }
        }
        switch listing.type {
        case .ChildRoleUsers: return Set(children(start))
        case .ParentRoleUsers:
            let parent = roles.first { number($0["id"]) == start }.flatMap { number($0["reporting_to"]?.object?["id"]) }
            return Set([parent].compactMap { $0 })
        case .SubordinateRoleUsers:
            var found: Set<Int> = []
            var open = children(start)
            while let next = open.popLast() {
                if found.insert(next).inserted { open += children(next) }
            }
            return found
        default: return []
        }
    }
}

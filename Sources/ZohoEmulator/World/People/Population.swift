/// The people of one generated organisation, none of whom exist until they are asked for.
///
/// Identifiers grow with the index, since Zoho sorts a listing by identifier. Invariant: everything
/// about index `i` depends on the seed and `i` only; index 0 is the caller, an active, confirmed
/// administrator.
struct Population: Sendable {
    let seed: UInt64
    let count: Int
    let base: Int
    private(set) var roster: Roster
    let caller: Caller

    private static let firstUser = 411_001
    private static let stride = 13
    private static let epoch = 1_546_300_800  // 2019-01-01

    /// The same people in other roles and profiles.
    func with(_ roster: Roster) -> Population {
        var copy = self
        copy.roster = roster
        return copy
    }

    func id(_ index: Int) -> Int { base + Self.firstUser + index * Self.stride }

    func index(ofID id: Int) -> Int? {
        guard id >= base + Self.firstUser else { return nil }
        let distance = id - base - Self.firstUser
        guard distance % Self.stride == 0, distance / Self.stride < count else { return nil }
        return distance / Self.stride
    }

    /// The index that an e-mail address of this population carries.
    func index(ofEmail email: String) -> Int? {
        let lowered = email.lowercased()
        if lowered == caller.email.lowercased() { return count > 0 ? 0 : nil }
        guard let at = lowered.firstIndex(of: "@"), let dot = lowered[..<at].lastIndex(of: "."),
            let index = Int(lowered[lowered.index(after: dot)..<at]), index > 0, index < count
        else { return nil }
        return person(index).email.lowercased() == lowered ? index : nil
    }

    /// The first identifier no generated person has.
    var nextID: Int { id(count) }

    func traits(_ index: Int) -> Traits {
        var dice = Dice(seed: seed, place: UInt64(index))
        return traits(index, &dice)
    }

    /// Every run of 25 people holds each kind at least once, whatever the seed.
    private func traits(_ index: Int, _ dice: inout Dice) -> Traits {
        let slot = (index &* 7 &+ Int(seed % 25)) % 25
        let role = index == 0 ? 0 : min(1 + dice.below(max(1, roster.roles.count - 1)), roster.roles.count - 1)
        let created = Self.epoch + dice.below(4 * 365) * 86_400 + dice.below(86_400)
        let modified = created + dice.below(2 * 365 * 86_400)
        var traits = Traits(
            status: .active, confirmed: true, administrator: index == 0 || slot % 8 == 3,
            role: roster.roles[role].id, modified: modified, kind: "Regular User")
        guard index > 0 else { return traits }
        switch slot {
        case 0, 1: traits.status = .deleted
        case 2, 4: traits.status = .disabled
        case 5: traits.status = index % 2 == 0 ? .dormant : .disabled
        case 6, 7: traits.status = .closed
        case 8, 9, 11: traits.confirmed = false
        case 12: traits.kind = "Sandbox Developer User"
        case 13: traits.kind = "Support User"
        default: break
        }
        if traits.status != .active && dice.below(2) == 0 { traits.confirmed = false }
        return traits
    }

    func person(_ index: Int) -> GeneratedPerson {
        var dice = Dice(seed: seed, place: UInt64(index))
        let traits = traits(index, &dice)
        var names = Dice(seed: seed ^ 0x4E41_4D45, place: UInt64(index))
        let culture = index == 0 ? Culture.all[0] : names.pick(Culture.all)
        let first = names.pick(culture.first)
        let last = names.pick(culture.last)
        let nameless = names.below(9) == 0
        let role = roster.roles.first { $0.id == traits.role } ?? roster.roles[0]
        let others = max(1, roster.profiles.count - 1)
        let other = roster.profiles[min(1 + names.below(others), roster.profiles.count - 1)]
        let profile = traits.administrator ? roster.profiles[0] : other
        let isCaller = index == 0
        var person = GeneratedPerson(
            index: index, id: id(index),
            firstName: isCaller ? caller.firstName : first.text,
            lastName: isCaller ? caller.lastName : nameless ? nil : last.text,
            alias: names.below(6) == 0 ? names.pick(["jr", "✨", "\u{1B}[2J", "the \"other\"", "a\\b", "दादा"]) : nil,
            email: isCaller ? caller.email : "\(first.ascii).\(last.ascii).\(index)@zylker.example",
            zuid: isCaller ? caller.zuid : traits.confirmed ? 500_000_000 + index : nil,
            traits: traits, role: role, profile: profile, culture: culture, created: 0,
            phone: names.below(3) == 0 ? "+1 555 \(1000 + names.below(9000))" : nil,
            street: names.below(4) == 0 ? "\(1 + names.below(99)), Anna Salai" : nil,
            zip: names.below(4) == 0 ? String(10000 + names.below(80000)) : nil,
            birthday: names.below(5) == 0 ? "19\(60 + names.below(40))-0\(1 + names.below(9))-1\(names.below(9))" : nil,
            statusReason: nil, reportsToCaller: !isCaller && names.below(4) == 0)
        person.created = traits.modified - names.below(1000) * 3600
        if traits.status == .disabled {
            person.statusReason = names.pick(["disabled manually", "disabled due to license downgrade"])
        }
        return person
    }
}

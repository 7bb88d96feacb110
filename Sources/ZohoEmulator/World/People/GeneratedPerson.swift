/// One generated person with everything a user record shows.
///
/// Built from a seed and an index alone and thrown away after rendering: a million people cost
/// nothing until somebody lists them.
struct GeneratedPerson: Sendable {
    var index: Int
    var id: Int
    var firstName: String?
    var lastName: String?
    var alias: String?
    var email: String
    var zuid: Int?
    var traits: Traits
    var role: Roster.Role
    var profile: Roster.Profile
    var culture: Culture
    var created: Int
    var phone: String?
    var street: String?
    var zip: String?
    var birthday: String?
    var statusReason: String?
    var reportsToCaller: Bool

    var fullName: String {
        [firstName, lastName].compactMap { $0 }.joined(separator: " ")
    }
}

/// The human in front of the emulated browser, who is the first person of every organisation.
struct Caller: Sendable, Equatable {
    var firstName: String
    var lastName: String
    var email: String
    var zuid: Int

    /// The account that a data centre's number and seed give.
    init(seed: UInt64, dataCentre: Int) {
        var dice = Dice(seed: seed, place: 0xCA11 + UInt64(dataCentre))
        let first = dice.pick([("Patricia", "patricia"), ("Jamie", "jamie"), ("Alex", "alex"), ("Robin", "robin")])
        firstName = first.0
        lastName = "Boyle"
        email = "\(first.1).boyle@zylker.example"
        zuid = 600_000_000 + dice.below(300_000_000)
    }

    init(firstName: String, lastName: String, email: String, zuid: Int) {
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.zuid = zuid
    }

    var fullName: String { firstName.isEmpty ? lastName : lastName.isEmpty ? firstName : "\(firstName) \(lastName)" }
}

/// Reads a world file: one JSON object with any of `org`, `users`, `roles`, `profiles` in the
/// API's own shapes.
///
/// A saved `GET /users` reply is one; its other keys are ignored. Records keep every key and its
/// order as given.
enum WorldFile {
    static func apply(_ bytes: [UInt8], to base: Organisation) throws -> Organisation {
        let file: JSONObject
        do {
            guard let object = try JSONParser.read(bytes).object else {
                throw EmulatorError("A world file holds one JSON object; this one holds something else.")
            }
            file = object
        } catch let failure as JSONParser.Failure {
            throw EmulatorError("The world file is not JSON: \(failure).")
        }
        let sections = ["org", "users", "roles", "profiles"]
        guard sections.contains(where: { file[$0] != nil }) else {
            throw EmulatorError("A world file needs one of: \(sections.joined(separator: ", ")).")
        }
        var world = base
        if let org = try records("org", in: file)?.first { world.description = org }
        world.zgid = world.description["zgid"]?.string ?? world.zgid
        let users = try records("users", in: file)
        let roles = try records("roles", in: file)
        let profiles = try records("profiles", in: file)
        world.roles = roles ?? users.map { mentioned("role", by: $0) } ?? world.roles
        world.profiles = profiles ?? users.map { mentioned("profile", by: $0) } ?? world.profiles
        guard let users else {
            guard case .generated(let population) = world.people.base else { return world }
            let settled = population.with(Roster(roles: roles, profiles: profiles, otherwise: population.roster))
            world.people = Directory(.generated(settled), administrators: [settled.roster.profiles[0].id])
            return world
        }
        guard !users.isEmpty else { throw EmulatorError("A world file's `users` needs at least the caller.") }
        return Organisation(
            dataCentre: world.dataCentre, zgid: world.zgid,
            description: world.description, roles: world.roles, profiles: world.profiles,
            people: try people(users, administrators: world.administrators),
            caller: caller(users), account: account(users, otherwise: world.account), licences: world.licences,
            customFields: CustomField.all(of: users))
    }

    private static func records(_ key: String, in file: JSONObject) throws -> [JSONObject]? {
        guard let value = file[key] else { return nil }
        guard let elements = value.array else { throw EmulatorError("`\(key)` in a world file is an array.") }
        return try elements.map { element in
            guard let object = element.object else { throw EmulatorError("`\(key)` in a world file holds objects.") }
            return object
        }
    }

    private static func people(_ users: [JSONObject], administrators: Set<Int>) throws -> Directory {
        var seen: Set<String> = []
        for user in users {
            // New people are numbered after the highest: there must be room above it.
            guard let id = user["id"]?.string, let number = Int(id), (0...9_000_000_000_000_000_000).contains(number)
            else {
                throw EmulatorError(
                    "A user of a world file has no `id`, or one that is not at most 19 digits in a string.")
            }
            guard seen.insert(id).inserted else { throw EmulatorError("Two users of a world file have the id \(id).") }
        }
        return Directory(.loaded(users), administrators: administrators)
    }

    /// The first active, confirmed administrator, else the first of all.
    private static func caller(_ users: [JSONObject]) -> Int {
        let best = users.firstIndex {
            $0["status"]?.string == "active" && $0["confirm"]?.bool == true
                && $0["profile"]?.object?["name"]?.string == "Administrator"
        }
        return best ?? 0
    }

    private static func account(_ users: [JSONObject], otherwise: Caller) -> Caller {
        let user = users[caller(users)]
        return Caller(
            firstName: user["first_name"]?.string ?? "", lastName: user["last_name"]?.string ?? "",
            email: user["email"]?.string ?? otherwise.email,
            zuid: user["zuid"]?.string.flatMap(Int.init) ?? otherwise.zuid)
    }

    /// The roles or profiles that users name, when the file does not describe them.
    private static func mentioned(_ key: String, by users: [JSONObject]) -> [JSONObject] {
        var found: [JSONObject] = []
        for user in users {
            guard let reference = user[key]?.object, let id = reference["id"],
                !found.contains(where: { $0["id"] == id })
            else { continue }
            let name = reference["name"] ?? .null
            if key == "role" {
                let root = found.first
                let parent: JSONValue = root.map { ["name": $0["name"] ?? .null, "id": $0["id"] ?? .null] } ?? .null
                found.append(
                    JSONObject([
                        "display_label": name, "name": name, "id": id, "reporting_to": parent, "share_with_peers": true,
                        "description": .null, "admin_user": .bool(root == nil),
                    ]))
            } else {
                found.append(
                    JSONObject([
                        "display_label": name, "name": name, "id": id, "custom": false, "description": .null,
                        "type": "normal_profile",
                    ]))
            }
        }
        return found
    }
}

internal import ZoshKit

extension Completer {
    /// More than a screen or two of people is no help; typing more letters is, in the line or in the menu.
    private static let mostPeople = 50

    /// What of a person goes into the line.
    enum PersonPart { case email, id, name }

    /// People by any part of name, e-mail or id; those already in the list or the line are not offered again.
    func people(
        _ context: CursorContext, as part: PersonPart, ending: String = " ", for signature: Signature? = nil
    ) -> [CompletionCandidate] {
        let directory = around.directory
        let recent = Set(around.recentIDs.compactMap { directory.index?.position(ofID: $0) })
        let taken = Set((context.elements + context.words.map(\.text)).map { $0.lowercased() })
        let isMailTaken = taken.contains { $0.contains("@") }
        let fitness = signature.flatMap(Fitness.init)
        // As many more as may fall away, or all people where those who come first are found last.
        let limit = fitness.map { $0.isRare ? directory.snapshot.people.count : Self.mostPeople * 8 } ?? Self.mostPeople
        var found = positions(context.text, recent, limit: limit + taken.count)
            .filter { position in
                let person = directory.snapshot.people[position]
                return !taken.contains(person.id) && !(isMailTaken && taken.contains(person.email.lowercased()))
            }
        if let fitness { found = fitness.sorted(found, directory.snapshot.people) }
        return whole(found, context.text).prefix(Self.mostPeople).compactMap { position in
            let person = directory.snapshot.people[position]
            let text =
                switch part {
                case .id: person.id
                case .email: person.email.isEmpty ? person.id : person.email
                case .name: person.name
                }
            guard !text.isEmpty else { return nil }
            return CompletionCandidate(
                insertion: Syntax.quoted(text, context.quoting) + ending,
                display: person.name.isEmpty ? text : person.name, key: person.name.isEmpty ? "" : person.email,
                description: [person.status, person.role].filter { !$0.isEmpty }.joined(separator: " · "), kind: .user)
        }
    }

    private func positions(_ typed: String, _ recent: Set<Int>, limit: Int) -> [Int] {
        let search = around.directory.search
        guard !around.narrowing.isEmpty else { return search.matches(typed, recent: recent, limit: limit) }
        guard !typed.isEmpty else { return search.matches(around.narrowing, recent: recent, limit: limit) }
        let all = around.directory.snapshot.people.count
        let meant = Set(search.matches(typed, limit: all))
        return Array(
            search.matches(around.narrowing, recent: recent, limit: all).lazy.filter(meant.contains).prefix(limit))
    }

    /// That there are more people than are listed; nil when there are not.
    func cut(_ candidates: [CompletionCandidate], _ context: CursorContext) -> String? {
        guard candidates.count(where: { $0.kind == .user }) >= Self.mostPeople else { return nil }
        let all =
            context.text.isEmpty && around.narrowing.isEmpty ? " of \(around.directory.snapshot.people.count)" : ""
        return "first \(Self.mostPeople)\(all): type to narrow"
    }

    /// Who is named in full is meant alone.
    private func whole(_ found: [Int], _ typed: String) -> [Int] {
        // A person named in full is found first; if the first is not, none is.
        let mayBeMeant =
            around.narrowing.isEmpty
            ? found.first.map { around.directory.search.isNamed($0, typed) } ?? false : !typed.isEmpty
        guard mayBeMeant else { return found }
        let wanted = typed.lowercased()
        let exact = found.filter { position in
            let person = around.directory.snapshot.people[position]
            return person.id == wanted || person.email.lowercased() == wanted || person.name.lowercased() == wanted
        }
        return exact.isEmpty ? found : exact
    }

    /// How old the people are: a list that looks complete must say when it was.
    var ageOfDirectory: String? {
        guard let fetchedAt = around.directory.snapshot.fetchedAt else { return nil }
        let seconds = max(0, around.now - fetchedAt)
        let age =
            switch seconds {
            case ..<90: "just now"
            case ..<120: "a minute ago"
            case ..<(120 * 60): "\(seconds / 60) minutes ago"
            case ..<(48 * 3600): "\(seconds / 3600) hours ago"
            default: "\(seconds / 86_400) days ago"
            }
        return "list updated \(age)" + (around.isRefreshing ? ", refreshing" : "")
    }
}

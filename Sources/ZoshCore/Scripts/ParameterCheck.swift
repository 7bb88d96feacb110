internal import ZoshKit

/// Whether what a script's parameters were given exists: reported before its first line runs, wherever it can be known.
///
/// Files, connections and fields are looked for on this machine; people, roles and profiles in the directory, which is
/// fetched at most once, and only when a connection is signed in.
struct ParameterCheck {
    let script: Script
    let call: Call
    let shell: ShellContext
    let map: ScriptMap?
    let files: any FileReading
    /// Whether values must exist now. Those of a run that is taken up again did when it began.
    let isNew: Bool

    struct Findings {
        /// As they are meant here.
        var values: [String: Variable]
        /// About what was typed, and about the script's own defaults.
        var typed: [ZoshError] = []
        var defaults: [ZoshError] = []
    }

    func check(_ values: [String: Variable]) async throws -> Findings {
        var findings = Findings(values: values)
        for parameter in script.plan.parameters {
            let name = parameter.name.text
            guard case .value(let value)? = values[name] else { continue }
            let typed = call.fields.first { $0.name == name }?.span
            let own = typed == nil && isNew ? parameter.defaultValue?.span : nil
            let place = typed ?? own ?? call.span
            do {
                // Whom the script itself adds need not be there yet.
                let isToCome = parameter.type == .user && script.plan.adds(personNamed: name)
                if !isToCome { try map?.check(value, parameter.type, at: place) }
                if isNew { try await check(value.text, parameter, at: place) }
            } catch let error as ZoshError where [.usage, .notFound, .local].contains(error.kind) {
                if own == nil {
                    findings.typed.append(error.at(place))
                } else {
                    findings.defaults.append(error.at(place))
                }
            }
        }
        return findings
    }

    private func check(_ text: String, _ parameter: PlannedParameter, at place: Span) async throws {
        let name = parameter.name.text
        switch parameter.type {
        case .connection: try await check(connection: text, isFanOut: script.plan.fansOut(to: name), at: place)
        case .file where !script.plan.makesFile(named: name): try files.check(text)
        case .field where script.plan.isUserField(named: parameter.name.text): try await check(field: text, at: place)
        case .user where !script.plan.adds(personNamed: parameter.name.text): try await check(person: text, at: place)
        case .role: try await check(text, "role", at: place, \.roles)
        case .profile: try await check(text, "profile", at: place, \.profiles)
        default: return
        }
    }

    // MARK: Known on this machine

    private func check(connection text: String, isFanOut: Bool, at place: Span) async throws {
        let all = try await shell.connections.all()
        let value = BoundValue(.string(text), at: place)
        if isFanOut {
            _ = try FanOut.connections([value], all)
        } else {
            _ = try ConnectionSearch.named(text, among: all, at: place)
        }
    }

    /// A field that is not documented may be one the organisation made itself, so Zoho is asked before it is refused.
    private func check(field text: String, at place: Span) async throws {
        let path = FieldPath(
            text.hasPrefix("-") ? String(text.dropFirst()) : text.split(separator: " ").first.map(String.init) ?? text)
        // What `on` and `group` add.
        let added = ["connection", "count"].map { Field($0) }
        let known = FieldNames(shell.directory.snapshot.fields(of: .users).names.fields + added)
        guard case .unknown = known.meaning(of: path) else { return }
        let isSignedIn = shell.session.connection != nil
        let set = isSignedIn ? try await shell.directory.fields(of: .users) : FieldSet(.users, gap: nil)
        guard case .unknown(let part, let near) = FieldNames(set.names.fields + added).meaning(of: path) else { return }
        // Where Zoho cannot be asked only what is near a known name is surely a slip.
        guard near != nil || isSignedIn && set.gap == nil else { return }
        throw ZoshError(
            .usage, "users have no field '\(part.description.neutralised)'", at: place,
            remedy: near.map { "did you mean '\($0)'?" } ?? Resource.users.fieldsRemedy())
    }

    // MARK: Known to the organisation

    /// Looks twice, since the kept directory may be older than the user; nil when it cannot be read.
    private func directory(where isEnough: (DirectorySnapshot) -> Bool) async throws -> DirectorySnapshot? {
        guard shell.session.connection != nil else { return nil }
        do {
            let kept = try await shell.directory.fresh(within: 3600)
            let found = isEnough(kept) ? kept : try await shell.directory.fresh(within: 30)
            return found.fetchedAt == nil ? nil : found
        } catch let error as ZoshError where [.permission, .refused].contains(error.kind) {
            // A login that may not list people may still work on those it is given.
            return nil
        }
    }

    private func check(person text: String, at place: Span) async throws {
        guard let directory = try await directory(where: { !$0.people(matching: text).isEmpty }) else { return }
        let found = directory.people(matching: text)
        guard let person = found.first else {
            let words = directory.people.flatMap { [$0.email, $0.name] }.filter { !$0.isEmpty }
            throw ZoshError(
                .notFound, "no user matches '\(text)'", at: place,
                remedy: Suggestion.remedy(for: text, among: words) ?? "look for them: users find \(Syntax.quoted(text))"
            )
        }
        guard found.count == 1 else {
            throw ZoshError(
                .usage, "'\(text)' is ambiguous: it matches \(found.count) users", at: place,
                remedy: "use the e-mail: \(found.prefix(3).map(\.email).joined(separator: ", "))")
        }
        let isName = person.id != text && person.email.lowercased() != text.lowercased()
        if isName, !shell.session.interactive {
            throw ZoshError(
                .usage, "'\(text)' is neither a user id nor an e-mail", at: place,
                remedy: "use the e-mail: \(person.email)")
        }
    }

    private func check(_ text: String, _ noun: String, at place: Span, _ all: (DirectorySnapshot) -> [NamedID])
        async throws
    {
        guard let directory = try await directory(where: { all($0).named(text) != nil }) else { return }
        let known = all(directory)
        // None at all: the login may not read them.
        guard !known.isEmpty, known.named(text) == nil else { return }
        let names = known.map(\.name).sorted()
        throw ZoshError(
            .notFound, "there is no \(noun) '\(text.neutralised)'", at: place,
            remedy: Suggestion.remedy(for: text, among: names) ?? Suggestion.thereAre(names, "\(noun)s list"))
    }
}

import ZoshKit

/// A user a command is about: the id Zoho wants, and what the person saw when they chose the user.
struct UserTarget: Sendable {
    let id: String
    /// The fields the person saw; the gate refuses when they differ from what Zoho says now.
    let seen: Row?
}

/// Turns what people type (ids, e-mails, names) and the rows of pipes and files into user ids.
///
/// A row that was read from a file must name one user by everything it says of them; a row of Zoho's own is taken by
/// its id.
actor UserNames {
    private let shell: ShellContext
    private let key: PersonKey?
    private var index: PeopleIndex?
    private var namesLookedFor = 0

    /// An index of all users costs as much as looking for a few names without one.
    private static let fewNames = 4

    /// - Parameter key: which of a row's names counts, when the person said so.
    init(_ shell: ShellContext, key: PersonKey? = nil) {
        self.shell = shell
        self.key = key
    }

    /// What is known of one user that was asked for.
    private enum Finding {
        case user(UserTarget)
        case unknown(String, RowOrigin?)
        case wrong(String, RowOrigin?, remedy: String?)
        case noColumn([String], RowOrigin?)
    }

    /// Users in their order. An ambiguous name is an error, and so are rows that do not name one user.
    /// - Parameter isStrict: whether an unknown user in a file is an error too, since something is to be changed.
    func resolve(_ values: [BoundValue], isStrict: Bool = false) async throws -> (
        targets: [UserTarget], missing: [String]
    ) {
        let findings = try await self.findings(values, isStrict)
        return try split(findings, isStrict, at: values.map(\.span).reduce(nil) { $0?.union($1) ?? $1 })
    }

    private func findings(_ values: [BoundValue], _ isStrict: Bool) async throws -> [Finding] {
        var findings: [Finding] = []
        var rows: [Row] = []
        for value in values.flatMap(Self.elements) {
            var value = value
            if let row = value.value.row {
                if let handle = Self.plannedHandle(row) {
                    findings += try await self.findings(rows, isStrict)
                    rows = []
                    findings.append(try await finding(typed: BoundValue(.string(handle), at: value.span)))
                    continue
                }
                // A field of a row of Zoho's is what it would be if it were typed.
                guard row.origin == nil, row.count == 1, PersonHeading(row.names[0]) == nil, row.values[0].row == nil
                else {
                    rows.append(row)
                    continue
                }
                value = BoundValue(row.values[0], at: value.span)
            }
            findings += try await self.findings(rows, isStrict)
            rows = []
            findings.append(try await finding(typed: value))
        }
        return findings + (try await self.findings(rows, isStrict))
    }

    /// The user that each row of a file means; nil for one that means none, which is a problem.
    func users(of rows: [Row]) async throws -> (targets: [UserTarget?], problems: RowProblems) {
        var problems = RowProblems()
        let targets = try await findings(rows, true).enumerated().map { index, finding -> UserTarget? in
            if case .user(let target) = finding { return target }
            note(finding, row: index + 1, in: &problems)
            return nil
        }
        return (targets, problems)
    }

    /// The users that rows of a pipe mean.
    func resolve(rows: [Row], isStrict: Bool = false) async throws -> (targets: [UserTarget], missing: [String]) {
        if rows.contains(where: { Self.plannedHandle($0) != nil }) {
            let values = rows.map { BoundValue(.row($0), at: Span(0, 0)) }
            return try split(try await self.findings(values, isStrict), isStrict, at: nil)
        }
        return try split(try await findings(rows, isStrict), isStrict, at: nil)
    }

    /// Whom a dry run would add, as its rows say: they have no id yet.
    private static func plannedHandle(_ row: Row) -> String? {
        guard row.string("outcome") == "planned", row["action"] != nil, row["id"]?.isNull != false else { return nil }
        return row.string("subject")
    }

    private func split(
        _ findings: [Finding], _ isStrict: Bool, at span: Span?
    ) throws -> (targets: [UserTarget], missing: [String]) {
        var targets: [UserTarget] = []
        var missing: [String] = []
        var problems = RowProblems()
        var isWrong = false
        for (index, finding) in findings.enumerated() {
            switch finding {
            case .user(let target): targets.append(target)
            case .unknown(_, _?) where isStrict: note(finding, row: index + 1, in: &problems)
            case .unknown(let text, _): missing.append(text)
            case .wrong, .noColumn:
                isWrong = true
                note(finding, row: index + 1, in: &problems)
            }
        }
        guard problems.isEmpty else {
            throw problems.error(
                isWrong ? .usage : .notFound, "do not name a user", ending: isStrict ? ZoshError.nothingChanged : nil,
                at: span)
        }
        return (targets, missing)
    }

    private func note(_ finding: Finding, row number: Int, in problems: inout RowProblems) {
        switch finding {
        case .user: break
        case .unknown(let text, let origin): problems.add("no user matches '\(text)'", at: origin, row: number)
        case .wrong(let problem, let origin, let remedy):
            problems.add(problem, at: origin, row: number, remedy: remedy)
        case .noColumn(let names, let origin):
            problems.add(
                file: Self.noColumn(names, key), at: origin,
                remedy: origin == nil
                    ? "keep one of them: … | select id | …"
                    : names.allSatisfy(PersonHeading.isAnother)
                        ? "add a column 'id' or 'email'"
                        : "give that column the heading id or email")
        }
    }

    private static func noColumn(_ names: [String], _ key: PersonKey?) -> String {
        let shown =
            names.prefix(12).map { String($0.prefix(40)).showingUnseen }.listedNames
            + (names.count > 12 ? ", …" : "")
        if let name = names.first(where: {
            WrittenID($0).digits.map { ZohoID.isID(amongNames: $0) } == true || (try? WrittenEmail($0)) != nil
        }) {
            return "the file has no header line; its first line has '\(name.showingUnseen)'"
        }
        let wanted = key.map { $0 == .id ? "an id" : "an e-mail" } ?? "an id or an e-mail"
        return "no column holds \(wanted) (there are: \(shown))"
    }

    // MARK: What was typed

    /// `a@x,b@y` is what a pasted column becomes, and `Ada <a@x>; Bob <b@y>` what a mail program copies: ids and
    /// addresses hold neither comma nor semicolon. A name may, and stays one.
    private static func elements(_ value: BoundValue) -> [BoundValue] {
        func separates(_ character: Character) -> Bool { ",;".contains(character) || character.isNewline }
        guard case .string(let text) = value.value, text.contains(where: separates) else { return [value] }
        var parts: [String] = []
        // The beginning of a part whose name has a comma: `Berg, Ada <a@x>`.
        var open = ""
        for piece in text.split(omittingEmptySubsequences: false, whereSeparator: separates) {
            open += (open.isEmpty ? "" : ",") + piece
            let part = open.trimmedOfUnseen
            if part.isEmpty { open = "" }
            let isEmail = part.contains("@") && (try? WrittenEmail(part)) != nil
            guard isEmail || ZohoID.isID(amongNames: part) else { continue }
            parts.append(part)
            open = ""
        }
        guard open.isEmpty, parts.count > 1 else { return [value] }
        return parts.map { BoundValue(.string($0), at: value.span) }
    }

    private func finding(typed value: BoundValue) async throws -> Finding {
        let text = value.text
        if ZohoID.isID(amongNames: text) { return .user(UserTarget(id: text, seen: nil)) }
        if text.contains("@"), let email = try? WrittenEmail(text).text {
            return try await person(email, at: value.span).map { .user(Self.target($0)) } ?? .unknown(email, nil)
        }
        return try await person(text, at: value.span).map { .user(Self.target($0)) } ?? .unknown(text, nil)
    }

    /// The address is what identified them; a status cached yesterday was not seen today.
    private static func target(_ person: Person) -> UserTarget {
        UserTarget(
            id: person.id,
            seen: ["id": .string(person.id), "email": .string(person.email), "full_name": .string(person.name)])
    }

    /// The one person meant. Looks twice: the cached list may be from before they joined.
    private func person(_ text: String, at span: Span) async throws -> Person? {
        try shell.session.checkNamesUser(text, at: span)
        for age in [Int64(3600), 30] {
            let found = try await people(matching: text, within: age)
            if found.count > 1 {
                var error = ZoshError(
                    .usage, "'\(text)' could be \(found.count) users", at: span, remedy: "use the e-mail or the id")
                error.details = found.prefix(10).map { "\($0.name) <\($0.email)>  \($0.role)" }
                if found.count > 10 {
                    let find = FindLine.looking(for: text, in: shell.session)
                    error.details.append("and \(found.count - 10) more: \(find)")
                }
                throw error
            }
            if let person = found.first { return person }
        }
        return nil
    }

    /// Looks among all users for the first few names, and in an index of them when there are more.
    private func people(matching text: String, within age: Int64) async throws -> [Person] {
        let directory = try await shell.directory.fresh(within: age)
        namesLookedFor += 1
        guard namesLookedFor > Self.fewNames else { return directory.people(matching: text) }
        return index(of: directory).people(matching: text)
    }

    private func index(of directory: DirectorySnapshot) -> PeopleIndex {
        if let index, index.fetchedAt == directory.fetchedAt { return index }
        let new = PeopleIndex(directory)
        index = new
        return new
    }

    // MARK: Rows

    private func findings(_ rows: [Row], _ isStrict: Bool) async throws -> [Finding] {
        guard !rows.isEmpty else { return [] }
        let fields = shell.directory.snapshot.fields(of: .users).names
        let claims = PersonClaim.claims(of: rows, key: key) { heading in
            if case .path = fields.meaning(of: FieldPath(names: [heading])) { return true }
            return false
        }
        let known = try await usersKnown(claims, isStrict)
        try await prepareIndex(for: claims)
        return claims.map { finding($0, known, isStrict) }
    }

    /// The users that ids of files mean: ids typed and ids Zoho returned need no proof.
    private func usersKnown(_ claims: [PersonClaim], _ isStrict: Bool) async throws -> [String: Row] {
        let ids = claims.filter { $0.origin != nil && $0.fault == nil && (isStrict || !$0.emails.isEmpty) }
            .compactMap { $0.ids.first.flatMap { $0.isDamaged ? nil : $0.digits } }
        guard !ids.isEmpty else { return [:] }
        var known: [String: Row] = [:]
        let rows = shell.zoho.lookup(.users, ids: ids)
        while let page = try await rows.next() {
            for row in page.rows {
                // No more than what is compared: there may be as many as an organisation has.
                if let id = row["id"]?.text { known[id] = Resource.users.essence(of: row) }
            }
        }
        return known
    }

    /// Has the people at hand that e-mails are looked up among, twice when one is not found: it may be new.
    private func prepareIndex(for claims: [PersonClaim]) async throws {
        let emails = claims.filter { $0.fault == nil && (isFromFile($0) || $0.ids.first?.digits == nil) }.flatMap(
            \.emails)
        guard !emails.isEmpty else { return }
        for age in [Int64(3600), 30] {
            let index = index(of: try await shell.directory.fresh(within: age))
            if emails.allSatisfy({ !index.people($0).isEmpty }) { return }
        }
    }

    private func isFromFile(_ claim: PersonClaim) -> Bool { claim.origin != nil }

    private func finding(_ claim: PersonClaim, _ known: [String: Row], _ isStrict: Bool) -> Finding {
        switch claim.fault {
        case .cell(let problem): return .wrong(problem, claim.origin, remedy: nil)
        case .noColumn(let names): return .noColumn(names, claim.origin)
        case nil: break
        }
        guard let id = claim.ids.first else { return finding(byEmail: claim) }
        if let digits = id.digits, !isFromFile(claim) {
            return .user(UserTarget(id: digits, seen: claim.row.flatMap { $0.count > 1 ? $0 : nil }))
        }
        if id.isDamaged, isFromFile(claim) { return finding(damaged: id, claim) }
        let named = claim.emails.isEmpty ? nil : finding(byEmail: claim)
        // A read may ask Zoho for an id no user has; it is reported as missing.
        let mustBeKnown = isStrict || !claim.emails.isEmpty
        guard let digits = id.digits, !mustBeKnown || known[digits] != nil else {
            return finding(unknown: id, claim, named)
        }
        guard let email = claim.emails.first else {
            return .user(known[digits].map { target(digits, $0, claim) } ?? UserTarget(id: digits, seen: nil))
        }
        let own = known[digits]?["email"]?.text ?? ""
        if claim.emails.contains(where: { $0.key == EmailAddress.folded(own) }) {
            if case .wrong = named { return named ?? .unknown(digits, claim.origin) }
            return .user(target(digits, known[digits] ?? Row(), claim))
        }
        return .wrong(
            "the id \(digits) belongs to \(own.showingUnseen), but the row's e-mail is \(email.text.showingUnseen)",
            claim.origin,
            remedy: "choose which counts: --key id or --key email")
    }

    private func finding(unknown id: WrittenID, _ claim: PersonClaim, _ named: Finding?) -> Finding {
        let text = id.text.showingUnseen
        guard let email = claim.emails.first else {
            if id.digits == nil { return .wrong("'\(text)' is not a user id", claim.origin, remedy: nil) }
            return .unknown(text, claim.origin)
        }
        switch named {
        case .user:
            return .wrong(
                "no user has the id '\(text)', but \(email.text.showingUnseen) is a user", claim.origin,
                remedy: "if the id is from another system, add --key email")
        case .wrong: return named ?? .unknown(text, claim.origin)
        default: return .unknown("\(email.text)' or the id '\(text)", claim.origin)
        }
    }

    private func finding(damaged id: WrittenID, _ claim: PersonClaim) -> Finding {
        if !claim.emails.isEmpty, case .user(let target) = finding(byEmail: claim), id.isRemnant(of: target.id) {
            return .user(target)
        }
        return .wrong(
            "'\(id.text.showingUnseen)' is an id that a spreadsheet has changed", claim.origin,
            remedy: "keep the column as text, or name users by e-mail: --key email")
    }

    /// The one user that the row's e-mails mean.
    private func finding(byEmail claim: PersonClaim) -> Finding {
        var found: [Person] = []
        for email in claim.emails {
            let people = index?.people(email) ?? []
            if people.count > 1 {
                return .wrong(
                    "\(people.count) users have the e-mail \(email.text)", claim.origin, remedy: "name them by id")
            }
            found += people.filter { person in !found.contains { $0.id == person.id } }
        }
        guard found.count < 2 else {
            return .wrong(
                "its e-mails belong to different users, \(found[0].email.showingUnseen) and "
                    + "\(found[1].email.showingUnseen)",
                claim.origin,
                remedy: "keep one of the columns: … | select email | …")
        }
        guard let person = found.first else { return .unknown(claim.emails.first?.text ?? "", claim.origin) }
        return .user(Self.target(person))
    }

    /// A user proved by their id: what counts as seen is what Zoho says, and the status when the row has Zoho's own.
    private func target(_ id: String, _ user: Row, _ claim: PersonClaim) -> UserTarget {
        var seen: Row = ["id": .string(id), "email": user["email"] ?? .null, "full_name": user["full_name"] ?? .null]
        if let status = claim.row?.string("status"), Resource.users.spelling["status"]?.shown.contains(status) == true,
            claim.row?["full_name"] != nil
        {
            seen["status"] = .string(status)
        }
        return UserTarget(id: id, seen: seen)
    }
}

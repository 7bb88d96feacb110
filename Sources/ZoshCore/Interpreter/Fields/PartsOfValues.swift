internal import ZoshKit

/// Whether a part or a pattern is found in any role, profile or status there is.
///
/// `role not contains Slaes` is true of every row. A pattern may well look for what is not there yet, so only what is
/// near a word of a real name is refused; of the rest is said what the values are.
struct PartsOfValues {
    enum Finding { case found, absent, unchecked }

    let values: DirectoryValues

    /// - Parameters:
    ///   - path: in API names, of users.
    ///   - isQuiet: whether nothing is said of a part that is merely not there.
    /// - Throws: `ZoshError.usage` at a part that is surely a slip, as one of the alternatives of a pattern may be.
    @discardableResult
    func check(_ part: Condition.Part, of path: FieldPath, isQuiet: Bool) async throws -> Finding {
        let alternatives = part.isPattern ? PatternAlternatives.of(part.value) : [part.value]
        guard alternatives.count > 1 else { return try await checkOne(part, of: path, isQuiet: isQuiet) }
        let whole = try await checkOne(part, of: path, isQuiet: true)
        for value in alternatives {
            let one = Condition.Part(field: part.field, value: value, isPattern: true, isNegated: part.isNegated)
            try await checkOne(one, of: path, isQuiet: true)
        }
        return whole == .absent ? try await checkOne(part, of: path, isQuiet: isQuiet) : whole
    }

    @discardableResult
    private func checkOne(_ part: Condition.Part, of path: FieldPath, isQuiet: Bool) async throws -> Finding {
        guard case .string(let text) = part.value.value, !text.isEmpty else { return .unchecked }
        if values.target(path) == Resource.users.name {
            try checkPerson(text, path, part.value.span)
            return .unchecked
        }
        func isFound(in names: [String]) throws -> Bool {
            try names.contains { try Self.finds(part, in: $0, isStatus: UserStatus.isStatus(path)) }
        }
        guard part.isNegated else { return .unchecked }
        if try isFound(in: kept(path)) { return .found }
        // What is kept may be older than the role.
        guard let names = try await names(path), !names.isEmpty else { return .unchecked }
        if try isFound(in: names) { return .found }
        let noun = path.names[0]
        let sorted = Set(names.map(\.neutralised)).sorted()
        let verb = part.isPattern ? "matches" : "contains"
        if let near = Self.nearest(to: text, among: sorted) {
            throw ZoshError(
                .usage, "no \(noun) \(verb) '\(text.neutralised)', so this condition excludes no rows",
                at: part.value.span,
                remedy: "did you mean '\(near)'?")
        }
        if !isQuiet {
            let some = sorted.prefix(12).joined(separator: ", ") + (sorted.count > 12 ? ", …" : "")
            values.places.shells[0].console.note(
                "No \(noun) \(verb) '\(text.neutralised)', so this condition excludes no rows; there are: \(some)")
        }
        return .absent
    }

    /// - Throws: `ZoshError.usage` at nothing: every text contains it.
    static func checkPresence(_ part: Condition.Part) throws {
        switch part.value.value {
        case .null, .string(""), .list([]): break
        default: return
        }
        throw ZoshError(
            .usage, "the value is empty here, so \(part.field.path) cannot be searched for it", at: part.value.span,
            remedy: "to test whether there is a value: \(part.field.path) != null")
    }

    private func kept(_ path: FieldPath) -> [String] {
        let listed = values.target(path).map { noun in
            values.places.shells.flatMap { $0.directory.snapshot.named(noun).map(\.name) }
        }
        return listed ?? spelling(path)?.shown ?? []
    }

    private func names(_ path: FieldPath) async throws -> [String]? {
        if let spelling = spelling(path) { return spelling.shown }
        guard let target = values.target(path) else { return nil }
        return try await values.current(target)?.map(\.name)
    }

    private func spelling(_ path: FieldPath) -> Resource.Spelling? {
        path.names.count == 1 ? Resource.users.spelling[path.names[0]] : nil
    }

    private static func finds(_ part: Condition.Part, in name: String, isStatus: Bool) throws -> Bool {
        let value = Value.string(name)
        guard part.isPattern else {
            return isStatus ? StatusText.contains(value, part.value) : ValueComparison.contains(value, part.value)
        }
        let pattern = try Pattern(part.value, foldsCase: isStatus || SmartCase.folds(pattern: part.value.value.text))
        return isStatus ? StatusText.matches(value, pattern.matches) : pattern.matches(name)
    }

    /// The name, or the word of one, that is near what was written without a pattern's signs.
    private static func nearest(to text: String, among names: [String]) -> String? {
        let plain = text.split { !$0.isLetter && !$0.isNumber && !$0.isWhitespace }.joined()
        let words = names.flatMap { $0.split { $0.isWhitespace || $0 == "," }.map(String.init) }
        if let same = (names + words).first(where: { $0.lowercased() == plain.lowercased() }) { return same }
        // A short word is near too many others.
        guard plain.count > 4 else { return nil }
        return Suggestion.nearest(to: plain, among: names) ?? Suggestion.nearest(to: plain, among: words)
    }

    /// Zoho shows a name and an id of the users a field refers to.
    private func checkPerson(_ text: String, _ path: FieldPath, _ span: Span) throws {
        let people = values.places.shells.lazy.flatMap { $0.directory.snapshot.people }
        guard text.contains("@"), !people.contains(where: { $0.name.contains("@") }) else { return }
        throw ZoshError(
            .usage, "\(path) has a name and an id to look into, not an e-mail", at: span,
            remedy: "compare the whole address: \(path.names[0]) == ada@example.com")
    }
}

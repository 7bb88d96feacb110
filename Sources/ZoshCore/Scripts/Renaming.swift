internal import ZoshKit

/// Rewrites a text so that it holds in another organisation, and tomorrow: people by e-mail, roles and profiles by
/// name, and where only an id can stand, something that stands for it.
struct Renaming {
    /// What is written in place of an id that no name can replace.
    enum StandIn {
        /// The id its bearer has where the text is going to run.
        case id(String)
        /// A variable that will hold it.
        case variable(String)
    }

    /// An id that stays what it was.
    struct Stranger: Hashable {
        let text: String
        let span: Span
        /// Whose it is; nil when nobody here has it.
        let bearer: Bearer?
    }

    private let text: String
    private let plan: Plan
    private let directory: DirectorySnapshot
    private var replacements: [(span: Span, text: String)] = []
    private var strangers: [Stranger] = []

    /// - Parameters:
    ///   - directory: of the organisation the ids are from.
    ///   - namesInConditions: whether `id == X` may become `email == ada@x`, for people to read.
    ///   - standIn: what stands for an id; nil when nothing can.
    static func apply(
        to text: String, _ plan: Plan, _ directory: DirectorySnapshot, namesInConditions: Bool,
        standIn: (Bearer) -> StandIn?
    ) -> (text: String, strangers: [Stranger]) {
        var renaming = Renaming(text: text, plan: plan, directory: directory)
        var known = renaming.readMentions()
        if namesInConditions { known += renaming.readConditions() }
        renaming.readLooseIDs(besides: known, standIn)
        let strangers = renaming.strangers.sorted { $0.span.lower < $1.span.lower }
        return (TextEdit.apply(renaming.replacements, to: text), strangers)
    }

    private init(text: String, plan: Plan, directory: DirectorySnapshot) {
        self.text = text
        self.plan = plan
        self.directory = directory
    }

    /// Where a parameter says whose name stands there.
    /// - Returns: the places read.
    private mutating func readMentions() -> [Span] {
        let mentions = plan.mentions(in: text).filter(\.isRenamed)
        var options: [Span: [String]] = [:]
        for mention in mentions {
            guard let name = name(for: mention) else {
                strangers.append(Stranger(text: mention.text, span: mention.span, bearer: nil))
                continue
            }
            if let option = mention.option {
                options[option, default: []].append(Syntax.quoted(name))
            } else if name != mention.text {
                replacements.append((mention.span, Syntax.quoted(name)))
            }
        }
        // An option that takes only ids gives way to the people themselves.
        for (span, names) in options where names.count == mentions.count(where: { $0.option == span }) {
            replacements.append((span, names.joined(separator: " ")))
        }
        return mentions.map { $0.option ?? $0.span }
    }

    /// The e-mail or name to write; nil when an id is unknown here. What is no id stays as it is.
    private func name(for mention: Mention) -> String? {
        switch mention.kind {
        case .person:
            let found = directory.people(matching: mention.text)
            if found.count == 1, !found[0].email.isEmpty { return found[0].email }
            return mention.isID ? nil : mention.text
        case .role: return named(mention, directory.roles)
        case .profile: return named(mention, directory.profiles)
        }
    }

    private func named(_ mention: Mention, _ all: [NamedID]) -> String? {
        guard mention.isID else { return mention.text }
        return all.first { $0.id == mention.text }?.name
    }

    /// `where id == 4150868000000411001` becomes `where email == ada@x`.
    /// - Returns: the places read.
    private mutating func readConditions() -> [Span] {
        var known: [Span] = []
        for comparison in IDComparison.all(in: plan, text) {
            guard let (field, names) = comparison.named(directory) else { continue }
            replacements.append((comparison.field, field))
            for (value, name) in zip(comparison.values, names) {
                // Signs mean something in a condition even where a word needs no quotes.
                let isPlain = name.unicodeScalars.allSatisfy {
                    $0.isLetter || $0.isDigit || "@.-_+".unicodeScalars.contains($0)
                }
                replacements.append((value.span, isPlain ? Syntax.quoted(name) : Syntax.quoted(name, .single)))
                known.append(value.span)
            }
        }
        return known
    }

    private mutating func readLooseIDs(besides known: [Span], _ standIn: (Bearer) -> StandIn?) {
        let scalars = Array(text.unicodeScalars)
        for id in plan.looseIDs(in: text, besides: known) {
            guard let bearer = directory.bearer(of: id.text) else {
                if id.isCertain { strangers.append(Stranger(text: id.text, span: id.span, bearer: nil)) }
                continue
            }
            switch standIn(bearer) {
            case .id(let other): replacements.append((id.span, other))
            case .variable(let name): replacements.append(id.replaced(by: name, in: scalars))
            case nil: strangers.append(Stranger(text: id.text, span: id.span, bearer: bearer))
            }
        }
    }
}

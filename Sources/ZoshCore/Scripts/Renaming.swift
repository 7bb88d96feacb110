internal import ZoshKit

/// Rewrites a text so that it holds tomorrow: people by e-mail, roles and profiles by name, and where only an id can
/// stand, a variable that will hold it.
struct Renaming {
    /// An id that nothing in the organisation has; it stays as it is.
    struct UnknownID: Hashable {
        let text: String
        let span: Span
    }

    private let text: String
    private let plan: Plan
    private let directory: DirectorySnapshot
    private var replacements: [(span: Span, text: String)] = []
    private var unknownIDs: [UnknownID] = []

    /// - Parameters:
    ///   - directory: of the organisation the ids are from.
    ///   - variable: the name of the variable that will hold an id; nil where it has to stay as it is.
    static func apply(
        to text: String, _ plan: Plan, _ directory: DirectorySnapshot, variable: (NamedRecord) -> String?
    ) -> (text: String, unknownIDs: [UnknownID]) {
        var renaming = Renaming(text: text, plan: plan, directory: directory)
        let known = renaming.readMentions()
        renaming.readLooseIDs(besides: known, variable)
        let unknownIDs = renaming.unknownIDs.sorted { $0.span.lower < $1.span.lower }
        return (TextEdit.apply(renaming.replacements, to: text), unknownIDs)
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
                unknownIDs.append(UnknownID(text: mention.text, span: mention.span))
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

    /// The e-mail or name to write; nil when an id is unknown here. What is not an id stays as it is.
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

    private mutating func readLooseIDs(besides known: [Span], _ variable: (NamedRecord) -> String?) {
        let scalars = Array(text.unicodeScalars)
        for id in plan.looseIDs(in: text, besides: known) {
            if let record = directory.record(withID: id.text) {
                guard let name = variable(record) else { continue }
                replacements.append(id.replaced(by: name, in: scalars))
            } else if id.isCertain {
                unknownIDs.append(UnknownID(text: id.text, span: id.span))
            }
        }
    }
}

internal import ZoshKit

/// What belongs at the cursor, seen closer than a slot: the parts of a condition, the value of a bare `name=`, the sign
/// behind a new name.
enum CompletionPlace: Sendable {
    case slot(CompletionSlot)
    /// A part of a condition, after these words of it. `options` may stand before its first word.
    case condition(after: [Word], Signature, options: [Parameter])
    /// The value of `name=` where bare names are not options: a Zoho field, a script's parameter.
    case fieldValue(name: String, Signature)
    /// `=`, behind the name that is being defined.
    case sign(String)

    /// Whether users are what belongs here.
    var isAboutPeople: Bool {
        switch self {
        case .slot(.value(_, let type, _, _)): type.element == .user || type.element == .userID
        case .fieldValue(let name, let signature):
            FieldValues.isPerson(name, setBy: signature)
        default: false
        }
    }
}

extension CommandRegistry {
    func place(at context: CursorContext) -> CompletionPlace {
        switch context.kind {
        case .nothing, .file, .variable, .variableField: return .slot(slot(at: context))
        case .word, .optionName, .optionValue: break
        }
        let plain = context.words.prefix { $0.isPlain }.map(\.text)
        guard
            case .command(let entry, let count, _) = resolve(
                plain, spans: plain.map { _ in Span(0, 0) }, prefixes: true)
        else {
            return .slot(slot(at: context))
        }
        if entry.signature.states(.fansOut), context.words.count > count {
            let inner = context.dropping(words: count + 1)
            return fanOut(inner.words) != nil ? .slot(.nothing) : place(at: inner)
        }
        return entry.signature.place(after: context.words.dropFirst(count), context.kind) ?? .slot(slot(at: context))
    }
}

extension CommandRegistry {
    /// How many words stand before the command that runs for each of several connections; nil where nothing does that.
    func fanOut(_ words: [CursorContext.EarlierWord]) -> Int? {
        let plain = words.prefix { $0.isPlain }.map(\.text)
        guard
            case .command(let entry, let count, _) = resolve(
                plain, spans: plain.map { _ in Span(0, 0) }, prefixes: true), entry.signature.states(.fansOut)
        else { return nil }
        return count + 1
    }

    /// Whether a value may stand at the cursor at all: `exit $` and `count @` take none.
    func takesValue(at context: CursorContext) -> Bool {
        let plain = context.words.prefix { $0.isPlain }.map(\.text)
        guard
            case .command(let entry, let count, _) = resolve(
                plain, spans: plain.map { _ in Span(0, 0) }, prefixes: true)
        else {
            return true
        }
        if entry.signature.states(.fansOut), context.words.count > count {
            return takesValue(at: context.dropping(words: count + 1))
        }
        if entry.signature.states(.defines) { return false }
        if let word = context.word, word.assignment != nil || word.dropping(bare: "--")?.assignment != nil {
            return true
        }
        let reading = WordsRead(context.words.dropFirst(count).map(\.word), of: entry.signature)
        return reading.waiting != nil || reading.nextArgument.map { $0.type != .pipeline } ?? false
    }
}

extension Signature {
    fileprivate func place(after words: ArraySlice<CursorContext.EarlierWord>, _ kind: CursorContext.Kind)
        -> CompletionPlace?
    {
        switch kind {
        case .optionValue(let name, let dashed) where name == FormatRequest.name && parameter(named: name) == nil:
            guard dashed || !takesFields, positional.first?.type != .expression || dashed else { break }
            return .slot(.value(FormatRequest.parameter, FormatRequest.parameter.type, self, options: []))
        case .optionValue(let name, dashed: false) where takesFields: return .fieldValue(name: name, self)
        case .optionValue(_, dashed: true), .optionName, .variable, .variableField, .file, .nothing: return nil
        case .word where states(.defines) && words.count == 1: return .sign("=")
        case .word, .optionValue(_, dashed: false): break
        }
        guard positional.first?.type == .expression else { return nil }
        let reading = WordsRead(words.map(\.word), of: self)
        guard reading.waiting == nil, reading.nextArgument != nil else { return nil }
        let free = allParameters.filter { parameter in
            (parameter.kind == .option || parameter.kind == .flag) && !reading.named.contains(parameter.name)
        }
        return .condition(after: reading.bare, self, options: reading.bare.isEmpty ? free : [])
    }
}

public import ZoshKit

/// What kind of thing belongs at the cursor, once the registry has read the words before it.
public enum CompletionSlot: Sendable {
    /// The next word of a command's name, after these.
    case command(after: [String])
    /// A value of this type for this parameter. `options` are the named ones still free, which may stand here too
    /// when the cursor is in a separate word.
    case value(Parameter, ValueType, Signature, options: [Parameter])
    /// Only options may stand here.
    case option([Parameter], Signature)
    /// The name of one of the variables.
    case variable
    case variableField(of: String)
    case file
    case nothing
}

extension CommandRegistry {
    /// What belongs at the cursor.
    public func slot(at context: CursorContext) -> CompletionSlot {
        switch context.kind {
        case .nothing: return .nothing
        case .file: return .file
        case .variable: return .variable
        case .variableField(let name): return .variableField(of: name)
        case .word, .optionName, .optionValue: break
        }
        let plain = context.words.prefix { $0.isPlain }.map(\.text)
        guard
            case .command(let entry, let count, _) = resolve(
                plain, spans: plain.map { _ in Span(0, 0) }, prefixes: true)
        else {
            guard context.kind == .word, context.words.count == plain.count, let path = fullPath(plain) else {
                return .nothing
            }
            return .command(after: path)
        }
        // A complete command may be the beginning of a longer one.
        if context.kind == .word, count == context.words.count, !context.text.isEmpty, let path = fullPath(plain),
            words(after: path).contains(where: { $0.hasPrefix(context.text) })
        {
            return .command(after: path)
        }
        // `on acme users …` continues as the command after the connections would alone.
        if entry.signature.states(.fansOut), context.words.count > count {
            let inner = context.dropping(words: count + 1)
            return fanOut(inner.words) != nil ? .nothing : slot(at: inner)
        }
        return entry.signature.slot(after: context.words.dropFirst(count), context.kind)
    }

    /// The words with their abbreviations written out, as far as they lead.
    func fullPath(_ words: [String]) -> [String]? {
        var node = root
        var path: [String] = []
        for word in words {
            let matching = node.children[word] != nil ? [word] : node.children.keys.filter { $0.hasPrefix(word) }
            guard matching.count == 1, let child = node.children[matching[0]] else { return nil }
            path.append(matching[0])
            node = child
        }
        return path
    }
}

extension Signature {
    fileprivate func slot(after words: ArraySlice<CursorContext.EarlierWord>, _ kind: CursorContext.Kind)
        -> CompletionSlot
    {
        let reading = WordsRead(words.map(\.word), of: self)
        let free = allParameters.filter { parameter in
            switch parameter.kind {
            case .option, .flag: !reading.named.contains(parameter.name)
            case .argument, .optionalArgument, .arguments: false
            }
        }
        switch kind {
        case .optionValue(let name, let dashed):
            if takesFields && !dashed { return .nothing }
            guard let parameter = parameter(named: name) else { return .nothing }
            return .value(parameter, parameter.type.element, self, options: [])
        case .optionName: return .option(free, self)
        case .word, .variable, .variableField, .file, .nothing: break
        }
        if let waiting = reading.waiting { return .value(waiting, waiting.type.element, self, options: []) }
        guard let argument = reading.nextArgument else { return free.isEmpty ? .nothing : .option(free, self) }
        return .value(argument, argument.type.element, self, options: free)
    }
}

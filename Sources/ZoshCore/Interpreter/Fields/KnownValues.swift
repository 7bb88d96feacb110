internal import ZoshKit

/// Values of single-value variables, known before the text runs: after `let r = 'Manager'`, `role=$r` is checked like
/// `role=Manager`.
struct KnownValues: Sendable {
    private var texts: [String: String] = [:]
    private let dates: DateReader

    /// - Parameter variables: those the text can see already.
    init(_ variables: VariableScope = VariableScope(), dates: DateReader) {
        self.dates = dates
        // Each line sets the status.
        for name in variables.names where !Syntax.ownVariables.contains(name) {
            guard case .value(let value)? = variables[name] else { continue }
            texts[name] = value.comparedText
        }
    }

    subscript(name: String) -> String? {
        get { texts[name] }
        set { texts[name] = newValue }
    }

    mutating func forgetAll() { texts = [:] }

    /// The word with its variables written out; nil where one of them is not known.
    func text(_ word: Word) -> String? {
        var text = ""
        for fragment in word.fragments {
            guard case .variable(let reference) = fragment.kind else {
                text += fragment.text
                continue
            }
            guard reference.path.isEmpty, let value = texts[reference.name] else { return nil }
            text += value
        }
        return text
    }

    /// The stage with values in the place of the variables that are known.
    /// - Throws: `ZoshError.usage` at a value that its parameter cannot take.
    func filled(_ stage: PlannedStage) throws(ZoshError) -> PlannedStage {
        guard !texts.isEmpty else { return stage }
        var filled = stage
        for (index, given) in stage.given.enumerated() {
            guard case .deferred(let word) = given.source else { continue }
            if let file = self.file(word) {
                filled.given[index] = .init(parameter: given.parameter, source: .deferred(file))
            } else if word.dropping(bare: "@") == nil, let text = text(word) {
                let value = try ValueReader(dates: dates).read(
                    text, as: given.parameter.type, of: given.parameter.name, at: word.span)
                filled.given[index] = .init(
                    parameter: given.parameter, source: .value(BoundValue(value, at: word.span)))
            }
        }
        filled.fields = stage.fields.map { field in
            guard field.value.literal == nil else { return field }
            let isFile = field.value.dropping(bare: "@") != nil
            let value =
                file(field.value) ?? (isFile ? nil : text(field.value).map { Self.word($0, .single, field.value) })
            return value.map { .init(name: field.name, value: $0, span: field.span) } ?? field
        }
        filled.condition = stage.condition?.fillingWords { word in
            text(word).map { Literal(.string($0), at: word.span, dates: dates) }
        }
        return filled
    }

    /// `@$list` as `@leavers.csv`; nil for what is not a file, and where the path is not known.
    private func file(_ word: Word) -> Word? {
        guard let path = word.dropping(bare: "@"), path.literal == nil, let text = text(path) else { return nil }
        return Self.word("@" + text, .bare, word)
    }

    private static func word(_ text: String, _ kind: Word.Fragment.Kind, _ place: Word) -> Word {
        Word(fragments: [.init(kind: kind, text: text, span: place.span)], span: place.span)
    }
}

internal import ZoshKit

/// `--format json` at the end of a line: how the rows of this one line are written.
///
/// A command with its own option `format` (`open`, `save`) keeps it.
public struct FormatRequest {
    let format: OutputFormat
    /// The stage without the words that asked.
    let stage: Stage

    static let name = "format"
    static let words = OutputFormat.allCases.map(\.rawValue)

    /// The option as completion and help show it.
    static let parameter = Option(name, .choice(words), "How the rows of this line are written").parameter

    /// Whether a word may be going to be the option: every command takes it, so it is offered to who begins to type it.
    static func isMeant(by typed: String, _ signature: Signature) -> Bool {
        !typed.isEmpty && name.hasPrefix(typed) && !signature.states(.defines)
            && signature.parameter(named: name) == nil
    }

    /// Whether a line asks for JSON, as far as that can be known of one that cannot be read.
    public static func isForProgram(_ line: String) -> Bool {
        line.contains(/(--format(=|\s+)|\sformat=)(nd)?json\b/)
    }

    /// Nil when the stage asks for no format.
    init?(_ stage: Stage, _ registry: CommandRegistry, dates: DateReader) throws(ZoshError) {
        guard !stage.isProgram, let signature = Self.signature(of: stage, registry),
            signature.parameter(named: Self.name) == nil,
            let found = Self.find(in: stage.elements, of: signature)
        else { return nil }
        let place = found.value?.span ?? stage.elements[found.range.lowerBound].span
        guard let text = found.value?.literal, !text.isEmpty else {
            throw ZoshError(
                .usage, "--format needs a value", at: place, remedy: "use \(CommandRegistry.either(Self.words))")
        }
        let value = try ValueReader(dates: dates).read(text, as: .choice(Self.words), of: Self.name, at: place)
        guard let format = OutputFormat(rawValue: value.text) else { return nil }
        var elements = stage.elements
        elements.removeSubrange(found.range)
        self.format = format
        self.stage = Stage(elements: elements, span: stage.span)
    }

    /// What the stage's words name; of a fan-out, what its command does, which is never another fan-out.
    private static func signature(of stage: Stage, _ registry: CommandRegistry, isInner: Bool = false) -> Signature? {
        let plain = stage.elements.prefix { $0.word?.plain != nil }.compactMap { $0.word?.plain }
        guard
            case .command(let entry, let count, _) = registry.resolve(
                plain, spans: plain.map { _ in stage.span }, prefixes: true)
        else { return nil }
        guard !isInner, entry.signature.states(.fansOut), stage.elements.count > count + 1 else {
            return entry.signature
        }
        let inner = Stage(elements: Array(stage.elements.dropFirst(count + 1)), span: stage.span)
        return signature(of: inner, registry, isInner: true)
    }

    private static func find(
        in elements: [Element], of signature: Signature
    ) -> (range: Range<Int>, value: Word?)? {
        let isExpression = signature.positional.contains { $0.type == .expression }
        for index in elements.indices {
            guard let word = elements[index].word else { continue }
            if word.plain == "--" { return nil }
            let next = index + 1 < elements.count ? elements[index + 1].word : nil
            // Before a condition, and behind it; inside, the words are the condition's.
            func isOutside(_ end: Int) -> Bool { !isExpression || end == elements.count }
            if word.plain == "--format", isOutside(index + 2) || next == nil {
                return (index..<min(index + 2, elements.count), next)
            }
            if let value = word.dropping(bare: "--")?.assignment, value.name == name, isOutside(index + 1) {
                return (index..<index + 1, value.value)
            }
            if !signature.takesFields, !isExpression, let value = word.assignment, value.name == name {
                return (index..<index + 1, value.value)
            }
        }
        return nil
    }
}

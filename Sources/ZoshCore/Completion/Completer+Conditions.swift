internal import ZoshKit

extension Completer {
    private static let comparisons = ["==", "!=", "~", "!~", "<", "<=", ">", ">="]

    /// Fields, operators or values, whichever a condition expects at the cursor.
    func condition(_ words: [Word], _ context: CursorContext) -> [CompletionCandidate] {
        let place = ConditionPlace(words, current: context.word, end: context.range.upper)
        let context = context.completing(place.text, besides: place.elements, in: place.range)
        func offer(_ words: [String], _ kind: CompletionCandidate.Kind, ending: String = " ") -> [CompletionCandidate] {
            WordRanking.best(words, for: context.text, by: \.self).map { plain($0, "", kind, context, ending: ending) }
        }
        func signs(_ words: [String]) -> [CompletionCandidate] {
            guard context.quoting == .bare else { return [] }
            return words.filter { $0.hasPrefix(context.text) }
                .map { CompletionCandidate(insertion: $0 + ($0.hasSuffix("(") ? "" : " "), display: $0, kind: .value) }
        }
        switch place.expected {
        case .field: return offer(RowFields(registry).names(before: context, around), .field)
        case .comparison:
            return signs(Self.comparisons + ["contains", "not contains", "in (", "not in (", "and", "or"])
        case .list: return signs(["("])
        case .connective: return signs(["and", "or"])
        case .separator: return []
        case .value(let field, let inList):
            return known(
                valuesOf: field, ofUsers: RowFields(registry).isOfUsers(FieldPath(field), before: context, around),
                context,
                ending: inList ? "" : " ")
        }
    }

    /// What a candidate replaces where a condition is typed: of `(act` only `act`.
    func conditionRange(_ words: [Word], _ context: CursorContext) -> Span {
        ConditionPlace(words, current: context.word, end: context.range.upper).range
    }
}

internal import ZoshKit

/// The fields among the words of a parameter that takes a list of them: `role.name as role, -count desc`, `on email`.
struct FieldWords {
    /// A word that is not a field: `as` and the name behind it, a direction, the `on` of a join.
    private static func isOther(_ index: Int, _ words: [BoundValue]) -> Bool {
        switch words[index].text {
        case "as" where index > 0: true
        case "asc", "desc": index > 0
        case "on": index == 0 && words.count > 1
        default: index > 0 && words[index - 1].text == "as"
        }
    }

    /// The same words with every field replaced.
    /// - Parameter field: what a field becomes; called in the order they stand.
    static func replacing(
        _ words: [BoundValue], with field: (FieldPath, Span) async throws -> FieldPath
    ) async throws -> [BoundValue] {
        var result: [BoundValue] = []
        for (index, word) in words.enumerated() {
            guard let text = word.value.string, !isOther(index, words) else {
                result.append(word)
                continue
            }
            let sign = text.hasPrefix("-") && text.count > 1 ? "-" : ""
            let path = try await field(FieldPath(String(text.dropFirst(sign.count))), word.span)
            result.append(BoundValue(.string(sign + path.description), at: word.span))
        }
        return result
    }
}

internal import ZoshKit

/// The fields among the words of a parameter that takes a list of them: `role.name as role, -count desc`, `on email`.
struct FieldWords {
    /// Whose words they are.
    let signature: Signature?

    /// A word that is not a field: `as` and the name behind it, a direction, the `on` of a join.
    private func isOther(_ index: Int, _ words: [BoundValue]) -> Bool {
        let renames = signature?.states(.picksFields) == true
        return switch words[index].text {
        case "as" where index > 0 && renames: true
        case "asc", "desc": index > 0 && signature?.states(.ordersFields) == true
        case "on": index == 0 && words.count > 1 && signature?.states(.joins) == true
        default: index > 0 && renames && words[index - 1].text == "as"
        }
    }

    /// The same words with every field replaced.
    /// - Parameter field: what a field becomes; called in the order they stand.
    func replacing(
        _ words: [BoundValue], with field: (FieldPath, Span) async throws -> FieldPath
    ) async throws -> [BoundValue] {
        var result: [BoundValue] = []
        for (index, word) in words.enumerated() {
            guard let text = word.value.string, !isOther(index, words) else {
                result.append(word)
                continue
            }
            let sign = text.hasPrefix("-") && text.count > 1 ? "-" : ""
            do {
                let path = try await field(FieldPath(String(text.dropFirst(sign.count))), word.span)
                result.append(BoundValue(.string(sign + path.description), at: word.span))
            } catch let error as ZoshError where error.kind == .usage {
                throw explained(index, words) ?? error
            }
        }
        return result
    }

    /// What is wrong with a word that other stages and other tools know, where no field has its name.
    private func explained(_ index: Int, _ words: [BoundValue]) -> ZoshError? {
        guard let name = signature?.name, words.count > 1 else { return nil }
        let word = words[index]
        func plain(_ words: some Sequence<BoundValue>) -> String {
            words.map { $0.text.neutralised }.joined(separator: ", ")
        }
        switch word.text {
        case "by" where index == 0:
            return ZoshError(
                .usage, "'\(name)' needs no 'by'", at: word.span, remedy: "\(name) \(plain(words.dropFirst()))")
        case "as" where index > 0:
            return ZoshError(
                .usage, "'\(name)' cannot rename fields", at: word.span,
                remedy: index + 1 < words.count
                    ? "\(name) \(plain(words.prefix(index))) | select \(plain(words[(index - 1)..<index])) as "
                        + words[index + 1].text.neutralised
                    : "\(name) \(plain(words.prefix(index)))")
        case "asc" where index > 0, "desc" where index > 0:
            return ZoshError(
                .usage, "'\(name)' cannot sort", at: word.span,
                remedy: "\(name) \(plain(words.prefix(index))) | sort \(words[index - 1].text.neutralised) \(word.text)"
            )
        default: return nil
        }
    }
}

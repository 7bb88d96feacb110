/// An answer as it is typed, and what to write so that the screen shows it.
struct AnswerEntry {
    enum Step: Equatable {
        case more(String)
        case done, ended
    }

    private let keys: EditingKeys
    private(set) var text = ""

    init(keys: EditingKeys) {
        self.keys = keys
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Step {
        switch scalar.value {
        case 0x0A, 0x0D: return .done
        case UInt32(keys.end): return text.isEmpty ? .ended : .more("")
        case UInt32(keys.erase), 0x08, 0x7F: return .more(erase { _ in false })
        case UInt32(keys.eraseAll): return .more(erase { _ in true })
        case UInt32(keys.eraseWord):
            var isInWord = false
            return .more(
                erase { last in
                    isInWord = isInWord || last != " "
                    return !isInWord || last != " "
                })
        case 0..<0x20: return .more("")
        default: return .more(insert(String(scalar)))
        }
    }

    mutating func insert(_ more: String) -> String {
        let more = String(more.map { $0 == "\t" ? " " : $0 })
        text += more
        return ColumnWidth.neutral(more)
    }

    mutating func clear() { text = "" }

    /// Erases characters from the end: one, and on while the one before is wanted, too.
    private mutating func erase(_ goesOn: (Character) -> Bool) -> String {
        var shown = ""
        guard let last = text.last else { return "" }
        _ = goesOn(last)
        repeat {
            let width = ColumnWidth.of(ColumnWidth.neutral(String(text.removeLast())))
            let back = String(repeating: "\u{8}", count: width)
            shown += back + String(repeating: " ", count: width) + back
        } while text.last.map(goesOn) ?? false
        return shown
    }
}

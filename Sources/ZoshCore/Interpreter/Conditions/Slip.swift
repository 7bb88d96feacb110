internal import ZoshKit

/// Whether a value is surely a misspelt one of those that occur.
///
/// Stricter than a suggestion, because what resembles a value may be right: `Iceland` is not `Ireland`, `inactive` not
/// `active`, `Tier 2` not `Tier 1`. Certain are another case, other spaces and signs, two letters in each other's
/// place, and one letter too many or too few inside a word.
enum Slip {
    /// The value that was meant.
    static func value(_ text: String, among values: [String]) -> String? {
        guard text.unicodeScalars.count <= Suggestion.longest else { return nil }
        if let same = values.first(where: { isSame(text, $0) }) { return same }
        return values.first { isMisspelt(text, $0) }
    }

    /// Whether two texts differ in nothing but case, spaces and signs.
    static func isSame(_ a: String, _ b: String) -> Bool { !plain(a).isEmpty && plain(a) == plain(b) }

    /// The word of a value that was meant by a part of a text or a pattern.
    static func part(_ text: String, among values: [String]) -> String? {
        let plain = text.replacing(/\\[A-Za-z]/, with: " ").filter { !"^$*+?".contains($0) }
        let wanted = words(plain)
        guard wanted.contains(where: { $0.count > 3 }) else { return nil }
        let words = shared(values)
        let whole = wanted.joined(separator: " ")
        if let meant = value(whole, among: words) { return meant }
        for word in wanted where word.count > 3 && !words.contains(where: { $0.lowercased() == word.lowercased() }) {
            if let meant = value(word, among: words) { return meant }
        }
        return nil
    }

    /// The words of values; of many values those that several have, since a name of one is near too many others.
    private static func shared(_ values: [String]) -> [String] {
        var counts: [String: Int] = [:]
        var order: [String] = []
        for word in values.flatMap({ Set([$0] + words($0)) }) {
            if counts[word] == nil { order.append(word) }
            counts[word, default: 0] += 1
        }
        return values.count < 5 ? order : order.filter { (counts[$0] ?? 0) > 1 }
    }

    private static func words(_ text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Letters and digits alone, in small letters.
    private static func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

    private static func isMisspelt(_ text: String, _ value: String) -> Bool {
        let (a, b) = (Array(text.lowercased()), Array(value.lowercased()))
        guard min(a.count, b.count) >= 4, abs(a.count - b.count) <= 1, a.first == b.first || isSwapped(a, b) else {
            return false
        }
        if a.count == b.count { return isSwapped(a, b) || isLookalike(a, b) }
        let (short, long) = a.count < b.count ? (a, b) : (b, a)
        let place = zip(short, long).prefix { $0 == $1 }.count
        return short[place...] == long[(place + 1)...] && long[place].isLetter
    }

    private static func isSwapped(_ a: [Character], _ b: [Character]) -> Bool {
        let places = a.indices.filter { b.indices.contains($0) && a[$0] != b[$0] }
        guard a.count == b.count, places.count == 2, places[1] == places[0] + 1 else { return false }
        return a[places[0]] == b[places[1]] && a[places[1]] == b[places[0]] && a[places[0]].isLetter
            && a[places[1]].isLetter
    }

    /// A digit in the place of the letter it looks like: `CE0`.
    private static func isLookalike(_ a: [Character], _ b: [Character]) -> Bool {
        let pairs: [Character: Character] = ["0": "o", "1": "l", "5": "s"]
        let differing = zip(a, b).filter { $0 != $1 }
        return differing.count == 1 && differing.allSatisfy { pairs[$0] == $1 || pairs[$1] == $0 }
    }
}

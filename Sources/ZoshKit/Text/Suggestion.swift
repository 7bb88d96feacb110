/// Finds what the person probably meant: the nearest word by edit distance.
///
/// Distance counts insertions, deletions, replacements and swapped neighbours, the four slips of typing. Words longer
/// than `longest` get no suggestion, so that a hostile word costs nothing.
///
/// For example `Suggestion.nearest(to: "usres", among: ["users", "roles"])` is "users".
public enum Suggestion {
    public static let longest = 64

    /// The nearest candidate, if it is near enough to be a slip; of equally near ones one that continues it, else the
    /// first.
    public static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(text.lowercased().unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= longest else { return nil }
        let limit = wanted.count <= 4 ? 1 : wanted.count <= 7 ? 2 : 3
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let scalars = Array(candidate.lowercased().unicodeScalars)
            guard abs(scalars.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, scalars)
            guard distance <= min(limit, max(1, scalars.count - 1)) else { continue }
            // What was typed may be a whole beginning: `user` means `users` rather than `use`.
            let isBetter = best.map {
                distance < $0.distance
                    || (distance == $0.distance && scalars.starts(with: wanted)
                        && !$0.candidate.lowercased().hasPrefix(text.lowercased()))
            }
            if isBetter ?? true { best = (candidate, distance) }
        }
        return best?.candidate
    }

    public static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, beforeLast[j - 2] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }

    /// What a remedy that lists what there is begins with.
    package static let listMark = "there are: "

    /// `there are: a, b, c and 29 more; list them with: roles list`.
    public static func thereAre(_ names: [String], _ command: String) -> String {
        "\(listMark)\(names.fewNames)" + (names.count > 4 ? "; list them with: \(command)" : "")
    }

    /// The nearest candidate, else the first that what was typed is the beginning of: `Salesrep` and `Slaes` of `Sales
    /// Representative`.
    public static func nameRemedy(for text: String, among names: [String]) -> String? {
        if let near = remedy(for: text, among: names) { return near }
        let wanted = text.lowercased().filter { !$0.isWhitespace }
        guard wanted.count > 2 else { return nil }
        let begun = names.first { $0.lowercased().filter { !$0.isWhitespace }.hasPrefix(wanted) }
        let words = text.split(separator: " ").count
        let beginnings = names.map { $0.split(separator: " ").prefix(words).joined(separator: " ") }
        let near = nearest(to: text, among: beginnings).flatMap { beginnings.firstIndex(of: $0) }.map { names[$0] }
        return (begun ?? near).map { "did you mean '\($0.neutralised)'?" }
    }

    /// `did you mean 'x'?`, or nil.
    public static func remedy(for text: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: text, among: candidates).map { "did you mean '\($0.neutralised)'?" }
    }
}

extension ZoshError {
    /// What the remedy lists when it lists what there is.
    package var choices: Substring? {
        remedy.flatMap { $0.hasPrefix(Suggestion.listMark) ? $0.dropFirst(Suggestion.listMark.count) : nil }
    }
}

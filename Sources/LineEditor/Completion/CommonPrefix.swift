/// The beginning all texts share, cut at whole characters.
enum CommonPrefix {
    static func of(_ texts: [String]) -> String {
        guard var prefix = texts.first else { return "" }
        for text in texts.dropFirst() where !text.hasPrefix(prefix) {
            prefix = String(zip(prefix, text).prefix { $0 == $1 }.map(\.0))
            if prefix.isEmpty { break }
        }
        return prefix
    }
}

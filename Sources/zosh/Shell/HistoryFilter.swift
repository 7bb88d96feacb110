import ZoshCore

/// Keeps secrets out of the history: a line that holds something token-shaped is not remembered.
enum HistoryFilter {
    static func kept(_ line: String) -> String? { SecretShape.isIn(line) ? nil : line }
}

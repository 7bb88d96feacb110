/// Keeps secrets out of the history: a line that holds something token-shaped is not remembered.
///
/// Zoho's codes and tokens look like `1000.<32 hex>.<32 hex>`; client secrets are bare hexadecimal of 42 digits.
enum HistoryFilter {
    static func kept(_ line: String) -> String? {
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "." }
        let secret = words.contains { word in
            word.split(separator: ".").contains { $0.count >= 32 && $0.allSatisfy(\.isHexDigit) && $0.contains { $0.isLetter } }
        }
        return secret ? nil : line
    }
}

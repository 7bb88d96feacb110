/// What secrets look like in text: Zoho's codes and tokens are `1000.<32 hex>.<32 hex>`, client secrets 42 hexadecimal
/// digits. Lines that hold one are neither remembered nor recorded.
public enum SecretShape {
    public static func isIn(_ line: String) -> Bool {
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "." }
        return words.contains { word in
            word.split(separator: ".").contains { $0.count >= 32 && $0.allSatisfy(\.isHexDigit) && $0.contains { $0.isLetter } }
        }
    }
}

/// What a connection may be called: a word that every command can name it by.
///
/// For example `ConnectionNaming.mistake(in: "all")` is an error, and that of "acme-eu" is nil.
public enum ConnectionNaming {
    /// Whether `on` takes this word for something else than one connection.
    public static func isReserved(_ name: String) -> Bool { name.lowercased() == "all" }

    /// Why nothing can be called this; nil when a connection can.
    public static func mistake(in name: String) -> ZoshError? {
        if isReserved(name) {
            return ZoshError(
                .usage, "'\(name.neutralised)' means every connection (on all …), so no connection can have this name",
                remedy: "choose another name")
        }
        guard let first = name.first, first.isLetter || first.isNumber, name.count <= 64,
            name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
        else {
            return ZoshError(
                .usage, "'\(name.neutralised)' is not a valid connection name",
                remedy: "use up to 64 letters, digits, - _ and ., beginning with a letter or digit")
        }
        return nil
    }
}

/// The words for a user's status: Zoho takes `inactive` and shows `disabled` (Update User documentation).
public enum UserStatus {
    /// The word Zoho shows for a status, whatever its case and whichever of the two words it is.
    public static func canonical(_ text: String) -> String {
        let folded = text.lowercased()
        return folded == "inactive" ? "disabled" : folded
    }

    /// Whether a field of this path holds a status.
    public static func isStatus(_ path: FieldPath) -> Bool {
        (path.beforeJoin ?? path).names.last?.lowercased() == "status"
    }
}

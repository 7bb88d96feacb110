internal import CLibedit
internal import Glibc

/// Makes sure this process can decode what is typed, whatever locale it was started in.
///
/// Without a UTF-8 `LC_CTYPE`, libedit drops every non-ASCII byte and a non-ASCII prompt makes it
/// dereference NULL; so when the user's locale is not UTF-8, `C.UTF-8` is adopted instead.
enum TextLocale {
    /// Sets `LC_CTYPE`. True when the user's own choice was UTF-8. Call before threads that format text start.
    static func adopt() -> Bool {
        if setlocale(LC_CTYPE, "") != nil, isUTF8 { return true }
        _ = setlocale(LC_CTYPE, "C.UTF-8")
        return false
    }

    static var isUTF8: Bool {
        guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
        return String(cString: name) == "UTF-8"
    }
}

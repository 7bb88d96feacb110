/// The ways text is written in files that `--encoding` knows.
///
/// For example `TextEncoding(rawValue: "windows-1252")`.
public enum TextEncoding: String, Sendable, CaseIterable, CallConvertible {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case latin1 = "iso-8859-1"
    case latin9 = "iso-8859-15"
    case macRoman = "macintosh"
}

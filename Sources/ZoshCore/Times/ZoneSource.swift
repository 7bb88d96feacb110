internal import ZoshKit

#if canImport(Glibc)
    internal import Glibc
#endif

/// The time zones there are.
public struct ZoneSource: Sendable {
    /// The name of this machine's zone; nil where it has none.
    let here: @Sendable () -> String?
    /// Nil for a name that no zone has.
    let rules: @Sendable (String) -> ZoneRules?
    /// Names to suggest.
    let names: @Sendable () -> [String]

    init(
        here: @escaping @Sendable () -> String?, rules: @escaping @Sendable (String) -> ZoneRules?,
        names: @escaping @Sendable () -> [String] = { [] }
    ) {
        self.here = here
        self.rules = rules
        self.names = names
    }

    /// One zone alone.
    public static let utc = ZoneSource(here: { "UTC" }, rules: { $0 == "UTC" ? ZoneRules(posix: "UTC0") : nil })

    /// Those of the system's database, in UTC.
    public static let utcHere = ZoneSource(here: { "UTC" }, rules: { Zoneinfo.rules($0) }, names: { Zoneinfo.names })

    /// This machine's.
    public static let system = ZoneSource(
        here: { Zoneinfo.here }, rules: { Zoneinfo.rules($0) }, names: { Zoneinfo.names })
}

/// The system's time zone database (package tzdata): a file for each zone.
private enum Zoneinfo {
    private static let folder = "/usr/share/zoneinfo/"

    static func rules(_ name: String) -> ZoneRules? {
        guard isName(name) else { return nil }
        if let bytes = bytes(at: folder + name), let rules = ZoneRules(file: bytes) { return rules }
        // Known without a database.
        return ["UTC", "GMT", "Etc/UTC"].contains(name) ? ZoneRules(posix: "UTC0") : nil
    }

    /// Zones that count leap seconds have names under `right`; some files there are rules for other programs.
    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 64
            && !["right", "posix", "posixrules", "localtime", "Factory"].contains(String(parts[0]))
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.first.map { (65...90).contains($0 & 0xDF) } == true
                    && part.utf8.allSatisfy {
                        (65...90).contains($0 & 0xDF) || (48...57).contains($0) || [43, 45, 95].contains($0)
                    }
            }
    }

    /// By `TZ`, else by what /etc/localtime points to.
    static var here: String? {
        if let value = getenv("TZ").map({ String(cString: $0) }) {
            let name = value.hasPrefix(":") ? String(value.dropFirst()) : value
            // POSIX: an empty one means UTC.
            return name.isEmpty ? "UTC" : rules(name) == nil ? nil : name
        }
        var target = [UInt8](repeating: 0, count: 4096)
        let length = target.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { readlink("/etc/localtime", $0, text.count) } ?? -1
            }
        }
        if length > 0 {
            let path = String(decoding: target[0..<length], as: UTF8.self)
            guard let found = path.firstRange(of: "zoneinfo/") else { return nil }
            let name = String(path[found.upperBound...])
            return rules(name) == nil ? nil : name
        }
        if access("/etc/localtime", F_OK) != 0 { return "UTC" }
        // A copy of a zone's file says which zone it is only there.
        guard let bytes = bytes(at: "/etc/timezone") else { return nil }
        let name = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        return rules(name) == nil ? nil : name
    }

    static var names: [String] {
        let table = bytes(at: folder + "tzdata.zi") ?? []
        return String(decoding: table, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 2 else { return nil }
            return words[0] == "Z" ? String(words[1]) : words[0] == "L" ? String(words[2]) : nil
        }
    }

    private static func bytes(at path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size <= 1 << 20 else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
        var length = 0
        while length < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                read(file, $0.baseAddress?.advanced(by: length), $0.count - length)
            }
            guard count > 0 else { break }
            length += count
        }
        return Array(bytes[0..<length])
    }
}

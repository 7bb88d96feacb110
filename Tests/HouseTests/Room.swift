/// What each room may import, beside the Swift toolchain's own modules.
///
/// The compiler's explicit-import check misses what arrives through another module, so the import lines themselves
/// are read. A new room or a new arrow is a line here, where a reviewer sees it.
struct Room {
    let name: String
    let path: String
    let ours: Set<String>
    let theirs: Set<String>

    init(_ name: String, path: String? = nil, ours: Set<String> = [], theirs: Set<String> = []) {
        self.name = name
        self.path = path ?? "Sources/\(name)"
        self.ours = ours
        self.theirs = theirs
    }

    static let toolchain: Set<String> = [
        "Swift", "Glibc", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "RegexBuilder",
    ]

    static let all: [Room] = [
        Room("ZoshKit"),
        Room("ZoshTrust", ours: ["ZoshKit", "CLinux"]),
        Room("LineEditor", ours: ["CLibedit", "CLinux"]),
        Room("ZohoClient", ours: ["ZoshKit", "ZoshTrust", "CLibcrypto", "CLibcurl", "CSimdjson"]),
        Room("Vault", ours: ["ZoshKit", "ZoshTrust", "CLibcrypto", "CLinux"], theirs: ["GRDB"]),
        Room(
            "LoginCallback", ours: ["ZoshTrust"],
            theirs: ["NIOCore", "NIOHTTP1", "NIOPosix"]),
        Room("ZoshGate", ours: ["ZoshKit"]),
        Room("ZoshCore", ours: ["ZoshKit", "CLinux"], theirs: ["Yams"]),
        Room(
            "ZohoEmulator", ours: ["CLibssl"],
            theirs: ["NIOCore", "NIOHTTP1", "NIOPosix"]),
        Room("zoho-emulator", ours: ["ZohoEmulator"], theirs: ["ArgumentParser"]),
        Room("Access", path: "Plugins/Access", ours: ["ZoshKit"]),
        Room("Audit", path: "Plugins/Audit", ours: ["ZoshKit"]),
        Room("Auth", path: "Plugins/Auth", ours: ["ZoshKit", "ZoshTrust"]),
        Room("Connections", path: "Plugins/Connections", ours: ["ZoshKit", "ZoshTrust"]),
        Room("Jobs", path: "Plugins/Jobs", ours: ["ZoshKit"]),
        Room("Orgs", path: "Plugins/Orgs", ours: ["ZoshKit"]),
        Room("Users", path: "Plugins/Users", ours: ["ZoshKit"]),
    ]

    /// The rooms that compose: they may import every other room.
    static let composers: Set<String> = ["zosh", "ZoshTesting"]

    /// Who may see secrets, logins and the store's keys.
    static let trusted: Set<String> = [
        "ZoshTrust", "ZohoClient", "LoginCallback", "Vault", "Auth", "Connections", "zosh", "ZoshTesting",
    ]
}

// swift-tools-version: 6.2
import PackageDescription

// "Plugin" in this repository means a shell plugin: a module that registers commands. SwiftPM's own word means a
// build plugin; there is none here.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A built-in module: depends on ZoshKit alone. It may also use ZoshKit's `package` declarations (`RowProblems`,
/// `Timestamp`, `Call.origin` …), which modules of other packages cannot.
/// - Parameter trusted: whether it may also see logins, secrets and the store's keys.
func module(_ name: String, trusted: Bool = false) -> Target {
    .target(
        name: name, dependencies: trusted ? ["ZoshKit", "ZoshTrust"] : ["ZoshKit"], path: "Plugins/\(name)",
        swiftSettings: house)
}

// A sanitizer's library cannot be linked into a static program.
let staticProgram: [LinkerSetting] =
    Context.environment["ZOSH_SANITIZED"] == nil ? [.unsafeFlags(["-static-executable", "-nostartfiles"])] : []

let package = Package(
    name: "zosh",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // The vocabulary that all rooms but LineEditor and ZohoEmulator share.
        .target(name: "ZoshKit", swiftSettings: house),
        // Secrets, logins and the store's keys. HouseTests check who imports it.
        .target(name: "ZoshTrust", dependencies: ["ZoshKit", "CLinux"], swiftSettings: house),

        // C doors.
        .target(name: "CLinux"),
        .target(name: "CLibcrypto", linkerSettings: [.linkedLibrary("crypto")]),
        // Both load their library when it is first needed.
        .target(name: "CLibcurl", dependencies: ["CLibcrypto"]),
        .target(name: "CLibssl", linkerSettings: [.linkedLibrary("crypto")]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]),
        // Starts programs apart from us; lies beside zosh. Static, so that nothing of the outside is loaded into it.
        .executableTarget(name: "zosh-confine", linkerSettings: staticProgram),
        .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),

        // The rooms. None imports another; only the executable composes them.
        .target(name: "LineEditor", dependencies: ["CLibedit", "CLinux"], swiftSettings: house),
        .target(
            name: "ZohoClient",
            dependencies: ["ZoshKit", "ZoshTrust", "CLibcrypto", "CLibcurl", "CSimdjson"], swiftSettings: house),
        .target(
            name: "LoginCallback",
            dependencies: [
                "ZoshTrust",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: house),
        .target(
            name: "Vault",
            dependencies: [
                "ZoshKit", "ZoshTrust", "CLibcrypto", "CLinux",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: house),
        .target(
            name: "ZoshCore", dependencies: ["ZoshKit", "CLinux", .product(name: "Yams", package: "Yams")],
            swiftSettings: house),
        .target(name: "ZoshGate", dependencies: ["ZoshKit"], swiftSettings: house),
        .target(
            name: "ZohoEmulator",
            dependencies: [
                "CLibssl",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: house),

        // Built-in modules.
        module("Access"), module("Audit"), module("Auth", trusted: true), module("Connections", trusted: true),
        module("Jobs"), module("Orgs"), module("Users"),

        // The executables.
        .executableTarget(
            name: "zosh",
            dependencies: [
                "ZoshKit", "ZoshTrust", "LineEditor", "ZohoClient", "LoginCallback", "Vault", "ZoshCore", "ZoshGate",
                "ZohoEmulator", "CLinux", "zosh-confine",
                "Access", "Audit", "Auth", "Connections", "Jobs", "Orgs", "Users",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: house),
        .executableTarget(
            name: "zoho-emulator",
            dependencies: ["ZohoEmulator", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: house),

        // What tests share: transcripts, golden files, a terminal to type at, the program beside an emulator.
        .target(name: "ZoshTesting", dependencies: ["ZohoEmulator", "ZoshKit"], swiftSettings: house),
        .executableTarget(
            name: "EditorHost", dependencies: ["LineEditor"], path: "Tests/Fixtures/EditorHost", swiftSettings: house),
        // Services that have nothing, for tests that need the commands and run none of them.
        .target(
            name: "SignedOut", dependencies: ["ZoshCore", "ZoshKit", "ZoshTrust"], path: "Tests/Fixtures/SignedOut",
            swiftSettings: house),

        // A libFuzzer target when built for it (scripts/fuzz.sh), else a reader of what a campaign found.
        .executableTarget(
            name: "LanguageFuzz",
            dependencies: ["ZoshCore", "ZoshKit", "Access", "Auth", "Connections", "Orgs", "SignedOut", "Users"],
            path: "Tests/Fuzz", exclude: ["seeds", "language.dict"], swiftSettings: house),

        .testTarget(
            name: "HouseTests", dependencies: ["zosh", "ZoshCore", "ZoshKit", "SignedOut", "ZoshTesting"],
            swiftSettings: house),
        .testTarget(name: "ZoshKitTests", dependencies: ["ZoshKit"], swiftSettings: house),
        .testTarget(
            name: "LineEditorTests", dependencies: ["LineEditor", "ZoshTesting", "EditorHost"], swiftSettings: house),
        .testTarget(
            name: "ZoshCoreTests",
            dependencies: ["ZoshCore", "ZoshGate", "ZoshKit", .product(name: "Yams", package: "Yams")],
            exclude: ["Golden"], swiftSettings: house),
        .testTarget(name: "ZoshGateTests", dependencies: ["ZoshGate", "ZoshKit", "ZoshTrust"], swiftSettings: house),
        .testTarget(
            name: "VaultTests",
            dependencies: [
                "Vault", "ZoshTrust", "CLibcrypto", "CLinux", "ZoshTesting",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], exclude: ["Fixtures"], swiftSettings: house),
        .testTarget(
            name: "ZohoEmulatorTests", dependencies: ["ZohoEmulator", "zoho-emulator", "ZoshTesting"],
            resources: [.copy("Fixtures")], swiftSettings: house),
        .testTarget(
            name: "ZohoClientTests",
            dependencies: ["ZohoClient", "ZoshKit", "ZoshTrust", "ZohoEmulator", "ZoshTesting"], swiftSettings: house),
        .testTarget(
            name: "LoginCallbackTests", dependencies: ["LoginCallback", "ZoshKit", "ZoshTrust", "ZoshTesting"],
            swiftSettings: house),
        .testTarget(
            name: "TranscriptTests",
            dependencies: [
                "zosh", "ZoshKit", "ZoshTrust", "ZoshCore", "ZohoClient", "Vault", "ZohoEmulator", "ZoshTesting",
            ],
            swiftSettings: house),
        .testTarget(
            name: "ZoshTests",
            dependencies: [
                "zosh", "Audit", "LineEditor", "ZoshKit", "ZoshCore", "ZohoEmulator", "ZoshTesting",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        // What people, files, networks and attackers really send, one kind of fault a file; its transcripts are played
        // by TranscriptTests.
        .testTarget(
            name: "FieldTests",
            dependencies: [
                "zosh", "LineEditor", "ZoshKit", "ZoshTrust", "ZoshCore", "ZohoClient", "ZohoEmulator", "Vault",
                "SignedOut", "ZoshTesting",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/Field", exclude: ["files", "sessions"], swiftSettings: house),
    ],
    cxxLanguageStandard: .cxx17
)

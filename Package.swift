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

/// A built-in module: sees the public vocabulary and nothing else of ours.
func module(_ name: String) -> Target {
    .target(name: name, dependencies: ["ZoshKit"], path: "Plugins/\(name)", swiftSettings: house)
}

let package = Package(
    name: "zosh",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
    ],
    targets: [
        // The vocabulary everybody speaks.
        .target(name: "ZoshKit", dependencies: ["CLinux"], swiftSettings: house),

        // C doors.
        .target(name: "CLinux"),

        // Built-in modules.
        module("Access"), module("Auth"), module("Connections"), module("Orgs"), module("Users"),
    ]
)

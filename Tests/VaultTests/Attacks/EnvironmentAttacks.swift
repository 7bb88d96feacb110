internal import CLinux
internal import Foundation
internal import Glibc
internal import Testing

@testable internal import Vault

@Suite struct EnvironmentAttacks {
    @Test func `environ-overwritten`() async {
        await #expect(processExitsWith: .success) {
            // The value a parent gave: it lies in the block the kernel shows.
            let shown = shownEnvironment()
            let entries = shown.split(separator: 0).filter { $0.count > 10 && $0.contains(UInt8(ascii: "=")) }
            func name(_ entry: Data) -> String {
                String(decoding: entry.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
            }
            // One that was not set again since, and that is no part of another.
            let entry = try #require(
                entries.first { entry in
                    getenv(name(entry)).map { Data(String(cString: $0).utf8) }
                        == entry.drop { $0 != UInt8(ascii: "=") }.dropFirst()
                        && shown[shown.range(of: entry)!.upperBound...].range(of: entry) == nil
                })
            let name = name(entry)

            #expect(ProcessHardening.eraseEnvironment(name))
            let after = shownEnvironment()
            #expect(after.range(of: entry) == nil)
            #expect(after.count == shown.count, "overwritten in place")
            #expect(getenv(name) == nil)
            #expect(!ProcessHardening.eraseEnvironment(name))
        }
    }

    @Test func `a value set later is overwritten too`() async {
        await #expect(processExitsWith: .success) {
            setenv("ZOSH_TEST_SECRET", "1000.hunter2", 1)
            let kept = try #require(getenv("ZOSH_TEST_SECRET"))
            #expect(ProcessHardening.eraseEnvironment("ZOSH_TEST_SECRET"))
            #expect(kept[0] == 0)
            #expect(getenv("ZOSH_TEST_SECRET") == nil)
        }
    }

    @Test func `names are compared whole`() async {
        await #expect(processExitsWith: .success) {
            setenv("ZOSH_TEST_SECRET_LONG", "stays", 1)
            #expect(!ProcessHardening.eraseEnvironment("ZOSH_TEST_SECRET"))
            let kept = try #require(getenv("ZOSH_TEST_SECRET_LONG"))
            #expect(String(cString: kept) == "stays")
        }
    }

    @Test func `a protected process leaves no dump and lets no debugger in`() async {
        await #expect(processExitsWith: .success) {
            #expect(zosh_is_dumpable() != 0, "positive control")
            try ProcessHardening.protectMemory()
            #expect(zosh_is_dumpable() == 0)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(4), &limit)
            #expect(limit.rlim_cur == 0)
            #expect(limit.rlim_max == 0)
        }
    }
}

/// What /proc shows of our environment to another process of the same user.
/// Read by hand, since files there claim to be empty.
private func shownEnvironment() -> Data {
    let descriptor = open("/proc/self/environ", O_RDONLY)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    return Data(bytes.prefix(max(0, count)))
}

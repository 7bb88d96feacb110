import Foundation
import Glibc
import Testing
import ZoshKit
import ZoshTesting

@testable import zosh

/// Whose home zosh keeps its files in.
@Suite("Home folders")
struct UserHomeTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "zosh-home-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private func places(_ environment: [String: String], user: uid_t = geteuid(), database: String? = nil) -> Places {
        Places(home: nil, user: user, database: { database }) { environment[$0] }
    }

    @Test("A ZOSH_HOME that depends on the folder one is in is refused", arguments: ["work", "./work", "~/zosh", "."])
    func relative(home: String) {
        let places = Places(home: home) { _ in folder }
        #expect(places.refusal?.problem.contains("ZOSH_HOME is not an absolute path") == true)
        #expect(places.data.hasPrefix("/dev/null") && places.configuration.hasPrefix("/dev/null"))
    }

    @Test("HOME unset: the system's list of users is asked, and nothing else then")
    func unset() {
        #expect(places([:], database: folder).data == folder + "/.local/share/zosh")
        #expect(places(["HOME": folder], database: "/elsewhere").data == folder + "/.local/share/zosh")
        #expect(places(["XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder]).refusal == nil)
        #expect(places([:]).refusal?.problem.contains("HOME is not set") == true)
    }

    @Test(
        "A home that is none is said plainly",
        arguments: [
            ("", "HOME is empty"), ("work", "HOME is not an absolute path"), ("./work", "HOME is not an absolute path"),
            ("/no/such/folder", "does not exist"), ("/dev/null", "is not a folder"),
            ("/dev/null/below", "cannot be used"),
        ])
    func unusable(home: String, problem: String) {
        let places = places(["HOME": home], database: folder)
        #expect(places.refusal?.problem.contains(problem) == true, "\(String(describing: places.refusal))")
        #expect(places.refusal?.remedy?.contains("ZOSH_HOME") == true)
        #expect(!FileManager.default.fileExists(atPath: places.data))
    }

    @Test(
        "Root keeps out of another user's home, however that is named",
        arguments: [
            "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
        ])
    func othersHome(variable: String) throws {
        guard geteuid() == 0 else { return }
        chown(folder, 4711, 4711)
        var environment = ["HOME": "/", "XDG_DATA_HOME": "/", "XDG_CONFIG_HOME": "/"]
        #expect(places(environment).refusal == nil, "positive control")
        if variable == "HOME" { environment = [:] }
        // What is missing would be made there.
        environment[variable] = variable == "HOME" ? folder : folder + "/deeper/down"
        let places = places(environment)
        #expect(places.refusal?.problem.contains("belongs to user 4711") == true, "\(places)")
        #expect(places.refusal?.remedy?.contains("ZOSH_HOME") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        #expect(Places(home: folder) { environment[$0] }.refusal == nil, "ZOSH_HOME lifts it")
    }

    @Test(
        "What needs no home runs without one",
        arguments: [
            ["version"], ["--version"], ["help"], ["--help"], ["users", "list", "--help"],
            ["-c", "help users | first 1; version"],
            ["--demo", "--demo-users", "5", "users", "count", "type=AllUsers"],
        ])
    func withoutHome(arguments: [String]) async throws {
        let child = try ChildProcess(
            BuiltProduct.path("zosh"), arguments, environment: ["PATH": "/usr/bin:/bin", "HOME": "nowhere"],
            folder: folder)
        let ending = await Program.ending(of: child)
        #expect(ending.status == 0 && !ending.output.isEmpty, "\(ending)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test(
        "What needs one says why there is none, and touches nothing",
        arguments: [
            ["users", "list"], ["connections", "list"], ["vault", "status"], ["auth", "login", "--self-client"],
        ])
    func withHome(arguments: [String]) async throws {
        let child = try ChildProcess(
            BuiltProduct.path("zosh"), arguments, environment: ["PATH": "/usr/bin:/bin", "HOME": "nowhere"],
            folder: folder, input: "code\n")
        let ending = await Program.ending(of: child)
        #expect(ending.status != 0 && ending.errors.contains("HOME is not an absolute path: 'nowhere'"), "\(ending)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
}

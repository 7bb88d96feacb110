import Foundation
import Glibc
import Testing
import Vault
import ZoshTesting

@testable import zosh

/// A demo that was killed leaves its folder; the next one removes it, and none that is in use.
@Suite("Folders of demos")
struct LeftOverDemoTests {
    private let place = FileManager.default.temporaryDirectory.appending(path: "zosh-left-\(UUID().uuidString)").path

    private func folder(_ name: String) throws -> String {
        let path = place + "/" + name
        try FileManager.default.createDirectory(atPath: path + "/home", withIntermediateDirectories: true)
        return path
    }

    @Test("Only what is left over goes")
    func only() throws {
        let (dead, used, other) = (
            try folder("zosh-demo-dead01"), try folder("zosh-demo-used01"), try folder("zosh-other")
        )
        let unmarked = try folder("zosh-demo-full01")
        try DemoFolders.mark(dead)?.release()
        let held = try #require(try DemoFolders.mark(used))
        try DemoFolders.mark(other)?.release()
        let link = place + "/zosh-demo-link01"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: other)
        DemoFolders.removeLeftOver(in: place)
        let left = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
        #expect(left == ["zosh-demo-full01", "zosh-demo-link01", "zosh-demo-used01", "zosh-other"], "\(unmarked)")
        held.release()
        DemoFolders.removeLeftOver(in: place)
        #expect(!FileManager.default.fileExists(atPath: used))
    }

    @Test("A killed demo is removed by the next")
    func killed() async throws {
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let environment = ["PATH": "/usr/bin:/bin", "HOME": "/", "TMPDIR": place]
        let child = try ChildProcess(
            BuiltProduct.path("zosh"), ["--demo", "--demo-users", "3", "-c", "version; !sh -c 'echo ready; sleep 60'"],
            environment: environment)
        while case let line = child.line(), !line.isEmpty, line != "ready" {}
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).count == 1, "positive control")
        let next = try ChildProcess(
            BuiltProduct.path("zosh"), ["--demo", "--demo-users", "3", "version"], environment: environment)
        #expect(await Program.ending(of: next).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).isEmpty)
    }
}

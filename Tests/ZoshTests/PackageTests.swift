import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// What `make install` and `make dist` put where, with the program of this build standing in for a release build.
@Suite("Packages")
struct PackageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A folder with a zosh that starts the one beside the tests: copies of that take minutes to pack.
    private static func built(_ program: Program) throws -> URL {
        let folder = program.home.appending(path: "built")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let zosh = try BuiltProduct.path("zosh")
        for (name, text) in [("zosh", "#!/bin/sh\nexec '\(zosh)' \"$@\"\n"), ("zosh-confine", "#!/bin/sh\n")] {
            let file = folder.appending(path: name)
            try text.write(to: file, atomically: true, encoding: .utf8)
            chmod(file.path, 0o755)
        }
        return folder
    }

    private static func run(_ line: String, _ program: Program, _ more: [String: String] = [:]) async throws
        -> Program.Ending
    {
        let child = try ChildProcess(
            "/bin/bash", ["-c", line], environment: program.environment.merging(more) { $1 }, folder: program.home.path)
        return await Program.ending(of: child)
    }

    private static func files(below folder: URL) throws -> Set<String> {
        let all = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return Set(
            all.filter {
                let type = try? FileManager.default.attributesOfItem(atPath: folder.path + "/" + $0)[.type]
                return type as? FileAttributeType != .typeDirectory
            })
    }

    @Test("make install puts a program that runs below the prefix, and removal leaves what was there before")
    func install() async throws {
        let program = try await Program()
        let built = try Self.built(program)
        let prefix = program.home.appending(path: "prefix")
        let own = prefix.appending(path: "share/doc/zosh/own")
        try FileManager.default.createDirectory(
            at: own.deletingLastPathComponent(), withIntermediateDirectories: true)
        try "mine\n".write(to: own, atomically: true, encoding: .utf8)
        let script = Self.root.appending(path: "scripts/install.sh").path
        let installed = try await Self.run("umask 077; '\(script)' '\(built.path)' '\(prefix.path)'", program)
        #expect(installed.status == 0, "\(installed.errors)")
        let files = try Self.files(below: prefix)
        for file in [
            "bin/zosh", "lib/zosh/zosh", "lib/zosh/zosh-confine", "share/man/man1/zosh.1",
            "share/man/man1/zosh-users-list.1", "share/man/man7/zosh-language.7",
            "share/bash-completion/completions/zosh", "share/zsh/site-functions/_zosh",
            "share/fish/vendor_completions.d/zosh.fish", "share/doc/zosh/copyright",
            "share/doc/zosh/examples/offboarding.zosh",
        ] { #expect(files.contains(file), "\(file)") }
        // Every user can read them, whichever user installs.
        for file in files where file != "share/doc/zosh/own" {
            var facts = stat()
            #expect(stat(prefix.path + "/" + file, &facts) == 0 && facts.st_mode & 0o444 == 0o444, "\(file)")
        }
        let said = try await Self.run("'\(prefix.path)/bin/zosh' --version", program)
        #expect(said.output.hasPrefix("zosh ") && said.status == 0, "\(said.errors)")

        let removed = try await Self.run("'\(script)' --remove '\(prefix.path)'", program)
        #expect(removed.status == 0 && removed.errors.contains("kept, not empty"), "\(removed.errors)")
        #expect(try Self.files(below: prefix) == ["share/doc/zosh/own"])
        #expect(!FileManager.default.fileExists(atPath: prefix.appending(path: "lib/zosh").path))
        #expect(try await Self.run("'\(script)' --remove '\(prefix.path)'", program).status == 1)
        await program.close()
    }

    @Test("What README has people paste first installs zosh and starts it")
    func paste() async throws {
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let block = try #require(readme.firstMatch(of: /```sh\n([^`]+)```/)?.1)
        let lines = block.split(separator: "\n").map(String.init)
        #expect(lines.count == 3 && lines[0].hasPrefix("make install"))
        let program = try await Program()
        let built = try Self.built(program)
        for line in lines {
            let ran = try await Self.run(
                "cd '\(Self.root.path)' && \(line) < /dev/null", program, ["BUILT": built.path])
            #expect(ran.status == 0, "\(line): \(ran.errors)")
            if line.contains("group status") { #expect(ran.output.hasPrefix("active\t"), "\(ran.output)") }
        }
        await program.close()
    }

    @Test(
        "The same program gives the same package, whichever user makes it, and at any time",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg-deb")))
    func reproducible() async throws {
        let program = try await Program()
        let built = try Self.built(program)
        let script = Self.root.appending(path: "scripts/deb.sh").path
        var packages: [Data] = []
        for (name, mask, zone) in [("a", "022", "UTC"), ("b", "077", "Asia/Kolkata")] {
            let made = try await Self.run(
                "umask \(mask); touch '\(built.path)'/*; '\(script)' '\(built.path)' 1.2.3 'libc6, tzdata' \(name)",
                program, ["SOURCE_DATE_EPOCH": "1767225600", "TZ": zone, "LC_ALL": name == "a" ? "C.UTF-8" : "C"])
            try #require(made.status == 0, "\(made.errors)")
            let folder = program.home.appending(path: name)
            let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
            #expect(file.hasPrefix("zosh_1.2.3_") && file.hasSuffix(".deb"))
            packages.append(try Data(contentsOf: folder.appending(path: file)))
        }
        #expect(packages[0] == packages[1])

        let listed = try await Self.run("dpkg-deb --contents a/*.deb; dpkg-deb --field a/*.deb", program)
        #expect(listed.status == 0, "\(listed.errors)")
        let lines = listed.output.split(separator: "\n").map(String.init)
        for part in [
            "./usr/bin/zosh -> ../lib/zosh/zosh", "./usr/lib/zosh/zosh-confine", "./usr/share/man/man1/zosh.1.gz",
            "./usr/share/man/man7/zosh-language.7.gz", "./usr/share/zsh/vendor-completions/_zosh",
            "./usr/share/doc/zosh/changelog.gz", "./usr/share/doc/zosh/copyright",
        ] { #expect(lines.contains { $0.hasSuffix(" " + part) }, "\(part)") }
        #expect(lines.contains("Depends: libc6, tzdata") && lines.contains("Version: 1.2.3"))
        #expect(lines.filter { $0.hasPrefix("-") || $0.hasPrefix("d") }.allSatisfy { $0.contains(" root/root ") })
        await program.close()
    }

    @Test("The notice of copyright names every library of the tested graph")
    func copyright() throws {
        let text = try String(contentsOf: Self.root.appending(path: "packaging/copyright"), encoding: .utf8)
        let named = Set(text.split { $0.isWhitespace }.map(String.init))
        let graph = try String(contentsOf: Self.root.appending(path: "versions.txt"), encoding: .utf8)
            .split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(graph.count > 5)
        for library in graph { #expect(named.contains(library), "packaging/copyright does not name \(library)") }
    }
}

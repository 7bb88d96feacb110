import Foundation
import Testing
import ZoshKit

@testable import ZoshCore

struct HistoryCommandTests {
    @Test("an earlier line is shown and run again, with its variables and its status")
    func run() async throws {
        let rig = Rig(earlier: ["let x = probe a", "probe $x", "fails refused"])
        #expect(try await rig.run("history run 1").status == .done)
        #expect(rig.session.variables["x"] != nil)
        #expect(rig.seen.notes.contains("let x = probe a"))
        #expect(try await rig.run("history run 3").status == .failed)
        #expect(try await rig.run("history run 3 || probe b").status == .done)
    }

    @Test(
        "what cannot be run again says so",
        arguments: [
            ("history run 9", ZoshKit.ExitStatus.failed, "there is no line 9"),
            ("history run 2", .usage, "too many nested runs"),
            ("history run 1", .usage, "there is no command 'frobnicate'"),
            ("history run 0", .usage, "0 is out of range"),
        ])
    func cannot(text: String, status: ZoshKit.ExitStatus, problem: String) async throws {
        let rig = Rig(earlier: ["frobnicate", "history run 2"])
        #expect(try await rig.run(text).status == status)
        #expect(rig.seen.errors.map(\.problem).contains { $0.contains(problem.prefix(12)) }, "\(rig.seen.errors)")
    }

    @Test("lines become a script that replays, and no file is replaced unasked")
    func save() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "a.zosh").path
        let rig = Rig(earlier: ["probe a", "users list |\n  count", "probe c"])
        #expect(try await rig.run("history save \(path) 2-3").status == .done)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "users list |\n  count\nprobe c\n")
        #expect(rig.seen.rows == [["file": .string(path), "lines": 2]])
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try await rig.run("history save \(path) 1").status == .usage)
        #expect(try await rig.run("history save \(path) 1 --append").status == .done)
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasSuffix("probe c\nprobe a\n"))
        #expect(try await rig.run("history save \(path) 1 --force").status == .done)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "probe a\n")
    }

    @Test(
        "lines that are no numbers or not there are refused",
        arguments: ["x", "3-2", "0-1", "1-2-3", "-", "7-9", "99999999999999999999"])
    func saveMistakes(lines: String) async throws {
        let rig = Rig()
        #expect(try await rig.run("history save /nonexistent/a.zosh '\(lines)'").status != .done)
        #expect(rig.seen.errors.count == 1)
    }

    @Test("keys are listed, bound, refused")
    func bind() async throws {
        let rig = Rig()
        try await rig.run("bind")
        #expect(rig.seen.rows.map { $0.string("key") } == ["^P", "^N"])
        #expect(try await rig.run("bind ^T zosh-up").status == .done)
        #expect(try await rig.run("bind ^T zosh-down").status == .done)
        #expect(try await rig.run("bind ^P zosh-down").status == .done)
        #expect(await rig.session.settings.bindings == [["bind", "^T", "zosh-down"], ["bind", "^P", "zosh-down"]])
        #expect(try await rig.run("bind ^M zosh-up").status == .usage)
        #expect(try await rig.run("bind ^T zosh-dwn").status == .usage)
        #expect(rig.seen.errors.map(\.remedy) == [nil, "did you mean 'zosh-down'?"])
    }

    @Test("the prompt's fields are checked when it is set")
    func prompt() async throws {
        let rig = Rig()
        #expect(try await rig.run("set prompt '{org} {dc}{mark} '").status == .done)
        #expect(
            await rig.session.settings.prompt?.parts == [
                .field(.org), .text(" "), .field(.dc), .field(.mark), .text(" "),
            ])
        #expect(try await rig.run("set prompt '{orgs}> '").status == .usage)
        #expect(rig.seen.errors.first?.problem == "the prompt has no field '{orgs}'")
        #expect(try await rig.run("set prompt auto; set edit-mode vi; set accessible on").status == .done)
        #expect(await rig.session.settings.prompt == nil)
        #expect(await rig.session.settings.editMode == .vi)
        #expect(await rig.session.settings.accessible)
        #expect(PromptTemplate("a{b} {{org}").parts == [.text("a"), .text("{b}"), .text(" "), .text("{{org}")])
    }
}

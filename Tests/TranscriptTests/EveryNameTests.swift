import Foundation
import Testing
import ZohoEmulator
import ZoshCore
import ZoshKit

@testable import zosh

/// Every command that takes a field, a user or a file of rows, found by its signature, is given the misspelt, the one
/// in another case, the blank and the foreign one.
@Suite("Every name a command takes")
struct EveryNameTests {
    /// What one way of writing a name must end in.
    enum Ending: Equatable {
        case done
        case refused(String)
    }

    private static func writes(_ stage: Stage) -> Int {
        [Route.createUser, .updateUser, .updateUsers, .deleteUser].reduce(0) { $0 + stage.emulator.requestCount($1) }
    }

    /// Lines whose parameter takes fields of the rows before the pipe, with `%` where a field stands.
    private static func fieldLines(_ registry: CommandRegistry) -> [String] {
        registry.entries.flatMap { entry -> [String] in
            let signature = entry.signature
            let takesFields = signature.parameters.contains { [.field, .list(.field)].contains($0.type) }
            let takesCondition = signature.parameters.contains { $0.type == .expression }
            guard signature.input == .required, takesFields || takesCondition else { return [] }
            let file = signature.positional.contains { $0.type == .file } ? "FILES/emails.csv on " : ""
            return ["users list | \(signature.name) \(takesCondition ? "% != null" : file + "%")"]
        }
    }

    @Test("a field: misspelt and foreign ones are refused before a row passes, other spellings are found")
    func fields() async throws {
        let stage = try await Stage(["users": "12"])
        let lines = Self.fieldLines(stage.engine.registry)
        #expect(lines.count >= 7, "\(lines)")
        for line in lines {
            // `expand` wants a list, `join` a field both sides have; both have their own words for what they cannot
            // use.
            let isPlain = !line.contains("expand")
            let ways: [(String, Ending)] = [
                ("emial", .refused("did you mean 'email'?")), ("Firma", .refused("users have no field 'Firma'")),
                ("role.nmae", .refused("did you mean 'role.name'?")), ("''", .refused("''")),
                ("EMAIL", .done), ("E-mail", .done), ("'e mail'", .done), ("E_Mail", .done),
            ]
            for (name, ending) in ways {
                let played = await stage.play(line.replacing("%", with: name), [])
                switch ending {
                case .refused(let words):
                    #expect(
                        played.last == "=> 2" && played.contains { $0.contains(words) }, "\(line) \(name): \(played)")
                    #expect(
                        !played.contains { !$0.hasPrefix("2> ") && !$0.hasPrefix("=> ") },
                        "\(line) \(name): a row passed")
                case .done: if isPlain { #expect(played.last != "=> 2", "\(line) \(name): \(played)") }
                }
            }
        }
        await stage.close()
    }

    @Test("a field in a later command: the command before it does not run")
    func fieldsOfLaterCommands() async throws {
        let stage = try await Stage(["users": "12"])
        let id = try #require(await stage.play("users list status=active | last 1 | ids", []).first)
        let later =
            Self.fieldLines(stage.engine.registry).map { $0.replacing("%", with: "emial") }
            + ["users update \(id) ctiy=Bonn", "users add last_name=L ctiy=Bonn", "users update \(id) status=away"]
        for line in later {
            let before = Self.writes(stage)
            let played = await stage.play("users update \(id) city=Bonn --yes; \(line)", [])
            #expect(played.last == "=> 2", "\(line): \(played)")
            #expect(Self.writes(stage) == before, "\(line): the command before it has run")
        }
        await stage.close()
    }

    @Test("a field that is set: misspelt and foreign ones are refused before any call, other spellings are found")
    func fieldsToSet() async throws {
        let stage = try await Stage(["users": "12"])
        let commands = stage.engine.registry.entries.map(\.signature).filter { $0.takesFields && $0.effect == .writes }
        #expect(commands.count >= 2)
        let id = try #require(await stage.play("users ids limit=1", []).first)
        for command in commands {
            let isNew = !command.positional.contains { [.user, .list(.user)].contains($0.type) }
            let start =
                command.name
                + (isNew ? " last_name=L email=l@example.com role=Manager profile=Standard first_name=F " : " \(id) ")
            for (field, words) in [
                ("ctiy=Bonn", "did you mean 'city'?"), ("Firma=x", "users have no field 'Firma'"),
                ("confirm=yes", "'confirm' cannot be set"), ("dob=31.12.1999", "is not a date"),
                ("role=Manger", "did you mean 'Manager'?"), ("Reporting_To=nobody@example.com", "no user"),
            ] {
                let before = Self.writes(stage)
                let played = await stage.play(
                    start.replacing(field.hasPrefix("role=") ? " role=Manager" : "\u{0}", with: "") + field + " --yes",
                    [])
                #expect(
                    played.last == "=> 2" && played.contains { $0.contains(words) },
                    "\(command.name) \(field): \(played)")
                #expect(Self.writes(stage) == before, "\(command.name) \(field): something was sent")
            }
            for (field, name) in [
                ("City=Bonn", "city"), ("CITY=Bonn", "city"), ("Zip-Code=53111", "zip"), ("zip_code=53111", "zip"),
                ("'Zip Code'=53111", "zip"), ("\"City\"=Bonn", "city"), ("Zip.Code=53111", "zip"),
            ] {
                let played = await stage.play(start + field + " --dry-run", [])
                #expect(played.last?.hasPrefix("=> ") != true, "\(command.name) \(field): \(played)")
                #expect(played.contains { $0.contains("\(name): ") }, "\(command.name) \(field): \(played)")
            }
        }
        await stage.close()
    }

    @Test(
        "a user: in any case and with blanks around it is found, a misspelt and a foreign one are nobody"
    )
    func users() async throws {
        let stage = try await Stage(["users": "12"])
        let commands = stage.engine.registry.entries.map(\.signature).filter { signature in
            signature.positional.contains { [.user, .list(.user)].contains($0.type) }
        }
        #expect(commands.count >= 5)
        let email = try #require(await stage.play("users list status=active | last 1 | select email", []).first)
        for command in commands {
            let tail = (command.takesFields ? " city=Bonn" : "") + (command.effect == .writes ? " --dry-run" : "")
            for written in [email, email.uppercased(), "' \(email) '", "'mailto:\(email)'", "'Somebody <\(email)>'"] {
                let played = await stage.play("\(command.name) \(written)\(tail)", [])
                #expect(played.last?.hasPrefix("=> ") != true, "\(command.name) \(written): \(played)")
            }
            for written in ["x" + email, "999999999999999999", "nobody@elsewhere.example"] {
                let played = await stage.play("\(command.name) \(written)\(tail)", [])
                #expect(played.last?.hasPrefix("=> ") == true, "\(command.name) \(written): \(played)")
            }
        }
        await stage.close()
    }
}

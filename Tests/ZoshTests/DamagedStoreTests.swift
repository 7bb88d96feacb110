import Foundation
import GRDB
import Testing
import ZohoEmulator
import ZoshTesting

/// What somebody finds and does whose store was damaged.
@Suite("A damaged store")
struct DamagedStoreTests {
    @Test("is refused, what is intact is named and carried away, and the login lives on in another place")
    func rescue() async throws {
        var program = try await Program.signedIn()
        #expect(try await program.run(["-c", "users find zzzz"]).status == 0)
        let home = program.home.appending(path: "zosh")
        let queue = try DatabaseQueue(path: home.appending(path: "store.db").path)
        try await queue.write { database in
            try database.execute(sql: "UPDATE record SET sealed = zeroblob(80) WHERE kind <> 'grant'")
            #expect(database.changesCount > 0, "positive control: nothing was damaged")
        }
        try queue.close()

        let list = try await program.run(["-c", "connections list"])
        #expect(list.status != 0)
        #expect(list.errors.contains("the store is damaged") && list.errors.contains("vault verify"), "\(list.errors)")

        let verified = try await program.run(["--format", "csv", "vault", "verify"])
        #expect(verified.status == 1, "\(verified.errors)")
        #expect(verified.output.contains("grant,1,"), "\(verified.output)")
        #expect(verified.errors.contains("vault export FILE --with-grants"), "\(verified.errors)")

        let file = program.home.appending(path: "rescue").path
        let export = try await program.run(["vault", "export", file, "--with-grants"], input: "correct horse\n")
        #expect(export.status == 3, "what is left out is a failure: \(export.errors)")
        #expect(export.output.contains("grant\t1"), "\(export.output)")
        #expect(
            !(try String(decoding: Data(contentsOf: URL(filePath: file)), as: UTF8.self)).contains("zylker"),
            "no address in clear")

        program.environment["ZOSH_HOME"] = program.home.appending(path: "elsewhere").path
        let imported = try await program.run(["vault", "import", file], input: "correct horse\n")
        #expect(imported.status == 0, "\(imported.errors)")
        let people = try await program.run(["-c", "users list | count"])
        #expect(people.output == "12\n", "\(people.errors)")
        await program.close()
    }
}

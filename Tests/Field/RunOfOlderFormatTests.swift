import Foundation
import Testing
import ZohoEmulator
import ZoshKit
import ZoshTesting
import ZoshTrust

@testable import Vault

/// A run of a script that a zosh of format 1 left unfinished: what its store becomes is the header of a finished run
/// that never ended.
@Suite("A run that an older zosh left unfinished")
struct RunOfOlderFormatTests {
    /// A program and a script whose only run is such a one.
    private func left() async throws -> (Program, script: String) {
        let program = try await Program.signedIn(users: 5)
        let path = program.home.appending(path: "script.zosh").path
        let text =
            "requires zosh=0.1 connection=acme\nusers list type=ActiveUsers | first 2 | users update city=Rome --yes\n"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try await program.run([path]).status == 0)
        let store = SealedStore(at: program.home.appending(path: "zosh").path)
        try await store.unlock(with: .keyFile(program.home.appending(path: "key").path))
        let run = try #require(try await SealedSeries(in: store).headers(.run, last: 1).first)
        let header = run.header.revealed().replacing(#""ended":0"#, with: #""ended":null"#).replacing(
            #""format":2,"#, with: "")
        #expect(header != run.header.revealed())
        try await store.write { transaction in
            var writer = SeriesWriter(transaction)
            try writer.addFinished(.run, header: Array(header.utf8))
            try writer.save()
        }
        program.emulator.forgetRequests()
        return (program, path)
    }

    @Test("It is refused by name and changes nothing", arguments: [[], ["--dry-run"]])
    func refused(_ options: [String]) async throws {
        let (program, script) = try await left()
        let ending = try await program.run([script, "--resume"] + options)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("older zosh") && ending.errors.contains("without --resume"), "\(ending.errors)")
        #expect(program.emulator.requestCount(.updateUser) == 0)
        await program.close()
    }

    @Test("The script runs from its top when it is told to, and that run ends well")
    func again() async throws {
        let (program, script) = try await left()
        #expect(try await program.run([script]).status == 0)
        let ending = try await program.run([script, "--resume"])
        #expect(ending.errors.contains("script finished"), "\(ending.errors)")
        await program.close()
    }
}

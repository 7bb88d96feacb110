import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// Every `.zosht` file, played against the emulator and compared line by line.
@Suite("Transcripts")
struct TranscriptTests {
    /// Paths below Tests: the shell's own sessions, and the kinds of fault of Tests/Field.
    static let files: [String] = ["Transcripts", "Field/sessions"].flatMap { folder in
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: Stage.tests.appending(path: folder).path)) ?? []
        return names.filter { $0.hasSuffix(".zosht") }.sorted().map { "\(folder)/\($0)" }
    }

    @Test("There are transcripts to play")
    func exist() { #expect(Self.files.count > 5) }

    @Test("What was typed prints what was printed", arguments: files)
    func plays(_ file: String) async throws {
        let path = Stage.tests.appending(path: file).path
        let played = try await Self.play(Transcript(parsing: try #require(Golden.read(path))))
        if let difference = Golden.difference(of: played.text, from: path) {
            Issue.record(Comment(rawValue: difference))
        }
    }

    @Test("README's tour prints what README says")
    func readme() async throws {
        let path = Stage.tests.appending(path: "../README.md").standardizedFileURL.path
        let tour = GoldenPart(of: path, from: "```zosht\n", to: "```\n")
        let played = try await Self.play(Transcript(parsing: try #require(tour.text)))
        if let difference = tour.difference(of: played.text) { Issue.record(Comment(rawValue: difference)) }
    }

    private static func play(_ recorded: Transcript) async throws -> Transcript {
        #expect(!recorded.sessions.isEmpty)
        var played = recorded
        for session in played.sessions.indices {
            let stage = try await Stage(played.sessions[session].setup)
            for step in played.sessions[session].steps.indices {
                let now = played.sessions[session].steps[step]
                var answers: [String] = []
                for answer in now.answers { answers.append(await stage.meant(by: answer)) }
                played.sessions[session].steps[step].expected = await stage.play(now.input, answers)
            }
            await stage.close()
        }
        return played
    }
}

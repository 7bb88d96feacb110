import Foundation
import Testing
import ZoshTesting

/// Every `.zosht` file, played against the emulator and compared line by line.
@Suite("Transcripts")
struct TranscriptTests {
    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Stage.transcripts.path)) ?? []
        return names.filter { $0.hasSuffix(".zosht") }.sorted()
    }()

    @Test("There are transcripts to play")
    func exist() { #expect(Self.files.count > 5) }

    @Test("What was typed prints what was printed", arguments: files)
    func plays(_ file: String) async throws {
        let path = Stage.transcripts.appending(path: file).path
        let recorded = Transcript(parsing: try #require(Golden.read(path)))
        #expect(!recorded.sessions.isEmpty)
        var played = recorded
        for session in played.sessions.indices {
            let stage = try await Stage(played.sessions[session].setup)
            for step in played.sessions[session].steps.indices {
                let now = played.sessions[session].steps[step]
                let answers = now.answers.map { $0 == "GRANT" ? stage.emulator.announcement.grant_code : $0 }
                played.sessions[session].steps[step].expected = await stage.play(now.input, answers)
            }
            await stage.close()
        }
        if let difference = Golden.difference(of: played.text, from: path) { Issue.record(Comment(rawValue: difference)) }
    }
}

import Foundation
import Testing
import ZoshTesting

/// One kind of fault is one file: the case that was met and at least two siblings.
@Suite("Kinds of fault")
struct KindTests {
    static let sessions = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sessions")

    static let files: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: sessions.path)) ?? [])
        .filter { $0.hasSuffix(".zosht") }.sorted()

    @Test("A kind is tried in at least three ways", arguments: files)
    func hasSiblings(_ file: String) throws {
        let transcript = Transcript(parsing: try #require(Golden.read(Self.sessions.appending(path: file).path)))
        #expect(transcript.sessions.flatMap(\.steps).count >= 3, "\(file) tries one kind in fewer than three ways")
    }
}

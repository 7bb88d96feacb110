import Glibc
import Testing
import ZoshCore

/// What is looked at before a text runs must still be there when it does: a pipe gives its bytes once.
struct PipesAheadTests {
    @Test(.timeLimit(.minutes(1))) func `a pipe is there, is not opened ahead, and cannot be read twice`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        // Nobody writes to it: to open it would wait for ever.
        try LocalFiles().check(path)
        #expect(!LocalFiles().isRegular(path))
        #expect(!LocalFiles().isRegular("-"))
        #expect(!LocalFiles().isRegular(folder.file("none")))
        #expect(LocalFiles().isRegular(folder.file("file.csv", "email\n")))
        #expect(throws: (any Error).self) { try LocalFiles().check(folder.file("none")) }
    }
}
